using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;

namespace FluxOps.Blazor.Security;

/// <summary>Signs in with user name and password. Every failure looks the same from outside, in words and in time.</summary>
public sealed class PasswordSignIn(SignInManager<FluxOpsUser> signIn, AuditLog audit)
{
    private static readonly string Decoy = new PasswordHasher<FluxOpsUser>().HashPassword(new FluxOpsUser(), "decoy");

    public async Task<bool> TryAsync(string? userName, string? password)
    {
        if (string.IsNullOrWhiteSpace(userName) || string.IsNullOrEmpty(password))
            return false;
        var user = await signIn.UserManager.FindByNameAsync(userName.Trim());
        if (user?.PasswordHash is null)
        {
            // As slow as a wrong password: the time must not tell which accounts exist.
            signIn.UserManager.PasswordHasher.VerifyHashedPassword(user ?? new FluxOpsUser(), Decoy, password);
            return false;
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        await audit.WriteAsync(user.UserName!, result.Succeeded ? "sign-in" : result.IsLockedOut ? "sign-in refused: resting" : "sign-in refused", "password", null);
        return result.Succeeded;
    }
}
