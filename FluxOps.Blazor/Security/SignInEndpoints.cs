using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;

namespace FluxOps.Blazor.Security;

public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        // GET only, and mapped without HEAD: what looks at a link before a person does (HEAD) must not use it up.
        endpoints.MapGet(OneTimeLinks.PathPrefix + "{token}", ByLinkAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy).ExcludeFromDescription();
    }

    private static async Task<IResult> ByLinkAsync(string token, HttpContext context, OneTimeLinks links, SignInManager<FluxOpsUser> signIn, AuditLog audit, CancellationToken ct)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        var id = await links.RedeemAsync(token, ct);
        if (id is null || await signIn.UserManager.FindByIdAsync($"{id}") is not { } user || user.LockoutEnd >= Accounts.DisabledUntil)
            return Results.LocalRedirect("/signin?used=1");
        await signIn.SignInAsync(user, isPersistent: true);
        await audit.WriteAsync(user.UserName!, "sign-in", "link", null, ct);
        return Results.LocalRedirect("/");
    }
}
