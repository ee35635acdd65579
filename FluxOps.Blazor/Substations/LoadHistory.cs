using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Substations;

/// <summary>
/// Load by the minute over the last 24 hours beside the 24 hours before, read once and then carried on from the live trends, so that an open page asks the database nothing.
/// </summary>
public sealed class LoadHistory
{
    /// <summary>Minutes shown.</summary>
    public const int Length = 24 * 60;
    private const int Minute = 60;

    private LoadHistory(long start, float[] today, float[] yesterday)
    {
        X = new long[Length];
        for (var i = 0; i < Length; i++) X[i] = start + (i * Minute);
        Today = today;
        Yesterday = yesterday;
    }

    /// <summary>Unix seconds, one a minute.</summary>
    public long[] X { get; }
    public float[] Today { get; }
    /// <summary>The same minutes a day earlier, or empty where nothing is known of them.</summary>
    public float[] Yesterday { get; }

    /// <param name="now">The newest minute shown is the last one that is over by then: the running one has no mean yet.</param>
    public static LoadHistory Of(ReadOnlySpan<long> seconds, ReadOnlySpan<float> values, DateTimeOffset now)
    {
        var start = StartFor(now);
        var today = Filled();
        var yesterday = Filled();
        var anyYesterday = false;
        for (var i = 0; i < seconds.Length; i++)
        {
            var at = (seconds[i] - start) / Minute;
            if (seconds[i] >= start && at < Length)
            {
                today[at] = values[i];
            }
            else if (at + Length is >= 0 and < Length && seconds[i] >= start - (Length * Minute))
            {
                yesterday[at + Length] = values[i];
                anyYesterday |= float.IsFinite(values[i]);
            }
        }

        return new(start, today, anyYesterday ? yesterday : []);
    }

    /// <summary>The same, moved on to the newest minute of the trends and with their values written over.</summary>
    /// <param name="values">One element of the trends: a substation's, a feeder's, a KPI's.</param>
    public LoadHistory With(MinuteTrends trends, float[] values)
    {
        // The running minute has no mean yet: the axis ends with the newest that has.
        var last = Array.FindLastIndex(values, float.IsFinite);
        if (last < 0) return this;
        var newest = trends.NewestMinute - ((values.Length - 1 - last) * Minute);
        var shift = (int)Math.Clamp((newest - X[^1]) / Minute, 0, Length);
        var today = Shifted(Today, shift);
        var yesterday = Yesterday.Length == 0 ? Yesterday : Shifted(Yesterday, shift);
        // What was a day ago when this was read is now older; the minutes that enter at its end are today's first.
        for (var i = 0; i < shift && yesterday.Length > 0; i++) yesterday[Length - shift + i] = Today[i];
        var start = X[0] + (shift * (long)Minute);
        for (var i = 0; i < values.Length; i++)
        {
            var at = (trends.NewestMinute - ((values.Length - 1 - i) * Minute) - start) / Minute;
            if (at is >= 0 and < Length && float.IsFinite(values[i])) today[at] = values[i];
        }

        return new(start, today, yesterday);
    }

    /// <summary>First minute shown.</summary>
    public static long StartFor(DateTimeOffset now) => (now.ToUnixTimeSeconds() / Minute * Minute) - (Length * Minute);

    private static float[] Filled()
    {
        var values = new float[Length];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static float[] Shifted(float[] values, int by)
    {
        var moved = Filled();
        values.AsSpan(by).CopyTo(moved);
        return moved;
    }
}
