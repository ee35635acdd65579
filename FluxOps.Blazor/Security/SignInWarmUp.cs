using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;

namespace FluxOps.Blazor.Security;

/// <summary>Does the slow part of the first sign-in (Entity Framework's model) just after the start, while the operator still moves to the link.</summary>
public sealed class SignInWarmUp(IServiceScopeFactory scopes, ILogger<SignInWarmUp> log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>();
            if (await users.FindByNameAsync(Accounts.FirstAdmin) is { } user)
                await users.GetRolesAsync(user);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug(e, "Warming up failed; the first sign-in is slower for it");
        }
    }
}
