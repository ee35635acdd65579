using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FluxOps.Blazor.Topology;

/// <summary>How many there are in the network.</summary>
public sealed record GeometryCounts(int Segments, int Devices, int Transformers, int Meters);

/// <summary>Where the map finds the network's lines and what hangs on them.</summary>
/// <param name="Hash">Hash of the lines' file.</param>
/// <param name="Url">Address of the lines' file; its content never changes.</param>
/// <param name="AssetsHash">Version of the two below.</param>
/// <param name="AssetsUrl">Address of the file of transformers and devices; its content never changes.</param>
/// <param name="MetersUrl">Pattern of the addresses of the stations' meter files: put a substation's id in place of <c>{substation}</c>.</param>
public sealed record GeometryPlace(string Hash, string Url, GeometryBounds Bounds, string AssetsHash, string AssetsUrl, string MetersUrl, GeometryCounts Counts);

internal static class GeometryEndpoints
{
    private const string BinaryType = "application/octet-stream";

    public static void MapGeometry(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/grid").RequireAuthorization().ExcludeFromDescription();
        group.MapGet("/geometry", GetPlace);
        group.MapGet("/geometry/{hash}.bin", GetLines);
        group.MapGet("/assets/{hash}.bin", GetAssets);
        group.MapGet("/meters/{hash}/{substation:int}.bin", GetMeters);
    }

    /// <summary>Addresses of the files of the network that is live now. It waits for the lines, not for the rest.</summary>
    private static async Task<Ok<GeometryPlace>> GetPlace(LiveGrid live, GridTopologies topologies, HttpContext http, CancellationToken ct)
    {
        var grid = (await live.FirstAsync(ct)).Grid;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(PlaceOf(grid, await topologies.GeometryAsync(grid, ct), http.Request));
    }

    public static GeometryPlace PlaceOf(GridModel grid, GridGeometry geometry, HttpRequest request)
    {
        var (root, assets, n) = ($"{request.PathBase}/grid", GridAssetFiles.HashOf(grid), grid.Counts);
        return new(
            geometry.Hash, $"{root}/geometry/{geometry.Hash}.bin", geometry.Bounds,
            assets, $"{root}/assets/{assets}.bin", $"{root}/meters/{assets}/{{substation}}.bin", new(n.Segments, n.Devices, n.Transformers, n.UsagePoints));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> GetLines(string hash, LiveGrid live, GridTopologies topologies, HttpContext http, CancellationToken ct)
    {
        var geometry = await topologies.GeometryAsync((await live.FirstAsync(ct)).Grid, ct);
        return hash == geometry.Hash ? File(http, geometry.File, hash) : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAssets(string hash, LiveGrid live, GridTopologies topologies, HttpContext http, CancellationToken ct)
    {
        var grid = (await live.FirstAsync(ct)).Grid;
        return hash == GridAssetFiles.HashOf(grid) ? File(http, (await topologies.FilesAsync(grid, ct)).Assets, hash) : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> GetMeters(string hash, int substation, LiveGrid live, GridTopologies topologies, HttpContext http, CancellationToken ct)
    {
        var grid = (await live.FirstAsync(ct)).Grid;
        if (hash != GridAssetFiles.HashOf(grid) || (await topologies.FilesAsync(grid, ct)).Meters(substation) is not { } meters) return TypedResults.NotFound();
        return File(http, meters, $"{hash}-{substation}");
    }

    private static FileContentHttpResult File(HttpContext http, MapFile file, string tag)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var brotli = AcceptsBrotli(http.Request);
        if (brotli) headers.ContentEncoding = "br";
        // Weak: the same content, whichever way it is compressed.
        return TypedResults.File(brotli ? file.Brotli : file.Plain, BinaryType, entityTag: new EntityTagHeaderValue($"\"{tag}\"", isWeak: true));
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is not 0);
}
