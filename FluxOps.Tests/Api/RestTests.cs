using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FluxOps.Blazor.Live;
using FluxOps.Tests.Data;

namespace FluxOps.Tests.Api;

public sealed class RestTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly ApiSite _site = shared.Site;
    private readonly HttpClient _client = shared.Client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_answers_with_the_values_of_the_store()
    {
        var stations = await JsonAsync("/api/substations");
        Assert.Equal(2, stations.GetProperty("substations").GetArrayLength());
        Assert.Equal(2.5, stations.GetProperty("meterWeight").GetDouble());

        var status = await JsonAsync("/api/postgres/substations/status");
        var first = status.GetProperty("substations")[0];
        Assert.Equal(50, first.GetProperty("loadMw").GetDouble());
        Assert.Equal("simulated", first.GetProperty("origin").GetString());
        Assert.Equal("good", first.GetProperty("quality").GetString());
        Assert.NotEqual("never", first.GetProperty("freshness").GetString());
        Assert.InRange(first.GetProperty("receivedAt").GetDateTimeOffset() - first.GetProperty("sourceTime").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.True(status.GetProperty("live").GetProperty("simulated").GetBoolean());
        Assert.Equal(1, (await JsonAsync("/api/postgres/substations/status?substation=sub-0001")).GetProperty("substations").GetArrayLength());
        Assert.Equal(2, (await JsonAsync("/api/postgres/substations/status?region=central")).GetProperty("substations").GetArrayLength());

        var kpis = (await JsonAsync("/api/kpis")).GetProperty("kpis");
        Assert.Equal(5 + 6 + 7 + 8, kpis.GetProperty("systemLoadMw").GetDouble());
        Assert.True(kpis.GetProperty("dataAgeSeconds").GetDouble() >= 0);

        var initial = await JsonAsync("/api/initial-load");
        Assert.Equal(4, initial.GetProperty("feeders").GetArrayLength());
        Assert.StartsWith("/grid/geometry/", initial.GetProperty("geometry").GetProperty("url").GetString());
    }

    [Fact]
    public async Task Readings_are_paged_by_meter_feeder_or_substation()
    {
        var start = Batches.Noon;
        await _site.WriteAsync(Batches.Readings(start, 0, 80));

        var one = (await JsonAsync("/api/postgres/ami/latest?meter=MTR-0000007")).GetProperty("readings");
        var reading = Assert.Single(one.EnumerateArray());
        Assert.Equal(0.25, reading.GetProperty("energyKwh").GetDouble());
        Assert.Equal(start, reading.GetProperty("intervalStart").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal("simulated", reading.GetProperty("origin").GetString());

        var meters = new List<string>();
        string? next = "/api/postgres/ami/latest?substation=SUB-0001&take=15";
        var pages = 0;
        for (; next is not null; pages++)
        {
            var page = await JsonAsync(next);
            meters.AddRange(page.GetProperty("readings").EnumerateArray().Select(r => r.GetProperty("meter").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(40, 40).Select(i => $"MTR-{i:0000000}"), meters);
        Assert.Equal(20, (await JsonAsync("/api/postgres/ami/latest?feeder=ST-1200")).GetProperty("readings").GetArrayLength());
    }

    [Fact]
    public async Task Feeders_in_a_box_are_geojson()
    {
        using var answer = await _client.GetAsync("/api/topology/feeders?bbox=-95.00004,28.9,-94.9,29.1", Stop);
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType?.MediaType);
        var collection = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        Assert.Equal([0, 1], collection.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetInt32()));
        var line = collection.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates")[0];
        Assert.Equal(4, line.GetArrayLength());
        Assert.Equal([-95, 29], line[0].EnumerateArray().Select(n => n.GetDouble()));
    }

    [Theory]
    [InlineData("/api/postgres/ami/latest", "meter", "exactly one")]
    [InlineData("/api/postgres/ami/latest?meter=a&feeder=b", "meter", "exactly one")]
    [InlineData("/api/postgres/ami/latest?feeder=ST-1200&take=0", "take", "1 and 1000")]
    [InlineData("/api/postgres/ami/latest?feeder=ST-1200&take=1001", "take", "1 and 1000")]
    [InlineData("/api/postgres/ami/latest?feeder=ST-1200&take=many", "take", "whole number")]
    [InlineData("/api/postgres/ami/latest?feeder=ST-1200&after=-1", "after", "between 0")]
    [InlineData("/api/postgres/substations/status?region=Mars", "region", "Central")]
    [InlineData("/api/topology/feeders", "bbox", "required")]
    [InlineData("/api/topology/feeders?bbox=1,2,3", "bbox", "Four numbers")]
    [InlineData("/api/topology/feeders?bbox=-95.4,x,-95,30", "bbox", "\"x\" is not a number")]
    [InlineData("/api/topology/feeders?bbox=-95,29,-96,30", "bbox", "minLon must be less")]
    [InlineData("/api/topology/feeders?bbox=-96,30,-95,29", "bbox", "minLat must be less")]
    [InlineData("/api/topology/feeders?bbox=-190,29,-95,30", "bbox", "-180 and 180")]
    [InlineData("/api/topology/feeders?bbox=NaN,29,-95,30", "bbox", "not a number")]
    public async Task A_wrong_question_is_answered_with_the_field_and_the_limit(string path, string field, string limit)
    {
        using var answer = await _client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.Equal(field, error.Name, ignoreCase: true);
        Assert.Contains(limit, error.Value[0].GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/postgres/ami/latest?meter=MTR-9999999")]
    [InlineData("/api/postgres/ami/latest?feeder=nowhere")]
    [InlineData("/api/postgres/substations/status?substation=nowhere")]
    [InlineData("/api/nothing/here")]
    public async Task What_is_not_there_is_a_problem_too(string path)
    {
        using var answer = await _client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unchanged_picture_is_not_sent_twice_and_a_live_one_is_never_stored()
    {
        // Nothing writes; values age and settle as stale, and then the picture stands still.
        await _site.UntilAsync(s => s.Feeders.Freshness.All(f => f == Freshness.Stale) && s.Exceptions.Length == 2);
        using var answer = await _client.GetAsync("/api/kpis", Stop);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/kpis");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var same = await _client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task The_description_names_every_endpoint_with_a_summary()
    {
        var document = await JsonAsync("/openapi/v1.json");
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("get"));
        Assert.Equal(
            ["/api/initial-load", "/api/kpis", "/api/postgres/ami/latest", "/api/postgres/substations/status", "/api/substations",
                "/api/topology/assets.csv", "/api/topology/devices", "/api/topology/feeders", "/api/topology/meters", "/api/topology/substations", "/api/topology/trace", "/api/topology/transformers",
                "/health", "/ready"],
            paths.Keys.Order());
        Assert.All(paths.Values, p => Assert.NotEmpty(p.GetProperty("summary").GetString()!));
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await _client.GetAsync(path, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}
