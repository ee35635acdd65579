using FluxOps.Data.Grid;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Load;

/// <summary>Feeder heads and station buses at one instant, by dense id, with every breaker closed.</summary>
public sealed class CircuitValues(int feeders, int substations)
{
    public float[] Mw { get; } = new float[feeders];
    public float[] Mvar { get; } = new float[feeders];
    /// <summary>Line to line, kV.</summary>
    public float[] Kv { get; } = new float[feeders];
    public float[] Amps { get; } = new float[feeders];
    /// <summary>Distribution bus, line to line, kV.</summary>
    public float[] BusKv { get; } = new float[substations];
}

/// <summary>
/// Demand and voltage of the whole network at any time, from the seed and the time alone: nothing is remembered, so any instant can be asked for in any
/// order, and a restart continues where it was. A feeder's load is the sum of its customers' classes times the meter weight (grid-domain 0 and 1).
/// </summary>
public sealed class LoadModel
{
    private const double PvKw = 5.5, Losses = 1.03;
    /// <summary>Per unit of nominal: feeder heads are regulated to 122–124 V on a 120 V base, in steps of 5/8 % (grid-domain 1.8).</summary>
    private const double BusTarget = 1.030, TapStep = 0.00625;

    private readonly GridModel _model;
    private readonly Weather _weather;
    private readonly ulong _seed;
    private readonly float[] _classMw;
    private readonly float[] _pvMw;
    private readonly double[] _plannedMw;

    public LoadModel(GridModel model, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(zone);
        _model = model;
        _seed = CounterHash.Mix((ulong)model.Network.Seed ^ 0x10AD);
        Clock = new LocalClock(zone);
        _weather = new Weather(_seed, Clock);
        _classMw = new float[model.Feeders.Length * LoadShapes.Classes];
        _pvMw = new float[model.Feeders.Length];
        double perMeter = model.Network.MeterWeight / 1000;
        var points = model.UsagePoints;
        for (var i = 0; i < points.Count; i++)
        {
            int f = points.FeederId[i];
            _classMw[f * LoadShapes.Classes + (int)points.Class[i]] += (float)(points.MeanKw[i] * Growth(f) * perMeter * Losses);
            if (points.HasPv[i])
                _pvMw[f] += (float)(PvKw * perMeter);
        }
        _plannedMw = [.. model.Feeders.Select(f => f.PlannedMva * 0.96)];
        Meters = new MeterModel(model, this, _seed);
    }

    public LocalClock Clock { get; }

    /// <summary>The same model at the meters.</summary>
    public MeterModel Meters { get; }

    public LoadConditions Conditions(long unixSeconds) => _weather.At(unixSeconds);

    internal double Sun(long unixSeconds) => _weather.Sun(unixSeconds);

    /// <summary>
    /// How far reality has run from the plan: most feeders within ±6 %, and one in thirty well above (new customers that planning did not see), which is
    /// what overloads feeders on a hot day.
    /// </summary>
    internal double Growth(int feeder)
    {
        ulong h = CounterHash.Of(_seed, 601, feeder);
        return CounterHash.Unit(h) < 0.03 ? 1.35 + 0.60 * CounterHash.Unit(CounterHash.Mix(h)) : 0.97 + 0.03 * CounterHash.Normal(CounterHash.Mix(h));
    }

    /// <summary>Multipliers of each class's mean at that time.</summary>
    internal double[] ClassFactors(long unixSeconds)
    {
        var at = Conditions(unixSeconds);
        return [.. Enumerable.Range(0, LoadShapes.Classes).Select(c => LoadShapes.Relative((CustomerClass)c, at))];
    }

    /// <summary>Fills <paramref name="into"/> for an instant, Unix milliseconds.</summary>
    public void At(long unixMs, CircuitValues into)
    {
        ArgumentNullException.ThrowIfNull(into);
        long seconds = unixMs / 1000;
        double t = unixMs / 1000.0;
        var factor = ClassFactors(seconds);
        double sun = Sun(seconds);
        var stations = _model.Substations;
        Span<double> bus = stations.Length <= 4096 ? stackalloc double[stations.Length] : new double[stations.Length];
        for (var s = 0; s < stations.Length; s++)
        {
            bus[s] = BusPerUnit(s, t);
            into.BusKv[s] = (float)(bus[s] * stations[s].SecondaryKv);
        }
        for (var f = 0; f < _model.Feeders.Length; f++)
        {
            double mw = FeederMw(f, t, factor, sun);
            var feeder = _model.Feeders[f];
            double loading = mw / _plannedMw[f];
            // Motors of air conditioners lower the power factor as load grows; switched capacitors hold it up.
            double powerFactor = 0.985 - 0.022 * Math.Clamp(loading, 0, 1.3) + 0.004 * SmoothNoise.At(_seed, 20_000_000 + f, t / 1500);
            double mva = mw / Math.Min(0.998, powerFactor), mvar = Math.Sqrt(Math.Max(0, mva * mva - mw * mw));
            double kv = feeder.NominalKv * (bus[feeder.SubstationId] - 0.003 * loading);
            into.Mw[f] = (float)mw;
            into.Mvar[f] = (float)mvar;
            into.Kv[f] = (float)kv;
            into.Amps[f] = (float)(Math.Abs(mva) * 1000 / (1.7320508075688772 * kv));
        }
    }

    /// <summary>Load over the planned peak.</summary>
    internal double Loading(int feeder, double unixSeconds, double[] factor, double sun) => FeederMw(feeder, unixSeconds, factor, sun) / _plannedMw[feeder];

    private double FeederMw(int f, double t, double[] factor, double sun)
    {
        double mw = 0;
        for (var c = 0; c < LoadShapes.Classes; c++)
            mw += _classMw[f * LoadShapes.Classes + c] * factor[c];
        // Slow drift, minutes, and what a meter at the head sees from one sweep to the next.
        double noise = 1 + 0.020 * SmoothNoise.At(_seed, 1_000_000 + f, t / 1200) + 0.006 * SmoothNoise.At(_seed, 5_000_000 + f, t / 75)
            + 0.0015 * SmoothNoise.At(_seed, 9_000_000 + f, t / 3);
        return mw * noise - _pvMw[f] * sun;
    }

    internal double BusPerUnit(int station, double t)
    {
        double target = BusTarget + 0.003 * CounterHash.Normal(CounterHash.Of(_seed, 602, station));
        double incoming = 1.0 + 0.012 * SmoothNoise.At(_seed, 15_000_000 + station, t / 2700) + 0.005 * SmoothNoise.At(_seed, 603, t / 7200);
        double tap = Math.Round((target - incoming) / TapStep);
        return incoming + tap * TapStep + 0.0006 * SmoothNoise.At(_seed, 17_000_000 + station, t / 9);
    }
}
