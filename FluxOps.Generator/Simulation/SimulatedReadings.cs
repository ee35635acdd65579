using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Load;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Simulation;

/// <summary>One group of stations' readings of one quarter hour, due at a time. Unix seconds.</summary>
internal readonly record struct Delivery(long DueAt, long Interval, int Wave);

/// <summary>
/// Readings as head-ends deliver them: each quarter hour in waves after its end, station by station; about 0.7 % missing at first, most of those an hour
/// later, some then estimated, some never; a few delivered twice (rates after grid-domain 1.9, the lag shortened so that it can be watched).
/// </summary>
internal sealed class SimulatedReadings
{
    public const int Seconds = MeterModel.IntervalSeconds;
    /// <summary>s after the end of an interval at which the first wave comes.</summary>
    private const int FirstWave = 20;
    /// <summary>s between a meter's first chance and its second.</summary>
    private const int LateAfter = 4 * Seconds;
    private const int BatchSize = 10_000;

    private readonly GridModel _model;
    private readonly LoadModel _load;
    private readonly Incidents _incidents;
    private readonly SimulationOptions _options;
    private readonly ulong _seed;
    private readonly int[][] _waves;
    private readonly int[] _all;

    public SimulatedReadings(GridModel model, LoadModel load, Incidents incidents, SimulationOptions options)
    {
        (_model, _load, _incidents, _options, _seed) = (model, load, incidents, options, CounterHash.Mix((ulong)model.Network.Seed ^ 0x3EAD));
        _all = [.. Enumerable.Range(0, model.UsagePoints.Count)];
        _waves = [.. _all.GroupBy(i => CounterHash.Below(CounterHash.Of(_seed, 901, model.Feeders[model.UsagePoints.FeederId[i]].SubstationId), options.DeliveryWaves))
            .OrderBy(g => g.Key).Select(g => g.ToArray())];
    }

    private enum Fate { OnTime, LateGood, LateEstimated, NeverMarked, Silent }

    /// <summary>What is due after a time and up to another, in order.</summary>
    public List<Delivery> Due(long after, long upTo)
    {
        List<Delivery> due = [];
        for (long interval = IntervalOf(after - Seconds - FirstWave - _options.DeliveryWindowSeconds); interval + Seconds + FirstWave <= upTo; interval += Seconds)
            for (var w = 0; w < _waves.Length; w++)
                if (DueAt(interval, w) is var at && at > after && at <= upTo)
                    due.Add(new(at, interval, w));
        return due;
    }

    /// <summary>The newest interval whose last wave is due by then.</summary>
    public long NewestComplete(long now) => IntervalOf(now - Seconds - FirstWave - _options.DeliveryWindowSeconds);

    public static long IntervalOf(long unixSeconds) => unixSeconds / Seconds * Seconds;

    /// <summary>The batches of one delivery: its interval, and what was late an hour before.</summary>
    public IEnumerable<IntervalReadings> Batches(Delivery delivery, HashSet<int> notThese)
    {
        foreach (var ids in _waves[delivery.Wave].Where(i => !notThese.Contains(i)).Chunk(BatchSize))
        {
            yield return First(delivery.Interval, ids);
            if (Late(delivery.Interval - LateAfter, ids) is { Count: > 0 } late)
                yield return late;
        }
    }

    /// <summary>All meters' readings of a past interval, as they stand after everything late has come where it has by <paramref name="now"/>.</summary>
    public IEnumerable<IntervalReadings> Whole(long interval, long now, HashSet<int> notThese)
    {
        bool lateIsHere = LateIsHere(interval, now);
        foreach (var ids in _all.Where(i => !notThese.Contains(i)).Chunk(BatchSize))
        {
            yield return First(interval, ids, lateIsHere);
        }
    }

    /// <summary>How many readings <see cref="Whole"/> has, and how many of them are marked missing.</summary>
    public (int All, int Missing) Expected(long interval, long now, HashSet<int> notThese)
    {
        bool lateIsHere = LateIsHere(interval, now);
        int all = 0, missing = 0;
        foreach (int i in _all)
            if (!notThese.Contains(i))
                switch (FateOf(i, interval))
                {
                    case Fate.OnTime:
                    case Fate.LateGood when lateIsHere:
                        all++;
                        break;
                    case var fate and (Fate.LateEstimated or Fate.NeverMarked):
                        all++;
                        missing += fate == Fate.NeverMarked || !lateIsHere ? 1 : 0;
                        break;
                }
        return (all, missing);
    }

    /// <summary>What was late comes with the waves of the interval an hour later.</summary>
    private bool LateIsHere(long interval, long now) => interval + LateAfter <= NewestComplete(now);

    private long DueAt(long interval, int wave) => interval + Seconds + FirstWave + (long)_options.DeliveryWindowSeconds * wave / _waves.Length;

    private IntervalReadings First(long interval, int[] ids, bool lateIsHere = false)
    {
        List<int> chosen = new(ids.Length);
        List<ReadingQuality> quality = new(ids.Length);
        foreach (int i in ids)
            switch (FateOf(i, interval))
            {
                case Fate.OnTime:
                    Add(i, ReadingQuality.Good);
                    break;
                case Fate.LateGood when lateIsHere:
                    Add(i, ReadingQuality.Good);
                    break;
                case Fate.LateEstimated when lateIsHere:
                    Add(i, ReadingQuality.Estimated);
                    break;
                case Fate.LateEstimated or Fate.NeverMarked:
                    Add(i, ReadingQuality.Missing);
                    break;
            }
        return Build(interval, [.. chosen], [.. quality]);

        void Add(int i, ReadingQuality q)
        {
            chosen.Add(i);
            quality.Add(q);
        }
    }

    private IntervalReadings Late(long interval, int[] ids)
    {
        List<int> chosen = [];
        List<ReadingQuality> quality = [];
        foreach (int i in ids)
        {
            var fate = FateOf(i, interval);
            bool twice = fate == Fate.OnTime && CounterHash.Unit(CounterHash.Of(_seed, 903, i, interval)) < 0.001;
            if (!twice && fate is not (Fate.LateGood or Fate.LateEstimated))
                continue;
            chosen.Add(i);
            quality.Add(fate == Fate.LateEstimated ? ReadingQuality.Estimated : ReadingQuality.Good);
        }
        return Build(interval, [.. chosen], [.. quality]);
    }

    /// <summary>Few bad meters make most gaps: 1.5 % of meters lose a fifth of their intervals at first, the others one in 250; one in 700 is silent for a day at a time.</summary>
    private Fate FateOf(int i, long interval)
    {
        if (CounterHash.Unit(CounterHash.Of(_seed, 904, i, interval / 86_400)) < 0.0015)
            return Fate.Silent;
        ulong h = CounterHash.Of(_seed, 905, i, interval);
        double lost = CounterHash.Unit(CounterHash.Of(_seed, 906, i)) < 0.015 ? 0.2 : 0.004;
        if (CounterHash.Unit(h) >= lost)
            return Fate.OnTime;
        double u = CounterHash.Unit(CounterHash.Mix(h));
        return u < 0.6 ? Fate.LateGood : u < 0.9 ? Fate.LateEstimated : Fate.NeverMarked;
    }

    private IntervalReadings Build(long interval, int[] ids, ReadingQuality[] quality)
    {
        float[] kwh = new float[ids.Length], volts = new float[ids.Length];
        _load.Meters.Interval(interval, ids, kwh, volts);
        // Shares of the interval without power: of whole feeders, and of the meters below an open device. The two never fall together.
        Dictionary<int, double> off = [], below = [];
        long from = interval * 1000, to = from + Seconds * 1000L;
        foreach (var outage in _incidents.Outages(from, to))
            off[outage.FeederId] = off.GetValueOrDefault(outage.FeederId) + Share(outage.Start, outage.End);
        foreach (var outage in _incidents.DeviceOutages(from, to))
            foreach (int meter in _incidents.MetersBelow(outage))
                below[meter] = below.GetValueOrDefault(meter) + Share(outage.Start, outage.End);
        for (var k = 0; k < ids.Length; k++)
        {
            if (quality[k] == ReadingQuality.Missing)
                (kwh[k], volts[k]) = (float.NaN, float.NaN);
            else if (off.GetValueOrDefault(_model.UsagePoints.FeederId[ids[k]]) + below.GetValueOrDefault(ids[k]) is > 0 and var share)
            {
                // An actual zero or a partial value, never an estimate (grid-domain 1.9).
                quality[k] = ReadingQuality.PowerFail;
                kwh[k] = (float)Math.Round(kwh[k] * Math.Max(0, 1 - share), 3);
                if (share > 0.99)
                    volts[k] = float.NaN;
            }
        }
        var start = new long[ids.Length];
        Array.Fill(start, interval);
        return new() { Origin = ValueOrigin.Simulated, UsagePointId = ids, IntervalStart = start, Kwh = kwh, Volts = volts, Quality = quality };

        double Share(long start, long end) => (Math.Min(to, end) - Math.Max(from, start)) / (double)(to - from);
    }
}
