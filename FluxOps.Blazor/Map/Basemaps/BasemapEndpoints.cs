using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FluxOps.Blazor.Map.Basemaps;

public static class BasemapEndpoints
{
    private const string PmtilesType = "application/vnd.pmtiles";

    /// <summary>The operator's own basemaps: a folder of PMTiles files, watched and served.</summary>
    public static IHostApplicationBuilder AddBasemaps(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MapOptions>().BindConfiguration(MapOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<BasemapFolder>();
        builder.Services.AddHostedService(s => s.GetRequiredService<BasemapFolder>());
        return builder;
    }

    public static IEndpointRouteBuilder MapBasemaps(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/grid/basemaps").RequireAuthorization().ExcludeFromDescription();
        group.MapGet("", GetList);
        group.MapMethods("/{name}.pmtiles", [HttpMethods.Get, HttpMethods.Head], GetFile);
        return endpoints;
    }

    private static async Task<Ok<IEnumerable<Basemap>>> GetList(BasemapFolder folder, HttpContext http, CancellationToken ct)
    {
        var basemaps = await folder.ListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(basemaps.Select(b => b with { Url = b.Url is null ? null : $"{http.Request.PathBase}/{b.Url}" }));
    }

    /// <summary>A file, by range: its tiles are packed one by one already, and nothing here may pack them again.</summary>
    private static async Task<Results<FileStreamHttpResult, NotFound>> GetFile(string name, string? v, BasemapFolder folder, HttpContext http, CancellationToken ct)
    {
        if (await folder.OpenAsync(name, ct) is not { } file)
            return TypedResults.NotFound();
        // Of the file that is open: its name may be another's by now, or nobody's.
        var written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        var version = BasemapFolder.VersionOf(file.Length, written);
        // Another version than the asked one: the map will hear of it, and nothing keeps it until then.
        http.Response.Headers.CacheControl = v == version ? "private, max-age=31536000, immutable" : "private, no-cache";
        return TypedResults.Stream(file, PmtilesType, lastModified: written, entityTag: new EntityTagHeaderValue($"\"{version}\""), enableRangeProcessing: true);
    }
}
