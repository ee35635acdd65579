using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Topology;

/// <summary>What lies in a box, as GeoJSON or compact, with its live state.</summary>
public static class TopologyApi
{
    /// <summary>Some megabytes of GeoJSON: larger answers are what the map's files are for.</summary>
    private const int MostAssets = 20_000;

    // Versions of the picture start again with the process.
    private static readonly Guid Process = Guid.NewGuid();

    public static void MapTopology(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/topology").WithTags("Network");
        Documented<FeatureCollection<FeederProperties, LinesGeometry>>(group.MapGet("/feeders", GetFeeders));
        Documented<FeatureCollection<SubstationProperties, PointGeometry>>(group.MapGet("/substations", GetSubstations));
        Documented<FeatureCollection<TransformerProperties, PointGeometry>>(group.MapGet("/transformers", GetTransformers));
        Documented<FeatureCollection<MeterProperties, PointGeometry>>(group.MapGet("/meters", GetMeters));
        Documented<FeatureCollection<DeviceProperties, PointGeometry>>(group.MapGet("/devices", GetDevices));
        group.MapTrace();
        group.MapAssetsFile();
    }

    private static void Documented<T>(RouteHandlerBuilder endpoint) => endpoint.DocumentsSnapshot()
        .Produces<T>(StatusCodes.Status200OK, AnswerFormat.GeoJsonType, AnswerFormat.BinaryType)
        .ProducesValidationProblem().ProducesProblem(StatusCodes.Status406NotAcceptable);

    /// <summary>Feeders in a box</summary>
    /// <remarks>The line segments that touch the box, one feature per feeder, with the feeder's live status. At most 20,000 segments. GeoJSON or, by Accept, the compact application/vnd.fluxops.grid.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static Task<IResult> GetFeeders(LiveGrid live, GridTopologies topologies, HttpContext http, [Required] string bbox, CancellationToken ct) =>
        AnswerAsync(AssetLayer.Feeder, live, topologies, http, bbox, (picture, segments) => Features.Feeders(picture, segments), ct);

    /// <summary>Substations in a box</summary>
    /// <remarks>Points with live load, bus voltage and status. GeoJSON or, by Accept, the compact application/vnd.fluxops.grid.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static Task<IResult> GetSubstations(LiveGrid live, GridTopologies topologies, HttpContext http, [Required] string bbox, CancellationToken ct) =>
        AnswerAsync(AssetLayer.Substation, live, topologies, http, bbox, (picture, ids) => Features.Points(picture, AssetLayer.Substation, ids, Features.Substation), ct);

    /// <summary>Service transformers in a box</summary>
    /// <remarks>Points with status, load and lowest voltage by their meters' newest intervals. At most 20,000. GeoJSON or, by Accept, the compact application/vnd.fluxops.grid.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static Task<IResult> GetTransformers(LiveGrid live, GridTopologies topologies, HttpContext http, [Required] string bbox, CancellationToken ct) =>
        AnswerAsync(AssetLayer.Transformer, live, topologies, http, bbox, (picture, ids) => Features.Points(picture, AssetLayer.Transformer, ids, Features.Transformer), ct);

    /// <summary>Meters in a box</summary>
    /// <remarks>Points with status and voltage of the newest interval. At most 20,000. GeoJSON or, by Accept, the compact application/vnd.fluxops.grid.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static Task<IResult> GetMeters(LiveGrid live, GridTopologies topologies, HttpContext http, [Required] string bbox, CancellationToken ct) =>
        AnswerAsync(AssetLayer.Meter, live, topologies, http, bbox, (picture, ids) => Features.Points(picture, AssetLayer.Meter, ids, Features.Meter), ct);

    /// <summary>Line devices in a box</summary>
    /// <remarks>Reclosers, switches, fuses, tie switches and capacitors with their position now. At most 20,000. GeoJSON or, by Accept, the compact application/vnd.fluxops.grid.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static Task<IResult> GetDevices(LiveGrid live, GridTopologies topologies, HttpContext http, [Required] string bbox, CancellationToken ct) =>
        AnswerAsync(AssetLayer.Device, live, topologies, http, bbox, (picture, ids) => Features.Points(picture, AssetLayer.Device, ids, Features.Device), ct);

    private static async Task<IResult> AnswerAsync<T>(
        AssetLayer layer, LiveGrid live, GridTopologies topologies, HttpContext http, string bbox, Func<AssetPicture, int[], T> features, CancellationToken ct)
    {
        var headers = http.Response.Headers;
        headers.Vary = "Accept";
        headers.CacheControl = "private, no-cache";
        if (!GeoShape.TryParseBox(bbox, out var box, out var fault)) return Problems.Invalid(nameof(bbox), fault);
        if (AnswerFormat.Of(http.Request) is not var (type, format))
            return TypedResults.Problem($"This is answered as {AnswerFormat.Offered}.", statusCode: StatusCodes.Status406NotAcceptable, title: "Not acceptable");
        if (live.Current is not { } snapshot) return Problems.NotYet(http);

        // Weak: the age of the values in the answer still moves.
        headers.ETag = $"W/\"{Tag(snapshot, layer, type, box)}\"";
        var known = http.Request.Headers.IfNoneMatch.SelectMany(t => t?.Split(',', StringSplitOptions.TrimEntries) ?? []).ToList();
        if (known.Contains(headers.ETag.ToString())) return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        var topology = await topologies.OfAsync(snapshot.Grid, ct);
        // Of feeders the lines are what counts, and what is sent.
        var inside = ShapeQuery.Of(topology).Inside(box, layer is AssetLayer.Feeder ? AssetLayer.Segment : layer);
        if (inside.Length > MostAssets)
        {
            headers.Remove("ETag");
            return Problems.Invalid(nameof(bbox), $"The box holds {inside.Length:N0} {Plural(layer)}; the limit is {MostAssets:N0}. Ask for a smaller box, or take the whole network from the files that /grid/geometry names.");
        }

        // Any answer at all, and by now it is known that there is one.
        if (known.Contains("*")) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var codes = new PictureCodes(snapshot, topology);
        if (format is GridFormat.Binary)
        {
            var (ids, segments) = layer is AssetLayer.Feeder ? (inside.Select(s => topology.Model.Segments.FeederId[s]).Distinct().ToArray(), inside) : (inside, []);
            return TypedResults.Bytes(BoxCodec.Encode(layer, snapshot.Kpis.NewestSourceTime, codes, topology, ids, segments), type);
        }

        var serials = layer is AssetLayer.Meter ? await topologies.SerialsAsync(snapshot.Grid, ct) : null;
        return TypedResults.Json(features(new(live, codes, topology, new(topology, serials), MapPalette.Status), inside), contentType: type);
    }

    private static string Tag(GridSnapshot snapshot, AssetLayer layer, string type, GeoShape box)
    {
        var text = $"{snapshot.Grid.Network.ContentHash} {Process} {snapshot.TelemetryVersion} {snapshot.ReadingsVersion} {snapshot.AssetsVersion} {layer} {type} {box}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private static string Plural(AssetLayer layer) => layer switch
    {
        AssetLayer.Feeder => "line segments",
        AssetLayer.Substation => "substations",
        AssetLayer.Device => "devices",
        AssetLayer.Transformer => "transformers",
        _ => "meters",
    };
}
