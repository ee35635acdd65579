using System.Threading.Channels;
using FluxOps.Benchmarks.Clients;
using FluxOps.Benchmarks.UnderTest;

namespace FluxOps.Benchmarks.Map;

/// <summary>Lengths of the bulk lane's frames, before the WebSocket's own compression; null where none came.</summary>
/// <param name="Stations">Snapshot of substations and feeders: what every page gets.</param>
/// <param name="Assets">What a map gets on top: segments, devices, transformers, tallies of the meters.</param>
/// <param name="Meters">The meters of one station.</param>
/// <param name="Delta">1,000 feeders changed, for a page without a map.</param>
/// <param name="MapDelta">The same for a map: with the segments below them.</param>
internal sealed record LaneBytes(int? Stations, int? Assets, int? Meters, int? Delta, int? MapDelta)
{
    private const byte Snapshot = 1, DeltaKind = 2, Addition = 4;
    private const int ShortestFrame = 30; // header and more than one section's
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<LaneBytes> MeasureAsync(ConsoleApp app, MapChanges changes, int station, CancellationToken stop)
    {
        Channel<byte[]> plain = Channel.CreateUnbounded<byte[]>(), map = Channel.CreateUnbounded<byte[]>();
        await using var page = await HubWatcher.OpenAsync(app.Cookies, app.Origin, stop, f => plain.Writer.TryWrite(f));
        await using var withMap = await HubWatcher.OpenAsync(app.Cookies, app.Origin, stop, f => map.Writer.TryWrite(f));
        var snapshot = await NextAsync(plain, Snapshot, stop);
        await withMap.LookAsync(true, []);
        var assets = await NextAsync(map, Addition, stop);
        await withMap.LookAsync(true, [station]);
        var meters = await NextAsync(map, Addition, stop);
        await changes.ChangeAsync(1000, stop);
        return new LaneBytes(snapshot, assets, meters, await NextAsync(plain, DeltaKind, stop), await NextAsync(map, DeltaKind, stop));
    }

    /// <summary>Length of the next frame of a kind that says more than that nothing changed.</summary>
    private static async Task<int?> NextAsync(Channel<byte[]> frames, byte kind, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(patience.Token))
            {
                if (frame[0] == kind && frame.Length > ShortestFrame)
                    return frame.Length;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // None came.
        }

        return null;
    }
}
