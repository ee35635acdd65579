using FluxOps.Data.Devices;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;

namespace FluxOps.Tests.Browser;

/// <summary>A running console whose values come from the tests alone: the simulation is off, and what is written stays live for an hour.</summary>
public sealed class StillConsole(BrowserFixture browser) : IAsyncLifetime
{
    private ConsoleApp? _app;

    public ConsoleApp App => _app ?? throw new InvalidOperationException("Not started.");
    public ServingStore Store { get; private set; } = null!;
    public GridTopology Topology { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var target = await PostgresFixture.CreateDatabaseAsync();
        _app = new ConsoleApp(target, ("FluxOps:Simulation:Enabled", "false"), ("FluxOps:Live:TelemetrySeconds", "3600"));
        Store = ServingStore.For(target);
        await Store.OpenAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _app.StartAsync(patience.Token);
        Topology = new GridTopology(await new GridStore(Store).LoadAsync(GridParts.All, patience.Token));
    }

    /// <summary>A signed-in operator's Live page with its map drawn. <paramref name="script"/> runs before the page's own.</summary>
    public async Task<WatchedPage> OpenMapAsync(string theme = "dark", string path = "/", int width = 1280, int height = 720, string? script = null)
    {
        var page = await browser.OpenAsync(App.Origin, width, height, theme);
        if (script is not null)
            await page.Context.AddInitScriptAsync(script);
        await page.Page.GotoAsync(await App.CreateSignInLinkAsync());
        await page.Page.GotoAsync(path);
        await page.Page.DrawnAsync();
        return page;
    }

    /// <summary>One feeder's telemetry, as its source would send it now.</summary>
    /// <param name="load">Of the rating.</param>
    /// <param name="volts">Of the nominal voltage.</param>
    public Task WriteFeederAsync(int feeder, float load = 0.4f, float volts = 1, BreakerState breaker = BreakerState.Closed, TimeSpan old = default)
    {
        var f = Topology.Model.Feeders[feeder];
        return new TelemetryWriter(Store).WriteAsync(new TelemetrySweep
        {
            Origin = ValueOrigin.Measured,
            Feeders = new FeederTelemetry
            {
                FeederId = [feeder],
                SourceTime = [(TimeProvider.System.GetUtcNow() - old).ToUnixTimeMilliseconds()],
                Mw = [3],
                Mvar = [1],
                Kv = [breaker == BreakerState.Open ? 0 : f.NominalKv * volts],
                Amps = [breaker == BreakerState.Open ? 0 : f.RatedAmps * load],
                Breaker = [breaker],
                Quality = [TelemetryQuality.Good],
            },
            Substations = new SubstationTelemetry { SubstationId = [], SourceTime = [], Mw = [], Mvar = [], Kv = [], Quality = [] },
        }, TestContext.Current.CancellationToken);
    }

    public Task WriteDeviceAsync(int device, bool open) => new DeviceWriter(Store).WriteAsync(new DeviceStates
    {
        DeviceId = [device],
        Open = [open],
        SourceTime = [TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()],
        Quality = [TelemetryQuality.Good],
        Origin = [ValueOrigin.Measured],
    }, TestContext.Current.CancellationToken);

    /// <summary>Middle of a feeder's longest backbone segment, where nothing but its line is drawn.</summary>
    public MapSpot FeederSpot(int feeder) => SegmentSpot(Enumerable.Range(Topology.FirstSegmentOfFeeder[feeder], Topology.FirstSegmentOfFeeder[feeder + 1] - Topology.FirstSegmentOfFeeder[feeder])
        .Where(s => Topology.Model.Segments.Kind[s] == SegmentKind.Backbone).MaxBy(s => Topology.Model.Segments.LengthM[s]));

    public MapSpot SegmentSpot(int segment)
    {
        var s = Topology.Model.Segments;
        return new MapSpot((s.FromLat[segment] + s.ToLat[segment]) / 2, (s.FromLon[segment] + s.ToLon[segment]) / 2);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}

/// <summary>A place on the map, degrees.</summary>
public readonly record struct MapSpot(double Lat, double Lon);

[CollectionDefinition(Name)]
public sealed class StillConsoleCollection : ICollectionFixture<StillConsole>
{
    public const string Name = "Still console";
}
