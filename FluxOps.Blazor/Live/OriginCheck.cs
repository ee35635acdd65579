using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Browsers open a WebSocket to any site with that site's cookies and ask nobody. So each upgrade under <c>/hubs</c> and <c>/_blazor</c> must come from a page of this
/// site (or one that is allowed by configuration), before SignalR gives it anything. A client that is no browser sends no Origin, and needs the cookie all the same.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, IOptions<LiveGridOptions> options, ILogger<OriginCheck> log)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/hubs") && !path.StartsWithSegments("/_blazor")) return next(context);
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0 || (origin.Count == 1 && IsAllowed(origin[0]!, context.Request.Host))) return next(context);

        log.LogWarning("Refused a connection to {Path} from a page of {Origin}", path, origin.ToString());
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>The scheme is not compared: behind a proxy that ends TLS, this side may not know it.</summary>
    private bool IsAllowed(string origin, HostString host)
    {
        if (_allowed.Contains(origin)) return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) return false;
        return string.Equals(page.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) && page.Port == (host.Port ?? page.Port switch { 80 or 443 => page.Port, _ => -1 });
    }
}

public static class OriginCheckExtensions
{
    /// <summary>Refuses WebSockets opened by other sites' pages. Place it before authentication.</summary>
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.UseMiddleware<OriginCheck>();
}
