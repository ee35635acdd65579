using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Find;

/// <summary>
/// Keeps the search of the network that is live: stations, feeders and ids as soon as the first picture is out, meters once their texts have been read,
/// in the background and with pauses. Another network gets another search.
/// </summary>
public sealed class AssetSearches(LiveGrid live, GridStore store, GridTexts texts, GridTopologies topologies, TimeProvider time, ILogger<AssetSearches> log) : BackgroundService
{
    /// <summary>Between one bundle of rows and the next: half the time is others'.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private AssetSearch? _current;

    /// <summary>Null until the first picture of the grid.</summary>
    public AssetSearch? Current => Volatile.Read(ref _current);

    /// <summary>There is another <see cref="Current"/>. Called from no circuit's thread.</summary>
    public event Action? Changed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in live.Watch(stoppingToken))
                if (Current is not { Complete: true } current || current.ContentHash != snapshot.Grid.Network.ContentHash)
                    await MakeAsync(snapshot.Grid, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site is closing.
        }
    }

    internal void Publish(AssetSearch search)
    {
        Volatile.Write(ref _current, search);
        Changed?.Invoke();
    }

    private async Task MakeAsync(GridModel grid, CancellationToken ct)
    {
        try
        {
            var started = time.GetTimestamp();
            if (Current?.ContentHash != grid.Network.ContentHash) Publish(new AssetSearchBuilder(grid, []).WithoutMeters());
            var topology = await topologies.OfAsync(grid, ct);
            var builder = new AssetSearchBuilder(grid, topology.Model.Devices.Kind);
            Publish(builder.WithoutMeters());
            await texts.ReadMetersAsync(builder.AddMeter, Pause, time, ct);
            // Where the store holds another network by now, the next snapshot says so.
            if ((await store.ReadNetworkAsync(ct))?.ContentHash != grid.Network.ContentHash) return;
            var search = builder.Finish();
            Publish(search);
            log.LogInformation("Search: {Meters} meters indexed in {Seconds:0.0} s, {Words} words, {Megabytes:0.0} MB", grid.Counts.UsagePoints, time.GetElapsedTime(started).TotalSeconds, search.Words, search.Size / 1e6);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "Search: the meters could not be indexed; trying again in {Seconds} s", RetryDelay.TotalSeconds);
            await Task.Delay(RetryDelay, time, ct);
        }
    }
}
