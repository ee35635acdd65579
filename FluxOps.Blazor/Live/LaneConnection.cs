using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace FluxOps.Blazor.Live;

/// <summary>One connection of the bulk lane: what it looks at, and its frames from where it stands.</summary>
internal sealed class LaneConnection(LiveGrid live)
{
    /// <summary>More than any screen shows; the stations of this network, where there are fewer, are the limit.</summary>
    private const int MostStations = 275;

    private readonly LaneView _view = new();
    private readonly Channel<GridSnapshot> _bell = LiveGrid.NewBell();
    private int _watching;

    /// <exception cref="HubException">The stations are no list of at most as many ids as there are.</exception>
    public void Look(bool assets, int[]? stations)
    {
        stations ??= [];
        var known = live.Current?.Grid.Substations.Length;
        if (stations.Length > MostStations) throw new HubException($"Look: {stations.Length} substations; at most {MostStations}.");
        foreach (var station in stations)
        {
            if (station < 0 || station >= (known ?? FrameSections.NoGroup))
                throw new HubException(known is { } count ? $"Look: there is no substation {station}; ids are 0 to {count - 1}." : $"Look: there is no substation {station}.");
        }

        _view.Look(new(assets, [.. stations.Distinct().Order()]));
        if (live.Current is { } current) _bell.Writer.TryWrite(current);
    }

    /// <exception cref="HubException">The connection has a stream already: what is owed is owed once.</exception>
    public async IAsyncEnumerable<byte[]> FramesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _watching, 1) != 0) throw new HubException("Watch: this connection watches already.");
        try
        {
            var cursor = new LaneCursor(_view);
            await foreach (var snapshot in live.Watch(_bell, ct))
            {
                foreach (var frame in cursor.To(snapshot)) yield return frame;
            }
        }
        finally
        {
            Volatile.Write(ref _watching, 0);
        }
    }
}
