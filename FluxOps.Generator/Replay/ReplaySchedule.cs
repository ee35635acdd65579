namespace FluxOps.Generator.Replay;

/// <summary>A recording moved by whole days of local time, so that every reading keeps its time of day: which reading comes when.</summary>
public sealed class ReplaySchedule
{
    /// <summary>What of the file lies before now is needed for the meter's page; what lies after keeps the meter living.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(48), After = TimeSpan.FromDays(30);

    private ReplaySchedule(int days, int[] index, long[] start, int[] dropped) => (Days, Index, Start, Dropped) = (days, index, start, dropped);

    public int Days { get; }
    /// <summary>Positions in the recording.</summary>
    public int[] Index { get; }
    /// <summary>Starts after the shift, Unix seconds, UTC; ascending.</summary>
    public long[] Start { get; }
    /// <summary>Positions of readings without a place, because the local day they come to is an hour shorter than their own.</summary>
    public int[] Dropped { get; }

    /// <summary>
    /// The shift: by whole weeks such that 48 h of the file lie before now and 30 days after, and of those the one that best keeps the time of year.
    /// A shorter file begins 48 h before now, by whole weeks if it can, by whole days else; one too short for that ends now.
    /// </summary>
    public static int ChooseDays(Recording recording, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (first, end) = (Local(recording.FirstStart, recording.Zone), Local(recording.End, recording.Zone));
        var (nearest, farthest) = ((int)Math.Ceiling((today - end).TotalDays), (int)Math.Floor((today - first - Before).TotalDays));
        // Farthest shift: now lies 48 h after the file's first reading. Nearest: at its end.
        if (farthest < nearest)
            return nearest;
        var weeks = Enumerable.Range(nearest, farthest - nearest + 1).Where(d => d % 7 == 0).ToList();
        if (weeks.Count == 0)
            return farthest;
        var roomy = weeks.Where(d => end - today.AddDays(-d) >= After).ToList();
        return roomy.Count == 0 ? weeks.Max() : roomy.MinBy(d => (SeasonDistance(today, today.AddDays(-d)), -d));
    }

    /// <summary>The first that a replay at an instant plays.</summary>
    public int FirstAt(long now)
    {
        var first = Array.FindIndex(Start, s => s >= now - (long)Before.TotalSeconds);
        return first < 0 ? Start.Length : first;
    }

    public static ReplaySchedule Of(Recording recording, int days, TimeZoneInfo zone)
    {
        var (index, start, dropped) = (new List<int>(recording.Count), new List<long>(recording.Count), new List<int>());
        var last = long.MinValue;
        for (var i = 0; i < recording.Count; i++)
        {
            var at = ToUtc(Local(recording.Start[i], recording.Zone).AddDays(days), zone, last, recording.IntervalSeconds);
            if (at is { } free)
            {
                index.Add(i);
                start.Add(last = free);
            }
            else
                dropped.Add(i);
        }
        return new(days, [.. index], [.. start], [.. dropped]);
    }

    /// <summary>The instant of a local time, after the one before it; null where the day has no such time, or has it once and it is taken.</summary>
    private static long? ToUtc(DateTime local, TimeZoneInfo zone, long last, int seconds)
    {
        if (zone.IsInvalidTime(local))
            return null;
        if (!zone.IsAmbiguousTime(local))
            return Free(local - zone.GetUtcOffset(local), last, seconds);
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return Free(local - offsets.Max(), last, seconds) ?? Free(local - offsets.Min(), last, seconds);
    }

    private static long? Free(DateTime utc, long last, int seconds)
    {
        var at = (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return last == long.MinValue || at >= last + seconds ? at : null;
    }

    private static DateTime Local(long seconds, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).DateTime;

    /// <summary>Days between two dates as the seasons go round.</summary>
    private static int SeasonDistance(DateTime a, DateTime b)
    {
        var apart = Math.Abs(a.DayOfYear - b.DayOfYear);
        return Math.Min(apart, 365 - Math.Min(365, apart));
    }
}
