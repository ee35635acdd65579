using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Api;

/// <summary>
/// Around endpoints that answer from the live picture: 503 while there is none, 304 to a client that has the newest already (entity tag), and never stored on the way.
/// </summary>
internal sealed class SnapshotFilter(LiveGrid live) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        if (live.Current is not { } snapshot) return new(Problems.NotYet(http));
        // Versions start again with the process: the time makes them unique. Weak, since the values' age in the answer still moves.
        var tag = $"W/\"{snapshot.Version}-{snapshot.PublishedAt.ToUnixTimeMilliseconds():x}\"";
        if (http.Request.Headers.IfNoneMatch.Any(t => t is not null && t.Split(',', StringSplitOptions.TrimEntries).Contains(tag)))
        {
            http.Response.Headers.ETag = tag;
            return new(TypedResults.StatusCode(StatusCodes.Status304NotModified));
        }

        http.Response.Headers.ETag = tag;
        return next(context);
    }
}
