using System.Diagnostics;
using System.Threading.Channels;
using FluxOps.Data.Changes;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Reads the change feed and publishes snapshots. One loop applies everything in order; what is queued together is applied together and published once.
/// The same loop ages the values once a second, so that what stopped coming is seen to have stopped.
/// </summary>
internal sealed class LiveGridService(LiveGrid live, IGridSource source, IOptions<LiveGridOptions> options, TimeProvider time, LiveMetrics metrics, ILogger<LiveGridService> log) : BackgroundService
{
    private static readonly TimeSpan AgeingInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TopologyRetryDelay = TimeSpan.FromSeconds(5);
    /// <summary>Changes that may wait; the feed waits beyond. It coalesces on its own side meanwhile.</summary>
    private const int Queued = 64;

    private readonly LiveGridOptions _options = options.Value;
    private LiveState? _state;
    private string _loadedHash = "";
    /// <summary>The network whose parts are not fit to be used: reading them again would give the same.</summary>
    private volatile string? _unfit;
    private bool _failed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // An unhandled fault would stop the site; the last picture stays, ages, and is made anew.
                log.LogError(e, "Live grid: starting over from the store after a fault");
                Rescue(new FeedLost(time.GetUtcNow(), "The live state is being rebuilt."));
                try
                {
                    await Task.Delay(RetryDelay, time, stoppingToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Follows one network; returns when another one took its place.</summary>
    private async Task FollowAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var state = _state!;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var inbox = Channel.CreateBounded<GridChange?>(new BoundedChannelOptions(Queued) { SingleReader = true });
        var minutes = Channel.CreateBounded<KpiColumn>(new BoundedChannelOptions(MinuteTrends.Length) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Task[] helpers = [ReadFeedAsync(inbox.Writer, stop.Token), TickAsync(inbox.Writer, stop.Token), StoreMinutesAsync(minutes.Reader, stop.Token), LoadTopologyAsync(state, inbox.Writer, stop.Token)];
        try
        {
            await ApplyAsync(state, inbox.Reader, minutes.Writer, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(helpers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var grid = await source.LoadAsync(ct);
        var same = _state is not null && grid.Network.ContentHash == _loadedHash;
        if (!same || _failed)
        {
            // The same network stays the same object: much is kept by it.
            _state = new LiveState(same ? _state!.Grid : grid, _options, time, _state);
            (_loadedHash, _failed) = (grid.Network.ContentHash, false);
            if (!same) _unfit = null;
        }

        await SeedAsync(_state!, ct);
        live.ShareMeters(_state!.Meters);
    }

    private async Task SeedAsync(LiveState state, CancellationToken ct) =>
        state.Seed(await source.RecentMinutesAsync(ct), await source.RecentKpisAsync(ct));

    private async Task ApplyAsync(LiveState state, ChannelReader<GridChange?> inbox, ChannelWriter<KpiColumn> minutes, CancellationToken ct)
    {
        var interval = TimeSpan.FromMilliseconds(_options.PublishMilliseconds);
        while (await inbox.WaitToReadAsync(ct))
        {
            var started = Stopwatch.GetTimestamp();
            while (inbox.TryRead(out var change))
            {
                // null: only time has passed.
                if (change is null) continue;
                if (change is NetworkChange network && network.ContentHash != _loadedHash) return;
                state.Apply(change);
                if (change is FeedRestored or MinutesChange) await TrySeedAsync(state, ct);
            }

            live.ShareMeters(state.Meters);
            var published = Publish(state);
            foreach (var minute in state.TakeClosedMinutes()) minutes.TryWrite(minute);
            if (!published) continue;
            metrics.Published(Stopwatch.GetElapsedTime(started));
            await Task.Delay(interval, time, ct);
        }
    }

    /// <summary>Minutes that passed while the feed was lost, or were filled in, are in the store. Should it be gone again already, the feed will say so.</summary>
    private async Task TrySeedAsync(LiveState state, CancellationToken ct)
    {
        try
        {
            await SeedAsync(state, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Live grid: the last hour could not be read again; its gap stays until the next start");
        }
    }

    private bool Publish(LiveState state)
    {
        var snapshot = state.Settle();
        if (state.TakeAssetsFault() is { } fault)
        {
            _unfit = _loadedHash;
            log.LogError(fault, "Live grid: lines, devices, transformers and meters have no state until the network changes; feeders and substations go on");
        }

        if (snapshot is null) return false;
        live.Publish(snapshot);
        return true;
    }

    /// <summary>Says that the picture is no longer followed. Never throws, whatever the state is in: nobody would start it again.</summary>
    private void Rescue(FeedLost lost)
    {
        if (_state is null) return;
        // Whatever was half applied is not to be trusted: the next start makes it anew.
        _failed = true;
        try
        {
            if (live.Current is { } last)
            {
                if (_state.Lose(lost, last) is { } snapshot) live.Publish(snapshot);
                return;
            }

            // Nothing has been shown yet: the fault is the first thing to show.
            _state.Apply(lost);
            Publish(_state);
        }
        catch (Exception e)
        {
            log.LogError(e, "Live grid: the lost feed could not be shown");
        }
    }

    private async Task ReadFeedAsync(ChannelWriter<GridChange?> inbox, CancellationToken ct)
    {
        try
        {
            await foreach (var change in source.ReadAsync(ct)) await inbox.WriteAsync(change, ct);
            inbox.TryComplete(new InvalidOperationException("The change feed ended."));
        }
        catch (Exception e)
        {
            inbox.TryComplete(e);
        }
    }

    private async Task TickAsync(ChannelWriter<GridChange?> inbox, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(AgeingInterval, time);
        // A full queue needs no tick: it is about to be applied anyway.
        while (await timer.WaitForNextTickAsync(ct)) inbox.TryWrite(null);
    }

    /// <summary>What hangs below the feeders is many times larger than they are: it is read when the first picture is out, and joins it then.</summary>
    private async Task LoadTopologyAsync(LiveState state, ChannelWriter<GridChange?> inbox, CancellationToken ct)
    {
        if (state.HasAssets || _unfit == state.Grid.Network.ContentHash) return;
        await live.FirstAsync(ct);
        while (true)
        {
            try
            {
                await inbox.WriteAsync(new TopologyLoaded(await source.TopologyAsync(state.Grid, ct)), ct);
                return;
            }
            catch (InvalidDataException e)
            {
                _unfit = state.Grid.Network.ContentHash;
                log.LogError(e, "Live grid: the network's lines, transformers and meters are not fit to be used; they have no state until the network changes");
                return;
            }
            catch (Exception e) when (e is not (OperationCanceledException or ChannelClosedException))
            {
                log.LogWarning(e, "Live grid: the network's lines, transformers and meters could not be read; they have no state until they are");
            }

            await Task.Delay(TopologyRetryDelay, time, ct);
        }
    }

    private async Task StoreMinutesAsync(ChannelReader<KpiColumn> minutes, CancellationToken ct)
    {
        await foreach (var minute in minutes.ReadAllAsync(ct))
        {
            try
            {
                await source.StoreAsync(minute, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The figures of minute {Minute} were not stored", DateTimeOffset.FromUnixTimeSeconds(minute.Minute));
            }
        }
    }
}
