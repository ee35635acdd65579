namespace FluxOps.Blazor.Start;

/// <summary>Tells a program's request from a person's: a program is answered with a status and problem+json, never with a page or a redirect.</summary>
public static class Machine
{
    private static readonly string[] Roots = ["/api", "/hubs", "/grid", "/openapi", "/_blazor", "/health", "/ready", "/start/events"];

    public static bool IsMachine(HttpRequest request) => Roots.Any(r => request.Path.StartsWithSegments(r));
}
