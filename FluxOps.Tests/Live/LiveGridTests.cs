using FluxOps.Blazor.Live;

namespace FluxOps.Tests.Live;

public sealed class LiveGridTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_watcher_skips_to_the_newest()
    {
        var stage = new Stage();
        var live = new LiveGrid();
        var versions = Snapshots(stage, 5);
        live.Publish(versions[0]);
        await using var watcher = live.Watch(Stop).GetAsyncEnumerator(Stop);
        await watcher.MoveNextAsync();
        Assert.Same(versions[0], watcher.Current);

        foreach (var snapshot in versions[1..]) live.Publish(snapshot);

        await watcher.MoveNextAsync();
        Assert.Same(versions[^1], watcher.Current);
    }

    [Fact]
    public async Task A_watcher_that_comes_first_gets_the_first_snapshot_and_leaves_no_trace()
    {
        var live = new LiveGrid();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var watcher = live.Watch(gone.Token).GetAsyncEnumerator(gone.Token);
        var next = watcher.MoveNextAsync().AsTask();
        var first = live.FirstAsync(Stop);
        Assert.False(first.IsCompleted);
        Assert.Equal(1, live.WatcherCount);

        var snapshot = Snapshots(new Stage(), 1)[0];
        live.Publish(snapshot);

        Assert.True(await next);
        Assert.Same(snapshot, watcher.Current);
        Assert.Same(snapshot, await first);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await watcher.MoveNextAsync());
        await watcher.DisposeAsync();
        Assert.Equal(0, live.WatcherCount);
    }

    [Fact]
    public void An_unknown_meter_has_version_zero()
    {
        var live = new LiveGrid();
        Assert.Equal(0, live.MeterVersion(3));
        live.ShareMeters(new(new MeterBoard(2, [4, 6]), null));
        Assert.Equal(7, live.MeterVersion(1));
        Assert.Null(live.Meter(1));
        Assert.Null(live.Meter(2));
        Assert.Null(live.Transformer(0));
        Assert.Equal(0, live.MeterVersion(-1));
    }

    private static GridSnapshot[] Snapshots(Stage stage, int count)
    {
        var snapshots = new List<GridSnapshot>();
        for (var i = 0; i < count; i++)
        {
            Assert.True(stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(full: i == 0)));
            snapshots.Add(stage.Now);
        }

        return [.. snapshots];
    }
}
