#pragma warning disable CA1822 // signatures only
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FluxOps.Blazor.Live;

/// <summary>Newest picture of the grid, and who watches it.</summary>
public sealed class LiveGrid
{
    private ImmutableHashSet<Channel<GridSnapshot>> _watchers = [];

    public GridSnapshot? Current { get; private set; }
    public int WatcherCount => _watchers.Count;

    public int MeterVersion(int usagePointId) => 0;

    public void Publish(GridSnapshot snapshot)
    {
        Current = snapshot;
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(snapshot);
    }

    public async IAsyncEnumerable<GridSnapshot> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<GridSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        if (Current is { } current) channel.Writer.TryWrite(current);
        ImmutableInterlocked.Update(ref _watchers, (set, added) => set.Add(added), channel);
        try
        {
            await foreach (var snapshot in channel.Reader.ReadAllAsync(ct)) yield return snapshot;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, (set, removed) => set.Remove(removed), channel);
        }
    }
}
