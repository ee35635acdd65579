using FluxOps.Blazor.Configuration;
using FluxOps.Blazor.Start;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Blazor.Security;

/// <summary>The cookie of a session, and what someone without one is told.</summary>
internal static class SessionCookie
{
    public static void Configure(CookieAuthenticationOptions options, IOptions<SignInSettings> signIn, IOptions<SiteOptions> site)
    {
        var https = site.Value.BehindHttpsProxy || site.Value.Urls.Split(';').All(u => u.Trim().StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        options.Cookie.Name = https ? "__Host-fluxops" : "fluxops";
        options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        // Lax, not Strict: a link to a substation in a mail or a chat must open signed in. Nothing changes state on a GET, except the one-time link.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = TimeSpan.FromHours(signIn.Value.SessionHours);
        options.SlidingExpiration = true;
        options.LoginPath = "/signin";
        options.ReturnUrlParameter = "returnUrl";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = c => AnswerAsync(c, StatusCodes.Status401Unauthorized, "Sign in first"),
            OnRedirectToAccessDenied = c => AnswerAsync(c, StatusCodes.Status403Forbidden, "Not open to your role"),
        };
    }

    /// <summary>Once a minute the account is looked at again. While the store is away the cookie is good as it is: an outage must not sign a control room out.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
        catch (Exception e) when (e is NpgsqlException || e.InnerException is NpgsqlException)
        {
            context.HttpContext.RequestServices.GetRequiredService<ILogger<People>>().LogWarning("An account could not be checked, its session goes on: {Fault}", e.Message);
        }
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string title)
    {
        if (Machine.IsMachine(context.Request) || status == StatusCodes.Status403Forbidden)
            context.Response.StatusCode = status;
        if (Machine.IsMachine(context.Request))
            return Problem.WriteAsync(context.HttpContext, status, title);
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
