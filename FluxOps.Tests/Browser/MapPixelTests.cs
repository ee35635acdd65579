using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.Playwright;

namespace FluxOps.Tests.Browser;

/// <summary>A state is drawn when its colour is in the pixels: from the store's row through lane and worker to the tile.</summary>
[Collection(StillConsoleCollection.Name)]
public sealed class MapPixelTests(StillConsole console)
{
    private const int Zoom = 16;
    /// <summary>Feeders of this class; each test has its own. Those of the first are only ever written by it.</summary>
    private const int Normal = 0, Over = 1, Out = 2, Volt = 3, Stale = 4, Never = 5, Evicted = 6, Hidden = 7, Twice = 8, Gap = 9, Fallback = 10, Below = 11;
    /// <summary>How much of a quiet line's colour is left over the ground (palette.json).</summary>
    private const double Quiet = 0.62, Faint = 0.7;

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task EachStatusIsDrawnInItsColour(string theme)
    {
        await console.WriteFeederAsync(Normal);
        await console.WriteFeederAsync(Over, load: 1.3f);
        await console.WriteFeederAsync(Out, breaker: BreakerState.Open);
        await console.WriteFeederAsync(Volt, volts: 0.9f);
        await console.WriteFeederAsync(Stale, old: TimeSpan.FromHours(4));
        await using var page = await console.OpenMapAsync(theme);

        foreach (var (feeder, token, alpha) in ((int, string, double)[])[(Normal, "--normal", Quiet), (Over, "--p2", 1), (Out, "--p1", 1), (Volt, "--p3", 1), (Stale, "--stale", 0.9), (Never, "--faint", Faint)])
        {
            await ShowAsync(page, console.FeederSpot(feeder));
            await page.Page.ShowsAsync(console.FeederSpot(feeder), token, alpha: alpha);
        }

        // And a change of it, in front of the operator's eyes.
        await ShowAsync(page, console.FeederSpot(Over));
        await console.WriteFeederAsync(Over);
        await page.Page.ShowsAsync(console.FeederSpot(Over), "--normal", alpha: Quiet);
        await page.Page.ShowsAsync(console.FeederSpot(Over), "--p2", shown: false);
        await console.WriteFeederAsync(Over, breaker: BreakerState.Open);
        await page.Page.ShowsAsync(console.FeederSpot(Over), "--p1");
    }

    [Fact]
    public async Task ATileThatComesBackHasWhatChangedMeanwhile()
    {
        var spot = console.FeederSpot(Evicted);
        await console.WriteFeederAsync(Evicted);
        await using var page = await console.OpenMapAsync();
        await ShowAsync(page, spot);
        await page.Page.ShowsAsync(spot, "--normal", alpha: Quiet);

        await page.Page.ShowAsync(spot.Lat + 0.5, spot.Lon, Zoom);
        Assert.Null(await page.Page.PixelAsync(spot.Lat, spot.Lon)); // its tile is gone
        await console.WriteFeederAsync(Evicted, load: 1.3f);
        await page.Page.WaitForFunctionAsync($"() => fluxops.map.leaflet && {IsOver(Evicted)}");
        await ShowAsync(page, spot);
        await page.Page.ShowsAsync(spot, "--p2");
    }

    [Fact]
    public async Task ADeviceOpenedDarkensTheTreeBelow()
    {
        var (device, above, below) = DeviceInsideAFeeder();
        var feeder = console.Topology.FeederOfDevice(device);
        await console.WriteFeederAsync(feeder);
        await console.WriteDeviceAsync(device, open: false);
        await using var page = await console.OpenMapAsync();
        await ShowAsync(page, console.SegmentSpot(below));
        await page.Page.ShowsAsync(console.SegmentSpot(below), "--normal", alpha: Quiet);

        await console.WriteDeviceAsync(device, open: true);
        await page.Page.ShowsAsync(console.SegmentSpot(below), "--p1");
        await ShowAsync(page, console.SegmentSpot(above));
        await page.Page.ShowsAsync(console.SegmentSpot(above), "--normal", alpha: Quiet);
        await page.Page.ShowsAsync(console.SegmentSpot(above), "--p1", shown: false);

        await console.WriteDeviceAsync(device, open: false);
        await ShowAsync(page, console.SegmentSpot(below));
        await page.Page.ShowsAsync(console.SegmentSpot(below), "--normal", alpha: Quiet);
    }

    [Fact]
    public async Task WithoutOffscreenCanvasThePictureIsTheSame()
    {
        var spot = console.FeederSpot(Fallback);
        await console.WriteFeederAsync(Fallback, load: 1.3f);
        await using var worker = await console.OpenMapAsync();
        await using var plain = await console.OpenMapAsync(script: "globalThis.fluxopsNoOffscreen = true;");
        Assert.True(await worker.Page.EvaluateAsync<bool>("() => fluxops.map.offscreen"));
        Assert.False(await plain.Page.EvaluateAsync<bool>("() => fluxops.map.offscreen"));

        foreach (var zoom in (int[])[Zoom, 14, 11])
        {
            foreach (var page in (WatchedPage[])[worker, plain])
            {
                await page.Page.ShowAsync(spot.Lat, spot.Lon, zoom);
                await page.Page.ShowsAsync(spot, "--p2");
            }

            await SameAsync(worker.Page, plain.Page);
        }

        await console.WriteFeederAsync(Fallback);
        await ShowAsync(plain, spot);
        await plain.Page.ShowsAsync(spot, "--normal", alpha: Quiet);
    }

    [Fact]
    public async Task AMapThatWasHiddenReturnsRight()
    {
        var spot = console.FeederSpot(Hidden);
        await console.WriteFeederAsync(Hidden);
        await using var page = await console.OpenMapAsync();
        await ShowAsync(page, spot);
        await page.Page.ShowsAsync(spot, "--normal", alpha: Quiet);

        await HideAsync(page, true);
        await console.WriteFeederAsync(Hidden, load: 1.3f);
        await page.Page.WaitForFunctionAsync($"() => {IsOver(Hidden)}"); // it is told, and need not draw it
        await HideAsync(page, false);
        await page.Page.ShowsAsync(spot, "--p2");
    }

    [Fact]
    public async Task TwoMapsInTwoWindowsAgree()
    {
        var spot = console.FeederSpot(Twice);
        await console.WriteFeederAsync(Twice);
        await using var one = await console.OpenMapAsync();
        await using var other = await console.OpenMapAsync();
        foreach (var page in (WatchedPage[])[one, other])
            await ShowAsync(page, spot);

        await console.WriteFeederAsync(Twice, load: 1.3f);
        foreach (var page in (WatchedPage[])[one, other])
            await page.Page.ShowsAsync(spot, "--p2");
        await SameAsync(one.Page, other.Page);
    }

    [Fact]
    public async Task AGapFetchesTheWholeAgain()
    {
        var spot = console.FeederSpot(Gap);
        await console.WriteFeederAsync(Gap);
        await using var page = await console.OpenMapAsync();
        await ShowAsync(page, spot);
        await page.Page.ShowsAsync(spot, "--normal", alpha: Quiet);

        // As if a frame had been lost: what comes next does not start where the page stands.
        await page.Page.EvaluateAsync("() => { fluxops.lane.state.version -= 1; }");
        await console.WriteFeederAsync(Gap, load: 1.3f);
        await page.Page.ShowsAsync(spot, "--p2");
        Assert.True(await page.Page.EvaluateAsync<int>("() => fluxops.lane.gaps") >= 1);
        await console.WriteFeederAsync(Gap, breaker: BreakerState.Open);
        await page.Page.ShowsAsync(spot, "--p1");
    }

    /// <summary>A device with lines above and below it on the same feeder, and a backbone segment on either side; below it no tie that could feed it back.</summary>
    private (int Device, int Above, int Below) DeviceInsideAFeeder()
    {
        var (topology, model) = (console.Topology, console.Topology.Model);
        for (var d = 0; d < model.Devices.Count; d++)
        {
            var segment = model.Devices.SegmentId[d];
            var feeder = model.Segments.FeederId[segment];
            if (feeder < Below || model.Devices.NormallyOpen[d] || model.Devices.Kind[d] is not (AssetKind.Recloser or AssetKind.Switch) || model.Segments.ParentId[segment] < 0)
                continue;
            var parent = model.Segments.ParentId[segment];
            if (model.Segments.LengthM[parent] > 60 && model.Segments.LengthM[segment] > 60)
                return (d, parent, segment);
        }

        throw new InvalidOperationException("The tiny network has no such device.");
    }

    private static string IsOver(int feeder) => $"fluxops.map.status('f{feeder}') % 5 === 4";

    private static Task ShowAsync(WatchedPage page, MapSpot spot) => page.Page.ShowAsync(spot.Lat, spot.Lon, Zoom);

    private static async Task HideAsync(WatchedPage page, bool hidden) => await page.Page.EvaluateAsync("""
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """, hidden);

    /// <summary>Compares the tiles in view of two pages pixel by pixel, once both have drawn the newest state.</summary>
    private static async Task SameAsync(IPage a, IPage b)
    {
        const string sample = """
            () => {
              const map = fluxops.map.leaflet, size = map.getSize(), box = map.getContainer().getBoundingClientRect(), all = [];
              for (let y = 3; y < size.y; y += 7) for (let x = 3; x < size.x; x += 7) all.push(...(testPixels.on(box.left + x, box.top + y, 'tilePane') ?? [0, 0, 0, 0]));
              return all;
            }
            """;
        int[] one = [], other = [];
        for (var attempt = 0; attempt < 20; attempt++)
        {
            (one, other) = (await a.EvaluateAsync<int[]>(sample), await b.EvaluateAsync<int[]>(sample));
            if (one.Length > 0 && one.Zip(other).All(p => Math.Abs(p.First - p.Second) <= 4))
                return;
            await a.EvaluateAsync("() => new Promise(done => requestAnimationFrame(done))");
        }

        Assert.Equal(0, one.Zip(other).Count(p => Math.Abs(p.First - p.Second) > 4));
    }
}
