using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>One past minute, as the store has it. NaN: no value.</summary>
/// <param name="Minute">Start, Unix seconds.</param>
internal sealed record MinuteColumn(long Minute, float[] SubstationMw, float[] FeederMw, float[] FeederAmps);

/// <summary>The system's figures of one past minute; NaN where there was none. In the order of <see cref="KpiTrend"/>.</summary>
internal sealed record KpiColumn(long Minute, float[] Values);

/// <summary>
/// Load by the minute: a ring of <see cref="MinuteTrends.Length"/> columns, seeded from the store and continued with the means of what arrives, by source time.
/// A minute is closed a few seconds after its end, so that the last sweep of it still counts.
/// </summary>
internal sealed class TrendBoard(int substations, Feeder[] feeders)
{
    /// <summary>How long after its end a minute waits for its last values, ms.</summary>
    public const int GraceMilliseconds = 3000;
    private const int Kpis = 6;
    private const long MinuteMs = 60_000;

    private Means _open = new(substations, feeders.Length), _next = new(substations, feeders.Length);
    private long _openMinute = long.MinValue; // Unix ms
    private double _worstAge = double.NaN;

    public MinuteTrends Current { get; private set; } = Empty(substations, feeders.Length);

    /// <summary>Starts the ring as of now with what the store knows. What arrived in the open minute stays.</summary>
    public void Seed(long now, IReadOnlyList<MinuteColumn> minutes, IReadOnlyList<KpiColumn> kpis)
    {
        OpenAt(now);
        var newest = _openMinute / 1000 - 60;
        var first = newest - 60 * (MinuteTrends.Length - 1);
        var trends = Empty(substations, feeders.Length, newest, Current.Seeded + 1);
        foreach (var minute in minutes)
        {
            var column = (minute.Minute - first) / 60;
            if (column is < 0 or >= MinuteTrends.Length) continue;
            Fill(trends.SubstationMw, minute.SubstationMw, (int)column);
            Fill(trends.FeederMw, minute.FeederMw, (int)column);
            Derive(trends.Kpi, minute, (int)column);
        }

        foreach (var minute in kpis)
        {
            var column = (minute.Minute - first) / 60;
            if (column is >= 0 and < MinuteTrends.Length) Fill(trends.Kpi, minute.Values, (int)column);
        }

        Current = trends;
    }

    /// <summary>What a minute's values say by themselves; the figures stored for it, where there are any, take their place.</summary>
    private void Derive(float[][] kpi, MinuteColumn minute, int column)
    {
        double system = 0;
        int known = 0, over = 0;
        for (var i = 0; i < Math.Min(minute.FeederMw.Length, feeders.Length); i++)
        {
            if (float.IsNaN(minute.FeederMw[i])) continue;
            system += minute.FeederMw[i];
            known++;
            if (i < minute.FeederAmps.Length && minute.FeederAmps[i] * 100 / feeders[i].RatedAmps > StatusLimits.OverPercent) over++;
        }

        if (known == 0) return;
        kpi[(int)KpiTrend.SystemMw][column] = (float)system;
        if (minute.FeederAmps.Length > 0) kpi[(int)KpiTrend.FeedersOverLimit][column] = over;
    }

    public void OpenAt(long now)
    {
        if (_openMinute == long.MinValue) _openMinute = now - now % MinuteMs;
    }

    public void AddFeeder(int id, long sourceTime, float mw) => Of(sourceTime)?.Feeders.Add(id, mw);
    public void AddSubstation(int id, long sourceTime, float mw) => Of(sourceTime)?.Substations.Add(id, mw);

    /// <summary>Closes each minute that is over as of now; calls <paramref name="closed"/> with its figures. True where there was one.</summary>
    public bool Tick(long now, GridKpis kpis, Action<KpiColumn> closed)
    {
        OpenAt(now);
        if (kpis.NewestSourceTime != 0)
        {
            var age = Math.Max(0, now - kpis.NewestSourceTime) / 1000.0;
            if (!(age <= _worstAge)) _worstAge = age;
        }

        var any = false;
        while (now >= _openMinute + MinuteMs + GraceMilliseconds)
        {
            // After a long sleep of the machine the ring is all gap; no need to walk through days of minutes.
            if (now - _openMinute > (MinuteTrends.Length + 2) * MinuteMs) _openMinute = now - now % MinuteMs - (MinuteTrends.Length + 1) * MinuteMs;
            Close(kpis, closed);
            any = true;
        }

        return any;
    }

    private void Close(GridKpis kpis, Action<KpiColumn> closed)
    {
        var feeder = _open.Feeders.Take();
        var system = 0.0;
        var known = 0;
        foreach (var mw in feeder)
        {
            if (float.IsNaN(mw)) continue;
            system += mw;
            known++;
        }

        // Without a single value nothing is known of the minute but how old the data was.
        var figures = new float[Kpis];
        figures[(int)KpiTrend.SystemMw] = known > 0 ? (float)system : float.NaN;
        figures[(int)KpiTrend.CustomersOut] = known > 0 ? kpis.CustomersOut ?? float.NaN : float.NaN;
        figures[(int)KpiTrend.FeedersOverLimit] = known > 0 ? kpis.FeedersOverLimit ?? float.NaN : float.NaN;
        figures[(int)KpiTrend.MetersReporting] = (float)(kpis.MetersReportingPercent ?? double.NaN);
        figures[(int)KpiTrend.OutsideRangeA] = (float)(kpis.OutsideRangeAPercent ?? double.NaN);
        figures[(int)KpiTrend.DataAge] = (float)_worstAge;
        Current = new MinuteTrends
        {
            NewestMinute = _openMinute / 1000,
            Seeded = Current.Seeded,
            SubstationMw = Shift(Current.SubstationMw, _open.Substations.Take()),
            FeederMw = Shift(Current.FeederMw, feeder),
            Kpi = Shift(Current.Kpi, figures),
        };
        closed(new KpiColumn(_openMinute / 1000, figures));
        (_open, _next) = (_next, _open);
        _openMinute += MinuteMs;
        _worstAge = double.NaN;
    }

    private Means? Of(long sourceTime) =>
        sourceTime < _openMinute ? null : sourceTime < _openMinute + MinuteMs ? _open : sourceTime < _openMinute + 2 * MinuteMs ? _next : null;

    private static float[][] Shift(float[][] rows, float[] column)
    {
        var shifted = new float[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = shifted[i] = new float[MinuteTrends.Length];
            rows[i].AsSpan(1).CopyTo(row);
            row[^1] = column[i];
        }

        return shifted;
    }

    private static void Fill(float[][] rows, float[] values, int column)
    {
        for (var i = 0; i < Math.Min(rows.Length, values.Length); i++) rows[i][column] = values[i];
    }

    private static MinuteTrends Empty(int substations, int feeders, long newest = 0, int seeded = 0) =>
        new() { NewestMinute = newest, Seeded = seeded, SubstationMw = Gaps(substations), FeederMw = Gaps(feeders), Kpi = Gaps(Kpis) };

    private static float[][] Gaps(int rows)
    {
        var gaps = new float[rows][];
        for (var i = 0; i < rows; i++) Array.Fill(gaps[i] = new float[MinuteTrends.Length], float.NaN);
        return gaps;
    }

    private sealed class Means(int substations, int feeders)
    {
        public readonly Mean Substations = new(substations), Feeders = new(feeders);
    }

    private sealed class Mean(int count)
    {
        private readonly double[] _sum = new double[count];
        private readonly int[] _count = new int[count];

        public void Add(int id, float value)
        {
            if (float.IsNaN(value) || (uint)id >= (uint)_sum.Length) return;
            _sum[id] += value;
            _count[id]++;
        }

        /// <summary>The means, NaN where nothing arrived; starts again from nothing.</summary>
        public float[] Take()
        {
            var means = new float[_sum.Length];
            for (var i = 0; i < means.Length; i++) means[i] = _count[i] == 0 ? float.NaN : (float)(_sum[i] / _count[i]);
            Array.Clear(_sum);
            Array.Clear(_count);
            return means;
        }
    }
}
