using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.LivePage;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Devices;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Api;
using FluxOps.Tests.Data;
using FluxOps.Tests.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Topology;

/// <summary>/api/topology over real HTTP: boxes, formats, versions, traces, files.</summary>
public sealed class TopologyApiTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private const string Everything = "bbox=-96,28,-95,30";
    private readonly HttpClient _client = shared.Client;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("substations", AssetLayer.Substation, 2, "SUB-0000", -95.4, 29.7)]
    [InlineData("devices", AssetLayer.Device, 4, "RC-000000", -95, 29)]
    [InlineData("transformers", AssetLayer.Transformer, 16, "TX-000000", -95.5, 29.5)]
    [InlineData("meters", AssetLayer.Meter, 80, "MTR-0000000", -95.6, 29.6)]
    public async Task Points_come_as_geojson_or_compact(string layer, AssetLayer of, int count, string first, double lon, double lat)
    {
        using var answer = await _client.GetAsync($"/api/topology/{layer}?{Everything}", Stop);
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        var collection = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(collection.GetProperty("live").GetProperty("simulated").GetBoolean());
        var features = collection.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, count), features.Select(f => f.GetProperty("id").GetInt32()));
        Assert.Equal(first, features[0].GetProperty("properties").GetProperty("name").GetString());
        Assert.Equal([lon, lat], features[0].GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(n => n.GetDouble()));
        Assert.True(features[0].GetProperty("properties").TryGetProperty("freshness", out _));

        using var compact = await GetAsync($"/api/topology/{layer}?{Everything}", "application/vnd.fluxops.grid");
        Assert.Equal("application/vnd.fluxops.grid", compact.Content.Headers.ContentType?.MediaType);
        var bytes = await compact.Content.ReadAsByteArrayAsync(Stop);
        var decoded = BoxCodec.Decode(bytes);
        Assert.Equal(of, decoded.Layer);
        Assert.True(decoded.NewestSourceTime > 0);
        Assert.Equal(Enumerable.Range(0, count), decoded.Assets.Select(a => a.Id));
        Assert.Equal((GeometryCodec.Fixed(lat), GeometryCodec.Fixed(lon)), (decoded.Assets[0].ToLat, decoded.Assets[0].ToLon));
    }

    [Fact]
    public async Task Feeders_come_compact_too_with_the_lines_that_touch_the_box()
    {
        using var compact = await GetAsync("/api/topology/feeders?bbox=-95.00004,28.9,-94.9,29.1", "application/vnd.fluxops.grid");
        var decoded = BoxCodec.Decode(await compact.Content.ReadAsByteArrayAsync(Stop));
        var s = ApiSite.Grid.Segments;
        Assert.Equal([0, 0, 0, 1, 1], decoded.Assets.Select(a => a.Id));
        Assert.Equal([0, 1, 2, 3, 4], decoded.Assets.Select(a => a.Segment));
        Assert.All(decoded.Assets, a => Assert.Equal(
            (GeometryCodec.Fixed(s.FromLat[a.Segment]), GeometryCodec.Fixed(s.FromLon[a.Segment]), GeometryCodec.Fixed(s.ToLat[a.Segment]), GeometryCodec.Fixed(s.ToLon[a.Segment])),
            (a.FromLat, a.FromLon, a.ToLat, a.ToLon)));
        Assert.All(decoded.Assets, a => Assert.InRange(a.Code, 0, AssetCode.Count - 1));
    }

    [Fact]
    public async Task Every_file_that_the_panel_of_an_area_offers_is_there()
    {
        await using var context = new BunitContext();
        context.Services.AddSingleton(shared.Site.Services.GetRequiredService<GridTopologies>());
        var panel = context.Render<AreaPanel>(p => p.Add(a => a.Snapshot, shared.Site.Live.Current!).Add(a => a.Area, "-96,28;-95,28;-95,30;-96,30"));
        panel.WaitForAssertion(() => Assert.Equal(6, panel.FindAll("[data-csv]").Count), TimeSpan.FromSeconds(20));
        foreach (var (layer, href) in panel.FindAll("[data-csv]").Select(a => (a.GetAttribute("data-csv"), a.GetAttribute("href"))))
        {
            using var answer = await _client.GetAsync("/" + href, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith($"fluxops-{layer}s-", answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_transformer_is_believed_as_far_as_its_worst_meter()
    {
        var start = Batches.Noon + 9_000;
        await shared.Site.WriteAsync(Batches.Readings(start, 75, 3, origin: ValueOrigin.Measured));
        await shared.Site.WriteAsync(Batches.Readings(start, 78, 1, ReadingQuality.Estimated, origin: ValueOrigin.Measured));
        await shared.Site.WriteAsync(Batches.Readings(start, 79, 1, origin: ValueOrigin.Replayed));
        await shared.Site.UntilAsync(s => s.Assets is not null && Enumerable.Range(75, 5).All(m => shared.Site.Live.Meter(m)?.IntervalStart == start));
        var snapshot = shared.Site.Live.Current!;
        var topology = await shared.Site.Services.GetRequiredService<GridTopologies>().OfAsync(snapshot.Grid, Stop);
        var reading = TransformerReading.Of(shared.Site.Live, topology, 15)!.Value;
        Assert.Equal((start + 900, ReadingQuality.Estimated, ValueOrigin.Replayed), (reading.End.ToUnixTimeSeconds(), reading.Quality, reading.Origin));
        var card = shared.Site.Services.GetRequiredService<AssetDetails>().Of(snapshot, topology, new(AssetLayer.Transformer, 15), AssetRecords.None)!;
        var load = card.Lines.Single(l => l.Label == "Load");
        Assert.Equal((1000 * (start + 900), "E,R"), (load.At, string.Join(',', load.Letters!.Select(l => l.Letter))));
    }

    [Fact]
    public async Task A_device_has_the_time_and_origin_of_its_own_position()
    {
        const long at = 1_790_000_000_000;
        await shared.Site.Services.GetRequiredService<DeviceWriter>().WriteAsync(Batches.Devices(at, (2, true)), Stop);
        await shared.Site.UntilAsync(s => s.Devices.TryGetValue(2, out var p) && p.Open);
        var devices = (await _client.GetFromJsonAsync<JsonElement>($"/api/topology/devices?{Everything}", Stop)).GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")).ToList();
        Assert.Equal((true, DateTimeOffset.FromUnixTimeMilliseconds(at), "simulated"), (devices[2].GetProperty("open").GetBoolean(), devices[2].GetProperty("sourceTime").GetDateTimeOffset(), devices[2].GetProperty("origin").GetString()));
        Assert.True(!devices[0].TryGetProperty("sourceTime", out var never) || never.ValueKind is JsonValueKind.Null);
        var lines = (await _client.GetStringAsync("/api/topology/assets.csv?layer=device", Stop)).Split("\r\n");
        Assert.EndsWith(",simulated", lines.Single(l => l.StartsWith("RC-000002", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("2026-09-21T", lines.Single(l => l.StartsWith("RC-000002", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_version_is_known_to_who_asks_for_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/topology/transformers?{Everything}") { Headers = { IfNoneMatch = { EntityTagHeaderValue.Any } } };
        using var answer = await _client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Theory]
    [InlineData("*/*", "application/geo+json")]
    [InlineData("application/*", "application/geo+json")]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "application/geo+json")]
    [InlineData("application/geo+json;q=0.5, application/vnd.fluxops.grid", "application/vnd.fluxops.grid")]
    [InlineData("application/vnd.fluxops.grid;q=0.1, application/geo+json;q=0.2", "application/geo+json")]
    [InlineData("application/geo+json;q=0, */*;q=0.1", "application/vnd.fluxops.grid")]
    [InlineData("application/json", "application/geo+json")]
    public async Task The_client_chooses_by_Accept(string accept, string type)
    {
        using var answer = await GetAsync($"/api/topology/substations?{Everything}", accept);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task What_is_not_offered_is_told_what_is()
    {
        using var answer = await GetAsync($"/api/topology/substations?{Everything}", "text/html");
        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains("Accept", answer.Headers.Vary);
        Assert.Contains("application/vnd.fluxops.grid", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_box_that_did_not_change_is_not_sent_again()
    {
        // Nothing writes; values age and settle, and then the picture stands still.
        await shared.Site.UntilAsync(s => s.Feeders.Freshness.All(f => f == Freshness.Stale) && s.Assets is not null);
        const string path = $"/api/topology/transformers?{Everything}";
        using var answer = await _client.GetAsync(path, Stop);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true, NoStore: false });
        using var same = await GetAsync(path, "*/*", answer);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(answer.Headers.ETag, same.Headers.ETag);
        using var box = await GetAsync("/api/topology/transformers?bbox=-96,28,-95,30.5", "*/*", answer);
        using var format = await GetAsync(path, "application/vnd.fluxops.grid", answer);
        using var layer = await GetAsync($"/api/topology/meters?{Everything}", "*/*", answer);
        Assert.All([box, format, layer], a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));

        var version = shared.Site.Live.Current!.TelemetryVersion;
        await shared.Site.SweepAsync(mw: 7);
        await shared.Site.UntilAsync(s => s.TelemetryVersion > version);
        using var moved = await GetAsync(path, "*/*", answer);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
    }

    [Fact]
    public async Task More_than_the_limit_is_refused_with_both_numbers()
    {
        var grid = TestGrid.Make(metersEach: 1_251);
        var stage = new Stage(grid);
        stage.Take(stage.Sweep(full: true));
        var live = new LiveGrid();
        live.Publish(stage.Now);
        var topologies = new GridTopologies((_, _) => throw new InvalidOperationException("everything is there"), (_, _) => throw new InvalidOperationException("no names are asked for"));
        var answer = Assert.IsType<ValidationProblem>(await TopologyApi.GetMeters(live, topologies, new DefaultHttpContext(), "-96,28,-95,30", Stop));
        var words = Assert.Single(answer.ProblemDetails.Errors["bbox"]);
        Assert.Contains("20,016 meters", words, StringComparison.Ordinal);
        Assert.Contains("limit is 20,000", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_goes_from_any_name_to_the_source_and_to_the_customers()
    {
        var up = await _client.GetFromJsonAsync<JsonElement>("/api/topology/trace?asset=mtr-0000045&direction=up", Stop);
        Assert.Equal("MTR-0000045", up.GetProperty("asset").GetString());
        Assert.Equal(("ST-1202", "T1", "SUB-0001"), (Text(up, "feeder"), Text(up, "bank"), Text(up, "substation")));
        Assert.Equal([6], up.GetProperty("upstream").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal("RC-000002", up.GetProperty("devices")[0].GetProperty("name").GetString());

        var down = await _client.GetFromJsonAsync<JsonElement>("/api/topology/trace?asset=ST-1202&direction=down", Stop);
        Assert.Equal((3, 4, 20, 50), (Count(down, "segments"), Count(down, "transformers"), Count(down, "meters"), Count(down, "customers")));
        Assert.Equal("{\"first\":40,\"count\":20}", down.GetProperty("meters")[0].GetRawText());

        var both = await _client.GetFromJsonAsync<JsonElement>("/api/topology/trace?asset=LN-7", Stop);
        Assert.Equal([7, 6], both.GetProperty("upstream").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal([7, 8], both.GetProperty("downstream").EnumerateArray().Select(n => n.GetInt32()));

        static string? Text(JsonElement trace, string field) => trace.GetProperty("source").GetProperty(field).GetString();
        static int Count(JsonElement trace, string field) => trace.GetProperty("counts").GetProperty(field).GetInt32();
    }

    [Theory]
    [InlineData("trace?asset=TX-000001&direction=sideways", 400, "up, down or both")]
    [InlineData("trace?asset=TX-000001&direction=1", 400, "up, down or both")]
    [InlineData("trace?direction=up", 400, "required")]
    [InlineData("trace?asset=TX-999999", 404, "TX-999999")]
    [InlineData("trace?asset=MTR-9999999", 404, "MTR-9999999")]
    [InlineData("assets.csv", 400, "substation, feeder, segment")]
    [InlineData("assets.csv?layer=4", 400, "substation, feeder, segment")]
    [InlineData("assets.csv?layer=meter&state=lost", 400, "never, stale, out")]
    [InlineData("assets.csv?layer=meter&mode=mood", 400, "status, loading")]
    [InlineData("assets.csv?layer=meter&substation=nowhere", 400, "nowhere")]
    [InlineData("assets.csv?layer=meter&bbox=1,2,3", 400, "Four numbers")]
    [InlineData("assets.csv?layer=meter&area=1,2;3,4", 400, "3 to 100 points")]
    [InlineData("assets.csv?layer=meter&area=1,2;3,4;5,5&bbox=1,2,3,4", 400, "not both")]
    [InlineData("meters?bbox=-95,29,-96,30", 400, "minLon must be less")]
    [InlineData("devices", 400, "required")]
    public async Task A_wrong_question_is_told_what_is_right(string path, int status, string words)
    {
        using var answer = await _client.GetAsync($"/api/topology/{path}", Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Stop), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_list_is_a_file_for_spreadsheets()
    {
        await shared.Site.WriteAsync(Batches.Readings(Batches.Noon, 0, 80));
        await shared.Site.UntilAsync(_ => shared.Site.Live.Meter(40) is not null);
        using var answer = await _client.GetAsync("/api/topology/assets.csv?layer=meters&substation=sub-0001&area=-95.7,29;-95.5,29;-95.5,30;-95.7,30", Stop);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Matches("^fluxops-meters-[0-9]{8}T[0-9]{6}Z\\.csv$", answer.Content.Headers.ContentDisposition?.FileName);
        var lines = (await answer.Content.ReadAsStringAsync(Stop)).Split("\r\n");
        Assert.Equal("name,layer,feeder,substation,lat,lon,status,voltage_kv,voltage_v,load_percent,source_time,age,origin", lines[0]);
        Assert.Equal(1 + 40 + 1, lines.Length);
        var row = lines[1].Split(',');
        Assert.Equal(["MTR-0000040", "meter", "ST-1202", "SUB-0001", "29.6004", "-95.5996"], row[..6]);
        Assert.Equal("simulated", row[^1]);
        Assert.Equal("", lines[^1]);

        var devices = await _client.GetStringAsync("/api/topology/assets.csv?layer=device", Stop);
        Assert.Contains("FU-000001,device,ST-1201,SUB-0000,29.00003,-95.00003,open,", devices, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("TX-000001", "TX-000001")]
    [InlineData("", "")]
    public void No_text_is_a_formula(string text, string written) => Assert.Equal(written, AssetsFile.Guarded(text));

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, HttpResponseMessage? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        if (known is not null) request.Headers.IfNoneMatch.Add(known.Headers.ETag!);
        return await _client.SendAsync(request, Stop);
    }
}
