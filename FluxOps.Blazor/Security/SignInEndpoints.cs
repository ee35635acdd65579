using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace FluxOps.Blazor.Security;

public static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        // GET only, and mapped without HEAD: what looks at a link before a person does (HEAD) must not use it up.
        endpoints.MapGet(OneTimeLinks.PathPrefix + "{token}", ByLinkAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy).ExcludeFromDescription();
    }

    private static async Task<IResult> ByLinkAsync(string token, HttpContext context, OneTimeLinks links, Accounts accounts, AuditLog audit, CancellationToken ct)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        if (await links.RedeemAsync(token, ct) is not { } id || await accounts.PrincipalAsync(id, ct) is not { } user)
            return Results.LocalRedirect("/signin?used=1");
        await context.SignInAsync(IdentityConstants.ApplicationScheme, user, new AuthenticationProperties { IsPersistent = true });
        await audit.WriteAsync(user.Identity!.Name!, "sign-in", "link", null, ct);
        return Results.LocalRedirect("/");
    }
}
