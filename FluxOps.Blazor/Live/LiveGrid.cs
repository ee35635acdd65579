using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The newest picture of the grid in this process, and everyone who watches it. Publishing never waits for a watcher and never renders:
/// each watcher has a channel of capacity one that keeps the newest version, so a slow one skips what it missed.
/// </summary>
public sealed class LiveGrid
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableHashSet<Channel<GridSnapshot>> _watchers = [];
    private GridSnapshot? _current;
    private MeterValues? _meters;

    /// <summary>Newest snapshot; null until the network and its first values are known.</summary>
    public GridSnapshot? Current => Volatile.Read(ref _current);

    public int WatcherCount => _watchers.Count;

    /// <summary>Rises with every reading or event of a meter, and never falls: a page that shows the meter compares it and asks the store again. 0: nothing since the start.</summary>
    public int MeterVersion(int usagePointId) => Volatile.Read(ref _meters)?.Version(usagePointId) ?? 0;

    /// <summary>Newest reading of a meter; null: none since the start.</summary>
    public MeterValue? Meter(int usagePointId) => Volatile.Read(ref _meters)?.Meter(usagePointId);

    /// <summary>What its meters say of a transformer; null until it is known whose meters are whose.</summary>
    public TransformerValue? Transformer(int id) => Volatile.Read(ref _meters)?.Transformer(id);

    /// <summary>Makes this the newest picture. Called by one thread only.</summary>
    public void Publish(GridSnapshot snapshot)
    {
        Volatile.Write(ref _current, snapshot);
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(snapshot);
        _first.TrySetResult();
    }

    /// <summary>The current snapshot at once, then each newer one, conflated: whoever is slow sees the newest only.</summary>
    public async IAsyncEnumerable<GridSnapshot> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        var bell = NewBell();
        long seen = -1;
        await foreach (var snapshot in Watch(bell, ct))
        {
            if (snapshot.Version == seen) continue;
            seen = snapshot.Version;
            yield return snapshot;
        }
    }

    /// <summary>A bell for <see cref="Watch(Channel{GridSnapshot}, CancellationToken)"/>.</summary>
    internal static Channel<GridSnapshot> NewBell() =>
        Channel.CreateBounded<GridSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>
    /// The newest snapshot each time the bell rings: at the start, when there is a newer one, and when the caller rings it by writing any snapshot into it. The same one may come again.
    /// </summary>
    internal async IAsyncEnumerable<GridSnapshot> Watch(Channel<GridSnapshot> bell, [EnumeratorCancellation] CancellationToken ct)
    {
        ImmutableInterlocked.Update(ref _watchers, static (set, added) => set.Add(added), bell);
        try
        {
            // Joined first, then read: a snapshot published in between waits in the channel, one published before is Current. None is missed.
            if (Current is { } current) yield return current;
            await foreach (var rung in bell.Reader.ReadAllAsync(ct)) yield return Current ?? rung;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, static (set, removed) => set.Remove(removed), bell);
        }
    }

    /// <summary>The current snapshot, or the first one as soon as there is one.</summary>
    public async Task<GridSnapshot> FirstAsync(CancellationToken ct)
    {
        await _first.Task.WaitAsync(ct);
        return Current!;
    }

    /// <summary>Gives the newest values of the meters; they are updated in place by their one writer.</summary>
    internal void ShareMeters(MeterValues meters)
    {
        if (Volatile.Read(ref _meters) != meters) Volatile.Write(ref _meters, meters);
    }
}
