using FluxOps.Data.Grid;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Load;

/// <summary>Energy and voltage of single meters by the interval (grid-domain 1.4, 1.5, 1.8).</summary>
public sealed class MeterModel
{
    public const int IntervalSeconds = 900;
    // σ of the logarithm about the class shape at one customer; of it, a small part is common to the feeder.
    private static readonly double[] Sigma = [0.55, 0.55, 0.24, 0.10, 0.04];
    private const double CommonShare = 0.07;
    private const double EvShare = 0.05, EvKw = 9.6, PvKw = 5.5;

    private readonly GridModel _model;
    private readonly LoadModel _load;
    private readonly ulong _seed;

    internal MeterModel(GridModel model, LoadModel load, ulong seed) => (_model, _load, _seed) = (model, load, seed);

    /// <summary>Fills energy (kWh delivered) and average voltage (240 V base) of the meters <paramref name="ids"/> for the interval that starts then.</summary>
    public void Interval(long start, ReadOnlySpan<int> ids, Span<float> kwh, Span<float> volts)
    {
        long middle = start + IntervalSeconds / 2, slot = start / IntervalSeconds;
        var at = _load.Conditions(middle);
        var factor = _load.ClassFactors(middle);
        double sun = _load.Sun(middle), cooling = LoadShapes.CoolingShare(CustomerClass.ResidentialHighWinter, at);
        long localDay = Math.DivRem(_load.Clock.LocalSeconds(start), 86_400, out long inDay);
        var points = _model.UsagePoints;
        int feeder = -1;
        double common = 0, loading = 0, bus = 0, growth = 1;
        for (var k = 0; k < ids.Length; k++)
        {
            int i = ids[k];
            if (points.FeederId[i] != feeder)
            {
                feeder = points.FeederId[i];
                common = Persistent(40_000_000L + feeder, slot);
                loading = _load.Loading(feeder, middle, factor, sun);
                bus = _load.BusPerUnit(_model.Feeders[feeder].SubstationId, middle);
                growth = _load.Growth(feeder);
            }
            double kw = Demand(i, slot, factor, cooling, common, growth) + Ev(i, points.Class[i], localDay, inDay);
            volts[k] = (float)Math.Round(Volts(i, slot, kw, bus, loading), 1);
            if (points.HasPv[i])
                kw = Math.Max(0, kw - PvKw * sun);
            kwh[k] = (float)Math.Round(kw * IntervalSeconds / 3600, 3);
        }
    }

    private double Demand(int i, long slot, double[] factor, double cooling, double common, double growth)
    {
        int customer = (int)_model.UsagePoints.Class[i];
        double sigma = Sigma[customer];
        double z = Math.Sqrt(CommonShare) * common + Math.Sqrt(1 - CommonShare) * Persistent(50_000_000L + i, slot);
        double kw = _model.UsagePoints.MeanKw[i] * growth * factor[customer] * Math.Exp(sigma * z - sigma * sigma / 2);
        if (customer <= (int)CustomerClass.ResidentialHighWinter)
        {
            // The compressor runs in cycles of about half an hour: one quarter hour high, the next low.
            ulong h = CounterHash.Of(_seed, 701, i);
            kw *= 1 + cooling * ((((ulong)slot + h) & 1) == 0 ? 0.42 : -0.42);
        }
        return kw;
    }

    /// <summary>Standard normal with a memory of about ρ = 0.56 from one interval to the next.</summary>
    private double Persistent(long what, long slot) =>
        (CounterHash.Normal(CounterHash.Of(_seed, what, slot)) + 0.56 * CounterHash.Normal(CounterHash.Of(_seed, what, slot - 1))
            + 0.31 * CounterHash.Normal(CounterHash.Of(_seed, what, slot - 2))) / 1.188;

    /// <summary>One home in twenty charges a car on most evenings: 9.6 kW for about an hour.</summary>
    private double Ev(int i, CustomerClass customer, long day, long inDay)
    {
        if (customer > CustomerClass.ResidentialHighWinter || CounterHash.Unit(CounterHash.Of(_seed, 702, i)) >= EvShare)
            return 0;
        ulong h = CounterHash.Of(_seed, 703, i, day);
        if (CounterHash.Unit(h) > 0.7)
            return 0;
        double begins = 17.5 * 3600 + 4.5 * 3600 * CounterHash.Unit(CounterHash.Mix(h)), lasts = 3600 * (0.6 + 0.8 * CounterHash.Unit(CounterHash.Mix(h + 1)));
        double overlap = Math.Min(inDay + IntervalSeconds, begins + lasts) - Math.Max(inDay, begins);
        return overlap <= 0 ? 0 : EvKw * overlap / IntervalSeconds;
    }

    /// <summary>Head voltage less the drop along the path, through the transformer (about 2 % at full load) and the service drop (about 0.35 V a kW at a home).</summary>
    private double Volts(int i, long slot, double kw, double bus, double loading)
    {
        double kva = _model.Transformers.RatedKva[_model.UsagePoints.TransformerId[i]];
        double head = 240 * (bus - _model.UsagePoints.DropAtPeak[i] * Math.Clamp(loading, 0, 1.5));
        double service = _model.UsagePoints.Class[i] <= CustomerClass.ResidentialHighWinter ? 0.35 * kw : 0.6;
        return head - 240 * 0.018 * Math.Min(1.3, kw / kva) - Math.Min(5, service) + Peculiar(i) + 0.55 * CounterHash.Normal(CounterHash.Of(_seed, 60_000_000L + i, slot));
    }

    /// <summary>What is odd at one service: long drops and taps spread most by a volt; one in 290 has a fault that puts it outside range A (loose neutral, wrong tap).</summary>
    private double Peculiar(int i)
    {
        ulong h = CounterHash.Of(_seed, 704, i), g = CounterHash.Mix(h);
        if (CounterHash.Unit(h) >= 0.0035)
            return 1.1 * CounterHash.Normal(g) - 1.2;
        double u = CounterHash.Unit(g);
        return u < 0.65 ? -17.5 - 9 * u : 9 + 8 * (u - 0.65);
    }
}
