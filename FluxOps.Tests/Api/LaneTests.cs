using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Events;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Live;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Api;

/// <summary>Who may come in, the bulk lane, the geometry, and what health says.</summary>
public sealed class LaneTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly ApiSite _site = shared.Site;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/kpis")]
    [InlineData("/api/postgres/ami/latest?feeder=0")]
    [InlineData("/api/unknown")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/grid/geometry")]
    [InlineData("/grid/assets/0.bin")]
    [InlineData("/grid/meters/0/0.bin")]
    [InlineData("/hubs/live")]
    public async Task Without_a_session_nothing_is_told(string path)
    {
        using var client = _site.Anonymous();
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Health_and_readiness_are_open()
    {
        using var client = _site.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", Stop)).StatusCode);
        var ready = await client.GetFromJsonAsync<JsonElement>("/ready", Stop);
        Assert.True(ready.GetProperty("ready").GetBoolean());
        Assert.Empty(ready.GetProperty("reasons").EnumerateArray());
    }

    [Fact]
    public async Task The_geometry_is_compressed_immutable_and_decodes()
    {
        var client = shared.Client;
        var place = await client.GetFromJsonAsync<GeometryPlace>("/grid/geometry", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, place!.Url);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await client.SendAsync(request, Stop);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        await using var plain = new BrotliStream(await answer.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        using var decoded = new MemoryStream();
        await plain.CopyToAsync(decoded, Stop);
        Assert.Equal(ApiSite.Grid.Segments.Count, GeometryCodec.Decode(decoded.ToArray()).Count);
        Assert.Equal(decoded.ToArray(), await client.GetByteArrayAsync(place.Url, Stop));

        using var known = new HttpRequestMessage(HttpMethod.Get, place.Url);
        known.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(known, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/grid/geometry/0123.bin", Stop)).StatusCode);
    }

    [Fact]
    public async Task What_hangs_on_the_lines_comes_in_files_of_its_own()
    {
        var client = shared.Client;
        var place = (await client.GetFromJsonAsync<GeometryPlace>("/grid/geometry", Stop))!;
        Assert.Equal((ApiSite.Grid.Segments.Count, ApiSite.Grid.Devices.Count, ApiSite.Grid.Transformers.Count, ApiSite.Grid.UsagePoints.Count),
            (place.Counts.Segments, place.Counts.Devices, place.Counts.Transformers, place.Counts.Meters));
        Assert.Equal(ApiSite.Grid.Transformers.FeederId, AssetsCodec.Decode(await client.GetByteArrayAsync(place.AssetsUrl, Stop)).TransformerFeeder);

        using var answer = await client.GetAsync(place.MetersUrl.Replace("{substation}", "1"), Stop);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        var meters = MetersCodec.Decode(await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((40, 40), (meters.FirstId, meters.Lat.Length));
        using var known = new HttpRequestMessage(HttpMethod.Get, place.MetersUrl.Replace("{substation}", "1"));
        known.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(known, Stop)).StatusCode);

        foreach (var wrong in (string[])[place.MetersUrl.Replace("{substation}", "2"), place.MetersUrl.Replace("{substation}", "x"), "/grid/assets/0123.bin", "/grid/meters/0123/0.bin"])
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(wrong, Stop)).StatusCode);
    }

    [Fact]
    public async Task The_lane_gives_the_whole_first_then_what_changed()
    {
        await using var connection = Lane(await CookieAsync());
        await connection.StartAsync(Stop);
        await using var frames = connection.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        var client = new LaneClient();
        Assert.True(await frames.MoveNextAsync());
        client.Take(frames.Current);
        Assert.Equal((StatusFrames.SnapshotKind, 4, 2), (client.Kind, client.Feeders.Length, client.Substations.Length));

        await _site.SweepAsync(mw: 6);
        await _site.Services.GetRequiredService<TelemetryWriter>().WriteAsync(Opened(), Stop);
        do
        {
            Assert.True(await frames.MoveNextAsync());
            client.Take(frames.Current);
        }
        while (!new AssetCode(client.Feeders[2]).Dead);
        Assert.NotEqual(StatusFrames.SnapshotKind, client.Kind);
        var snapshot = await _site.UntilAsync(s => s.Kpis.IncidentCount == 1);
        Assert.Equal(AssetStatus.DeEnergised, snapshot.Feeders.Status[2]);
    }

    [Theory]
    [InlineData(new[] { 2 }, "there is no substation 2; ids are 0 to 1")]
    [InlineData(new[] { 0, -1 }, "there is no substation -1")]
    public async Task A_look_at_what_is_not_there_is_refused_in_words(int[] stations, string words)
    {
        await using var connection = Lane(await CookieAsync());
        await connection.StartAsync(Stop);
        var refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => connection.InvokeAsync("Look", true, stations, Stop));
        Assert.Contains(words, refused.Message);
        refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => connection.InvokeAsync("Look", true, new int[276], Stop));
        Assert.Contains("276 substations; at most 275", refused.Message);
        Assert.Equal(HubConnectionState.Connected, connection.State);
    }

    [Fact]
    public async Task Two_connections_get_each_what_they_look_at_and_what_is_asked_for_again_comes_again()
    {
        var picture = await _site.UntilAsync(s => s.Assets is not null);
        var (one, other) = (new LaneClient(picture.Assets!.Meters.First), new LaneClient(picture.Assets.Meters.First));
        await using var first = Lane(await CookieAsync());
        await using var second = Lane(await CookieAsync());
        await first.StartAsync(Stop);
        await second.StartAsync(Stop);
        // Said before the first frame is asked for, it is in it.
        await second.InvokeAsync("Look", true, new[] { 1 }, Stop);
        await using var frames = first.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        await using var others = second.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        await TakeAsync(frames, one, c => c.Kind == StatusFrames.SnapshotKind);
        await TakeAsync(others, other, c => c.Kind == StatusFrames.SnapshotKind);
        Assert.Null(one.Layers[(int)AssetLayer.Transformer]);
        Assert.Equal((16, 2), (other.Layers[(int)AssetLayer.Transformer]!.Length, other.Tallies.Count));
        Assert.Equal([1], other.Meters.Keys);

        await first.InvokeAsync("Look", true, new[] { 0 }, Stop);
        await TakeAsync(frames, one, c => c.Kind == StatusFrames.AdditionKind);
        Assert.Equal((16, 2), (one.Layers[(int)AssetLayer.Transformer]!.Length, one.Tallies.Count));
        Assert.Equal([0], one.Meters.Keys);

        one.Meters.Clear();
        await first.InvokeAsync("Look", true, Array.Empty<int>(), Stop);
        await first.InvokeAsync("Look", true, new[] { 0, 1 }, Stop);
        await TakeAsync(frames, one, c => c.Meters.Count == 2);

        // One meter of station 0 is read: who draws that station gets its code, the other only that there is one such meter more.
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 900 * 900 - 900;
        await _site.WriteAsync(new FluxOps.Data.Readings.IntervalReadings
        {
            Origin = ValueOrigin.Measured, UsagePointId = [7], IntervalStart = [start], Kwh = [0.3f], Volts = [205f], Quality = [FluxOps.Data.Readings.ReadingQuality.Good],
        });
        var low = AssetCode.Of(false, Freshness.Live, VoltageBand.BelowB, LoadBand.Unknown).Value;
        await TakeAsync(frames, one, c => c.Meters[0][7] == low);
        await TakeAsync(others, other, c => c.Tallies[0].GetValueOrDefault(low) == 1);
        Assert.Equal([1], other.Meters.Keys);

        // A connection that comes back starts from nothing, and says again what it looks at.
        await first.StopAsync(Stop);
        await first.StartAsync(Stop);
        await using var again = first.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        await TakeAsync(again, one, c => c.Kind == StatusFrames.SnapshotKind);
        Assert.Empty(one.Meters);
        await first.InvokeAsync("Look", false, new[] { 0 }, Stop);
        await TakeAsync(again, one, c => c.Meters.Count == 1);
        Assert.Equal((low, 0), (one.Meters[0][7], one.Tallies.Count));
    }

    [Fact]
    public async Task A_connection_has_one_stream()
    {
        await using var connection = Lane(await CookieAsync());
        await connection.StartAsync(Stop);
        await using var first = connection.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        Assert.True(await first.MoveNextAsync());
        await using var second = connection.StreamAsync<byte[]>("Watch", Stop).GetAsyncEnumerator(Stop);
        await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(async () => await second.MoveNextAsync());
    }

    [Fact]
    public async Task The_lane_of_a_disabled_account_is_cut()
    {
        var people = _site.Services.GetRequiredService<People>();
        var admin = await _site.Services.GetRequiredService<Accounts>().PrincipalAsync(1, Stop);
        await people.AddAsync(admin!, "leaver", null, Roles.Viewer, Stop);
        var id = (await people.ListAsync(admin!, Stop)).Single(p => p.UserName == "leaver").Id;
        var cookie = await CookieAsync("leaver");
        await using var lane = Lane(cookie);
        await using var other = Lane(await CookieAsync());
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lane.Closed += _ => Task.FromResult(closed.TrySetResult());
        await lane.StartAsync(Stop);
        await other.StartAsync(Stop);

        await people.SetEnabledAsync(admin!, id, false, Stop);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Equal(HubConnectionState.Connected, other.State);
        // The cookie itself is looked at once a minute; the lane does not wait for that.
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var back = Lane(cookie);
        back.Closed += _ => Task.FromResult(again.TrySetResult());
        await back.StartAsync(Stop);
        await again.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    [Theory]
    [InlineData("/hubs/live")]
    [InlineData("/_blazor")]
    public async Task A_page_of_another_site_opens_no_socket(string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.SetRequestHeader("Cookie", await CookieAsync());
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(new Uri(_site.ClientOptions.BaseAddress, path)) { Scheme = "ws" }.Uri;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, Stop));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);

        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", _site.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority));
        own.Options.SetRequestHeader("Cookie", await CookieAsync());
        await own.ConnectAsync(address, Stop);
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task An_event_in_the_store_reaches_the_picture()
    {
        await _site.WriteAsync(new CircuitEvent(0, 1, CircuitEventKind.CommunicationLost, _site.Live.Current!.Kpis.NewestSourceTime, ValueOrigin.Simulated));
        var snapshot = await _site.UntilAsync(s => s.CircuitEvents.Length > 0);
        Assert.Equal((1, CircuitEventKind.CommunicationLost), (snapshot.CircuitEvents[0].FeederId, snapshot.CircuitEvents[0].Kind));
    }

    private static async Task TakeAsync(IAsyncEnumerator<byte[]> frames, LaneClient client, Func<LaneClient, bool> until)
    {
        do
        {
            Assert.True(await frames.MoveNextAsync());
            client.Take(frames.Current);
        }
        while (!until(client));
    }

    private static TelemetrySweep Opened()
    {
        var sweep = FluxOps.Tests.Data.Batches.Sweep(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 4, 2);
        sweep.Feeders.Breaker[2] = BreakerState.Open;
        sweep.Feeders.Amps[2] = 0;
        return sweep;
    }

    private HubConnection Lane(string cookie) => new HubConnectionBuilder()
        .WithUrl(new Uri(_site.ClientOptions.BaseAddress, LiveHub.Path), o =>
        {
            o.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
            o.SkipNegotiation = true;
            o.Headers["Cookie"] = cookie;
        })
        .AddMessagePackProtocol().Build();

    private async Task<string> CookieAsync(string userName = "admin")
    {
        var link = await _site.Services.GetRequiredService<OneTimeLinks>().CreateAsync(userName, TimeSpan.FromMinutes(5), Stop);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _site.ClientOptions.BaseAddress };
        using var answer = await client.GetAsync(link!.Path, Stop);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }
}
