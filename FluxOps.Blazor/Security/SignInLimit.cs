using System.Threading.RateLimiting;
using FluxOps.Blazor.Configuration;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Security;

/// <summary>Guessing is slow: so many tries a minute for an address, over all accounts. The lockout of an account comes on top.</summary>
internal static class SignInLimit
{
    public const string Policy = "sign-in";

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.OnRejected = async (rejected, ct) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "60";
            await rejected.HttpContext.Response.WriteAsync("Too many tries. Wait a minute, then try again.", ct);
        };
        o.AddPolicy(Policy, context => Tries(context) ? Window(context) : RateLimitPartition.GetNoLimiter("look"));
    });

    /// <summary>Looking at the page is free; a password or a link is a try.</summary>
    private static bool Tries(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) || context.Request.Path.StartsWithSegments("/signin/link");

    private static RateLimitPartition<string> Window(HttpContext context) => RateLimitPartition.GetFixedWindowLimiter(
        $"try {context.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = context.RequestServices.GetRequiredService<IOptions<SignInSettings>>().Value.TriesPerMinute,
            Window = TimeSpan.FromMinutes(1),
        });
}
