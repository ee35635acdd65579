namespace FluxOps.Blazor.Live;

/// <summary>What a transformer's own meters say of it.</summary>
/// <param name="Kw">Sum of the meters' mean power; NaN where not all of them have told one of the last two intervals.</param>
/// <param name="Percent">Apparent power at the assumed power factor over its nameplate, %; NaN likewise.</param>
/// <param name="MinVolts">Lowest of the meters' newest voltages of the last two intervals, 240 V base; NaN: none.</param>
/// <param name="Meters">It has, whether or not they have told anything.</param>
/// <param name="NewestIntervalStart">Unix seconds; 0: none.</param>
public readonly record struct TransformerValue(float Kw, float Percent, float MinVolts, float MaxVolts, int Meters, long NewestIntervalStart);

/// <summary>
/// The meters of one transformer, summed. Each stands for itself (weight 1): a transformer serves its own meters. The last two intervals count, the newest of any of them
/// and the one before: within a delivery window some have moved on and some have not.
/// </summary>
internal readonly struct TransformerSum
{
    /// <summary>Of households and small business; meters tell energy, a nameplate is apparent power.</summary>
    private const float PowerFactor = 0.9f;

    private TransformerSum(uint newest, int newestAt, float kw, float minVolts, float maxVolts) => (Newest, NewestAt, Kw, MinVolts, MaxVolts) = (newest, newestAt, kw, minVolts, maxVolts);

    /// <summary>Start of the newest interval, Unix seconds; 0: no meter has told anything.</summary>
    public uint Newest { get; }
    public int NewestAt { get; }
    /// <summary>NaN where one of the meters is missing.</summary>
    public float Kw { get; }
    public float MinVolts { get; }
    public float MaxVolts { get; }

    public static TransformerSum Of(ReadOnlySpan<MeterRow> rows)
    {
        uint newest = 0;
        var newestAt = -1;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Start <= newest) continue;
            (newest, newestAt) = (rows[i].Start, i);
        }

        if (newestAt < 0) return new(0, -1, float.NaN, float.NaN, float.NaN);
        var oldest = newest - rows[newestAt].Seconds;
        float kw = 0, low = float.NaN, high = float.NaN;
        foreach (ref readonly var row in rows)
        {
            // NaN stays NaN: without one of its meters the sum is not known.
            var known = row.Start >= oldest;
            kw += known ? row.Kwh * 3600 / row.Seconds : float.NaN;
            if (!known || float.IsNaN(row.Volts)) continue;
            if (!(low <= row.Volts)) low = row.Volts;
            if (!(high >= row.Volts)) high = row.Volts;
        }

        return new(newest, newestAt, kw, low, high);
    }

    public float Percent(float kva) => 100 * Kw / PowerFactor / kva;

    /// <summary>The worst of the meters'.</summary>
    public VoltageBand Volts() => StatusLimits.Worse(StatusLimits.OfService(MinVolts), StatusLimits.OfService(MaxVolts));
}

/// <summary>Until when a reading is live, and until when late: what its interval and the delivery window allow, and twice that.</summary>
internal sealed class ReadingLimits(int deliveryWindowMinutes)
{
    /// <summary>A quarter hour, even where a source's interval is shorter.</summary>
    private const int LeastSeconds = 900;

    private readonly int _windowSeconds = deliveryWindowMinutes * 60;

    /// <param name="now">Unix seconds.</param>
    /// <param name="until">When it will be older; the end of time where it is as old as it gets.</param>
    public Freshness OfAge(in MeterRow row, long now, out long until)
    {
        var end = row.End;
        long allowed = Math.Max(LeastSeconds, (int)row.Seconds) + _windowSeconds;
        until = end + allowed + 1;
        if (now < until) return Freshness.Live;
        until += allowed;
        if (now < until) return Freshness.Late;
        until = long.MaxValue;
        return Freshness.Stale;
    }
}
