using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FluxOps.Blazor.Live;

/// <summary>Where the map finds the network's lines.</summary>
/// <param name="Hash">Hash of the content.</param>
/// <param name="Url">Address of the file; its content never changes.</param>
public sealed record GeometryPlace(string Hash, string Url, GeometryBounds Bounds);

internal static class GeometryEndpoints
{
    private const string BinaryType = "application/octet-stream";

    public static void MapGeometry(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/grid/geometry").RequireAuthorization().ExcludeFromDescription();
        group.MapGet("", GetPlace);
        group.MapGet("/{hash}.bin", GetFile);
    }

    /// <summary>Address of the lines of the network that is live now.</summary>
    private static async Task<Ok<GeometryPlace>> GetPlace(LiveGrid live, GridLines lines, HttpContext http, CancellationToken ct)
    {
        var geometry = await lines.GeometryOfAsync((await live.FirstAsync(ct)).Grid, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(PlaceOf(geometry, http.Request));
    }

    public static GeometryPlace PlaceOf(GridGeometry geometry, HttpRequest request) =>
        new(geometry.Hash, $"{request.PathBase}/grid/geometry/{geometry.Hash}.bin", geometry.Bounds);

    private static async Task<Results<FileContentHttpResult, NotFound, StatusCodeHttpResult>> GetFile(string hash, LiveGrid live, GridLines lines, HttpContext http, CancellationToken ct)
    {
        var geometry = await lines.GeometryOfAsync((await live.FirstAsync(ct)).Grid, ct);
        if (hash != geometry.Hash) return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var brotli = AcceptsBrotli(http.Request);
        if (brotli) headers.ContentEncoding = "br";
        // Weak: the same content, whichever way it is compressed.
        return TypedResults.File(brotli ? geometry.Brotli : geometry.Plain, BinaryType, entityTag: new EntityTagHeaderValue($"\"{geometry.Hash}\"", isWeak: true));
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is not 0);
}
