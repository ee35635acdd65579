using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FluxOps.Benchmarks.UnderTest;

namespace FluxOps.Benchmarks.Map;

/// <summary>The map's files: raw, and as a browser gets them.</summary>
internal sealed record FileBytes(string Counts, IReadOnlyList<(string Name, int Raw, int Sent)> Rows)
{
    public static async Task<FileBytes> MeasureAsync(ConsoleApp app, CancellationToken stop)
    {
        var about = await app.Http.GetFromJsonAsync<JsonElement>("grid/geometry", stop);
        var rows = new List<(string, int, int)>
        {
            await OfAsync(app, "lines of all feeders (FXG1)", about.GetProperty("url").GetString()!, stop),
            await OfAsync(app, "transformers and devices (FXA1)", about.GetProperty("assetsUrl").GetString()!, stop),
        };
        var chunks = new List<(string Name, int Raw, int Sent)>();
        for (var station = 0; ; station++)
        {
            try
            {
                chunks.Add(await OfAsync(app, "", about.GetProperty("metersUrl").GetString()!.Replace("{substation}", station.ToString(), StringComparison.Ordinal), stop));
            }
            catch (HttpRequestException)
            {
                break; // one station too many
            }
        }

        var sorted = chunks.OrderBy(c => c.Sent).ToList();
        rows.Add(("meters of a station (FXM1), median", sorted[sorted.Count / 2].Raw, sorted[sorted.Count / 2].Sent));
        rows.Add(("meters of a station, largest", sorted[^1].Raw, sorted[^1].Sent));
        rows.Add(await OfAsync(app, "basemap.json", "lib/basemap.json", stop));
        var counts = about.GetProperty("counts");
        return new FileBytes(string.Join(", ", counts.EnumerateObject().Select(c => $"{c.Value.GetInt32():N0} {c.Name}")), rows);
    }

    private static async Task<(string, int, int)> OfAsync(ConsoleApp app, string name, string url, CancellationToken stop) =>
        (name, await LengthAsync(app, url, null, stop), await LengthAsync(app, url, "br", stop));

    private static async Task<int> LengthAsync(ConsoleApp app, string url, string? encoding, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Origin, url));
        if (encoding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var answer = await app.Http.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(stop)).Length;
    }
}
