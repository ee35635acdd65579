using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Topology;

/// <summary>A list of assets as a CSV file (RFC 4180), for spreadsheets.</summary>
internal static class AssetsFile
{
    private const int RowsBetweenFlushes = 2_000;

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public static void MapAssetsFile(this RouteGroupBuilder group) =>
        group.MapGet("/assets.csv", GetFile).Produces<string>(StatusCodes.Status200OK, "text/csv").ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Assets as a CSV file</summary>
    /// <remarks>All that match, with place, status, newest values, their time, age and origin. Text that a spreadsheet would take for a formula begins with an apostrophe.</remarks>
    /// <param name="layer">substation, feeder, segment, device, transformer or meter.</param>
    /// <param name="state">Keys of the mode's states with commas between, such as out,over; or abnormal.</param>
    /// <param name="mode">Mode of the map by whose states to choose: status, loading, voltage, age or nominal.</param>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84.</param>
    /// <param name="area">Instead of bbox a polygon: lon,lat;lon,lat;... of 3 to 100 points.</param>
    /// <param name="substation">Code, name or id.</param>
    /// <param name="feeder">Name or id.</param>
    /// <param name="text">What the names begin with.</param>
    internal static async Task<IResult> GetFile(
        LiveGrid live, AssetQuery assets, TimeProvider time, HttpContext http, CancellationToken ct, string? layer = null, string? state = null, string? mode = null,
        string? bbox = null, string? area = null, string? substation = null, string? feeder = null, string? text = null)
    {
        if (live.Current is not { } snapshot) return Problems.NotYet(http);
        if (!new AssetFilterText(layer, state, mode, bbox, area, substation, feeder, text).TryRead(snapshot.Grid, out var filter, out var field, out var fault))
            return Problems.Invalid(field.ToLowerInvariant(), fault);
        var list = await assets.ListAsync(filter, ct: ct);
        http.Response.Headers.CacheControl = "no-store";
        var name = $"fluxops-{filter.Layer.ToString().ToLowerInvariant()}s-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.csv";
        return TypedResults.Stream(stream => WriteAsync(list, stream, ct), "text/csv; charset=utf-8", name);
    }

    internal static async Task WriteAsync(AssetList list, Stream stream, CancellationToken ct)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024, leaveOpen: true);
        await using var csv = new CsvWriter(text, Format);
        foreach (var heading in (string[])["name", "layer", "feeder", "substation", "lat", "lon", "status", "voltage_kv", "voltage_v", "load_percent", "source_time", "age", "origin"]) csv.WriteField(heading);
        await csv.NextRecordAsync();
        for (var i = 0; i < list.Count; i++)
        {
            Write(csv, list.Picture, list[i]);
            await csv.NextRecordAsync();
            if (i % RowsBetweenFlushes != 0) continue;
            ct.ThrowIfCancellationRequested();
            await csv.FlushAsync();
        }
    }

    private static void Write(CsvWriter csv, AssetPicture picture, AssetRow row)
    {
        csv.WriteField(Guarded(row.Name));
        csv.WriteField(row.Asset.Layer.ToString().ToLowerInvariant());
        csv.WriteField(Guarded(picture.FeederName(row)));
        csv.WriteField(Guarded(picture.SubstationCode(row)));
        csv.WriteField(Math.Round(row.Latitude, 5));
        csv.WriteField(Math.Round(row.Longitude, 5));
        csv.WriteField(row.StateWord);
        csv.WriteField(Rounded(row.Values.Kv, 3));
        csv.WriteField(Rounded(row.Values.Volts, 1));
        csv.WriteField(Rounded(row.Values.LoadPercent, 1));
        csv.WriteField(row.Values.SourceTime?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        csv.WriteField(row.Code.Age.ToString().ToLowerInvariant());
        csv.WriteField(row.Values.Origin?.ToString().ToLowerInvariant());
    }

    private static double? Rounded(double? value, int digits) => value is { } v ? Math.Round(v, digits) : null;

    /// <summary>Names come from other systems, and a spreadsheet runs what begins like a formula. Numbers of ours may be negative and stay numbers.</summary>
    internal static string Guarded(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
}
