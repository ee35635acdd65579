using System.Threading.Channels;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Grid;
using FluxOps.Tests.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FluxOps.Tests.Live;

public sealed class LiveGridServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_become_snapshots_and_a_lost_feed_is_seen()
    {
        await using var run = await Run.StartAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var first = await run.Live.FirstAsync(Stop);
        Assert.Equal(20, first.Kpis.SystemMw!.Value, 3);

        run.Feed(new FeedLost(Stage.Start, "gone"));
        var lost = await run.UntilAsync(s => !s.Link.Connected);
        run.Feed(new FeedRestored(Stage.Start));
        run.Feed(run.Stage.Sweep(full: true, amps: [600, 300, 300, 300]));
        var back = await run.UntilAsync(s => s.Link.Connected);
        Assert.True(back.Version > lost.Version);
        Assert.Equal(600, back.Feeders.Amps[0]);
        // The hour was read again, for the minutes that passed meanwhile.
        Assert.Equal(2, run.Source.Seeds);
    }

    [Fact]
    public async Task A_feed_that_breaks_is_started_anew_and_versions_go_on()
    {
        await using var run = await Run.StartAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var first = await run.Live.FirstAsync(Stop);
        run.Source.Break(new InvalidOperationException("a fault of ours"));
        await run.UntilAsync(s => !s.Link.Connected);
        run.Feed(run.Stage.Sweep(full: true));
        var again = await run.UntilAsync(s => s.Link.Connected);
        Assert.True(again.Version > first.Version);
    }

    [Fact]
    public async Task Another_network_replaces_this_one()
    {
        await using var run = await Run.StartAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var first = await run.Live.FirstAsync(Stop);
        run.Source.Grid = TestGrid.Make(substations: 3, hash: "h2");
        run.Feed(new NetworkChange("h2"));
        await run.Source.RestartedAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var next = await run.UntilAsync(s => s.Grid.Substations.Length == 3);
        Assert.True(next.Version > first.Version);
        Assert.Equal(6, next.Feeders.Status.Length);
        Assert.Equal(StatusFrames.SnapshotKind, StatusFrames.Step(first, next, LaneLook.Nothing)![0]);
    }

    [Fact]
    public async Task The_topology_joins_the_picture_when_it_could_be_read_and_outlives_a_fault()
    {
        await using var run = await Run.StartAsync(topologyFails: 1);
        run.Feed(run.Stage.Sweep(full: true));
        var first = await run.Live.FirstAsync(Stop);
        Assert.Null(first.Assets);
        var joined = await run.UntilAsync(s => s.Assets is not null);
        Assert.True(joined.AssetsVersion > first.AssetsVersion);
        Assert.NotNull(run.Live.Transformer(0));

        run.Source.Break(new InvalidOperationException("a fault of ours"));
        await run.UntilAsync(s => !s.Link.Connected);
        run.Feed(run.Stage.Sweep(full: true));
        var again = await run.UntilAsync(s => s.Link.Connected);
        Assert.NotNull(again.Assets);
        Assert.NotNull(run.Live.Transformer(0));
    }

    [Fact]
    public async Task A_change_that_fails_each_time_takes_the_link_down_and_what_comes_after_it_brings_it_back()
    {
        await using var run = await Run.StartAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var first = await run.Live.FirstAsync(Stop);
        run.Feed(Poison(run.Stage));
        var lost = await run.UntilAsync(s => !s.Link.Connected);
        Assert.True(lost.Version > first.Version);
        Assert.Equal(first.Feeders.Amps, lost.Feeders.Amps);
        await run.Source.RestartedAsync();
        // What waits behind the change that fails is lost with it: the next goes to the run after.
        run.Feed(Poison(run.Stage));
        await run.Source.StartedAsync();
        run.Feed(run.Stage.Sweep(full: true));
        var back = await run.UntilAsync(s => s.Link.Connected && s.Version > lost.Version);
        Assert.Same(first.Grid, back.Grid);
    }

    [Fact]
    public async Task A_topology_that_is_not_fit_is_not_read_again()
    {
        await using var run = await Run.StartAsync(topologyFault: new InvalidDataException("out of order"));
        run.Feed(run.Stage.Sweep(full: true));
        await run.Live.FirstAsync(Stop);
        run.Source.Break(new InvalidOperationException("a fault of ours"));
        await run.UntilAsync(s => !s.Link.Connected);
        run.Feed(run.Stage.Sweep(full: true));
        var again = await run.UntilAsync(s => s.Link.Connected);
        Assert.Null(again.Assets);
        Assert.Equal(1, run.Source.TopologyReads);
    }

    /// <summary>More feeders than values.</summary>
    private static TelemetryChange Poison(Stage stage)
    {
        var sound = stage.Sweep(full: true);
        var feeders = sound.Sweep.Feeders;
        return sound with
        {
            Sweep = new()
            {
                Origin = sound.Sweep.Origin, Substations = sound.Sweep.Substations,
                Feeders = new() { FeederId = feeders.FeederId, SourceTime = feeders.SourceTime, Mw = [], Mvar = [], Kv = [], Amps = [], Breaker = [], Quality = [] },
            },
        };
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly LiveGridService _service;
        private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

        private Run() =>
            _service = new(Live, Source, Options.Create(new LiveGridOptions { PublishMilliseconds = 10 }), TimeProvider.System,
                new LiveMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), Live), NullLogger<LiveGridService>.Instance);

        public LiveGrid Live { get; } = new();
        public Script Source { get; } = new();
        public Stage Stage { get; } = new();

        public static async Task<Run> StartAsync(int topologyFails = 0, Exception? topologyFault = null)
        {
            var run = new Run { Source = { TopologyFails = topologyFault is null ? topologyFails : int.MaxValue, TopologyFault = topologyFault } };
            await run._service.StartAsync(Stop);
            return run;
        }

        public void Feed(GridChange change) => Source.Give(change);

        public async Task<GridSnapshot> UntilAsync(Func<GridSnapshot, bool> holds)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            await foreach (var snapshot in Live.Watch(limit.Token))
            {
                if (holds(snapshot)) return snapshot;
            }

            throw new InvalidOperationException("The watch ended.");
        }

        public async ValueTask DisposeAsync()
        {
            await _service.StopAsync(CancellationToken.None);
            _service.Dispose();
            await _services.DisposeAsync();
        }
    }

    /// <summary>A store that says what the test tells it to.</summary>
    private sealed class Script : IGridSource
    {
        private Channel<GridChange> _changes = Channel.CreateUnbounded<GridChange>();
        private readonly Channel<bool> _readings = Channel.CreateUnbounded<bool>();

        public GridModel Grid { get; set; } = TestGrid.Make();
        public int Seeds { get; private set; }
        public int TopologyFails { get; set; }
        public Exception? TopologyFault { get; set; }
        public int TopologyReads { get; private set; }

        public void Give(GridChange change) => _changes.Writer.TryWrite(change);

        public void Break(Exception fault)
        {
            var broken = _changes;
            _changes = Channel.CreateUnbounded<GridChange>();
            broken.Writer.TryComplete(fault);
        }

        /// <summary>Waits until the feed is read a second time.</summary>
        public async Task RestartedAsync()
        {
            await _readings.Reader.ReadAsync(Stop);
            await _readings.Reader.ReadAsync(Stop);
        }

        /// <summary>Waits until the feed is read once more.</summary>
        public async Task StartedAsync() => await _readings.Reader.ReadAsync(Stop);

        public Task<GridModel> LoadAsync(CancellationToken ct) => Task.FromResult(Grid);

        public Task<GridTopology> TopologyAsync(GridModel stations, CancellationToken ct)
        {
            TopologyReads++;
            return TopologyFails-- > 0 ? Task.FromException<GridTopology>(TopologyFault ?? new InvalidOperationException("not now")) : Task.FromResult(new GridTopology(stations));
        }

        public Task<IReadOnlyList<MinuteColumn>> RecentMinutesAsync(CancellationToken ct)
        {
            Seeds++;
            return Task.FromResult<IReadOnlyList<MinuteColumn>>([]);
        }

        public Task<IReadOnlyList<KpiColumn>> RecentKpisAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<KpiColumn>>([]);
        public Task StoreAsync(KpiColumn minute, CancellationToken ct) => Task.CompletedTask;

        public IAsyncEnumerable<GridChange> ReadAsync(CancellationToken ct)
        {
            _readings.Writer.TryWrite(true);
            return _changes.Reader.ReadAllAsync(ct);
        }
    }
}
