using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Load;

namespace FluxOps.Generator.Simulation;

/// <summary>Telemetry as stations would send it: the load model's values, with open breakers, load lost below open devices, and silent stations.</summary>
internal sealed class SimulatedTelemetry(GridModel model, LoadModel load, Incidents incidents)
{
    private readonly CircuitValues _values = new(model.Feeders.Length, model.Substations.Length);
    private readonly bool[] _open = new bool[model.Feeders.Length];
    private readonly bool[] _silent = new bool[model.Substations.Length];

    /// <summary>One sweep, Unix milliseconds.</summary>
    public TelemetrySweep Sweep(long at)
    {
        Evaluate(at, at + 1);
        int[] feeders = [.. model.Feeders.Where(f => !_silent[f.SubstationId]).Select(f => f.Id)];
        int[] stations = [.. model.Substations.Where(s => !_silent[s.Id]).Select(s => s.Id)];
        var (mw, mvar) = StationTotals();
        return new TelemetrySweep
        {
            Origin = ValueOrigin.Simulated,
            Feeders = new()
            {
                FeederId = feeders, SourceTime = [.. feeders.Select(f => SourceTime(at, model.Feeders[f].SubstationId))],
                Mw = Pick(feeders, _values.Mw), Mvar = Pick(feeders, _values.Mvar), Kv = Pick(feeders, _values.Kv), Amps = Pick(feeders, _values.Amps),
                Breaker = Array.ConvertAll(feeders, f => _open[f] ? BreakerState.Open : BreakerState.Closed), Quality = new TelemetryQuality[feeders.Length],
            },
            Substations = new()
            {
                SubstationId = stations, SourceTime = [.. stations.Select(s => SourceTime(at, s))],
                Mw = Pick(stations, mw), Mvar = Pick(stations, mvar), Kv = Pick(stations, _values.BusKv), Quality = new TelemetryQuality[stations.Length],
            },
        };
    }

    /// <summary>Mean of a minute that was not watched: its middle stands for it. Unix seconds.</summary>
    public TelemetryMinute Minute(long minute)
    {
        Evaluate(minute * 1000 + 30_000, minute * 1000 + 30_001);
        var (mw, _) = StationTotals();
        var result = new TelemetryMinute(minute, mw, [.. _values.BusKv], [.. _values.Mw], [.. _values.Kv], [.. _values.Amps]);
        for (var s = 0; s < _silent.Length; s++)
            if (_silent[s])
                (result.SubstationMw[s], result.SubstationKv[s]) = (float.NaN, float.NaN);
        foreach (var f in model.Feeders)
            if (_silent[f.SubstationId])
                (result.FeederMw[f.Id], result.FeederKv[f.Id], result.FeederAmps[f.Id]) = (float.NaN, float.NaN, float.NaN);
        return result;
    }

    private void Evaluate(long from, long to)
    {
        load.At(from, _values);
        Array.Clear(_open);
        Array.Clear(_silent);
        foreach (var outage in incidents.Outages(from, to))
        {
            int f = outage.FeederId;
            _open[f] = true;
            (_values.Mw[f], _values.Mvar[f], _values.Kv[f], _values.Amps[f]) = (0, 0, 0, 0);
        }
        foreach (var outage in incidents.DeviceOutages(from, to))
        {
            var (f, left) = (outage.FeederId, (float)(1 - incidents.ShareBelow(outage)));
            (_values.Mw[f], _values.Mvar[f], _values.Amps[f]) = (_values.Mw[f] * left, _values.Mvar[f] * left, _values.Amps[f] * left);
        }
        foreach (var loss in incidents.Losses(from, to))
            _silent[loss.SubstationId] = true;
    }

    private (float[] Mw, float[] Mvar) StationTotals()
    {
        float[] mw = new float[_silent.Length], mvar = new float[_silent.Length];
        foreach (var f in model.Feeders)
        {
            mw[f.SubstationId] += _values.Mw[f.Id];
            mvar[f.SubstationId] += _values.Mvar[f.Id];
        }
        return (mw, mvar);
    }

    /// <summary>Stations answer a poll within some tenths of a second, each with its own clock.</summary>
    private static long SourceTime(long at, int station) => at - (station * 37 % 300);

    private static float[] Pick(int[] ids, float[] values) => Array.ConvertAll(ids, i => values[i]);
}
