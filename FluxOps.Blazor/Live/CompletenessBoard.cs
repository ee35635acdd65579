using System.Collections.Immutable;
using FluxOps.Data.Changes;

namespace FluxOps.Blazor.Live;

/// <summary>How much of the fleet has delivered each quarter hour of the last 48 hours.</summary>
internal sealed class CompletenessBoard
{
    private const int Hours = 48;
    private const int IntervalSeconds = 900;

    /// <summary>Newest first.</summary>
    public ImmutableArray<IntervalCompleteness> Current { get; private set; } = [];

    public void Apply(IntervalCompleteness[] counts, long now)
    {
        if (counts.Length == 0) return;
        var known = new SortedDictionary<long, IntervalCompleteness>(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        foreach (var before in Current) known[before.IntervalStart] = before;
        // A recording of 5-minute readings also has starts between the quarter hours; the fleet is counted by the quarter hour.
        foreach (var count in counts)
            if (count.IntervalStart % IntervalSeconds == 0) known[count.IntervalStart] = count;
        var oldest = now / 1000 - Hours * 3600;
        Current = [.. known.Values.Where(c => c.IntervalStart >= oldest)];
    }

    /// <summary>
    /// The newest quarter hour whose delivery window is over. Where nothing is known of it, the newest older one; where there is none, the oldest that is still being delivered.
    /// </summary>
    public IntervalCompleteness? Reported(long now, int deliveryWindowMinutes)
    {
        IntervalCompleteness? open = null;
        foreach (var interval in Current)
        {
            if ((interval.IntervalStart + IntervalSeconds + deliveryWindowMinutes * 60L) * 1000 <= now) return interval;
            open = interval;
        }

        return open;
    }
}
