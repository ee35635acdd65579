using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Simulation;

/// <summary>A feeder without power, Unix milliseconds.</summary>
public readonly record struct FeederOutage(int FeederId, long Start, long End);

/// <summary>A station whose telemetry does not arrive, Unix milliseconds.</summary>
public readonly record struct CommunicationLoss(int SubstationId, long Start, long End);

/// <summary>
/// What goes wrong and when, from the seed and the time alone: a restart finds the same incidents under way, and the past can be told again.
/// Time is cut into slots of ten minutes; a hash says what begins in each.
/// </summary>
public sealed partial class Incidents
{
    private const long SlotMs = 600_000, LongestOutage = 20 * 60_000, LongestLoss = 3 * 60_000;
    /// <summary>Events of one outage arrive within this time of its start or end.</summary>
    private const long EventSpread = 120_000;
    private const int MostInSlot = 48;

    private readonly GridModel _model;
    private readonly SimulationOptions _options;
    private readonly ulong _seed;
    private readonly int[] _firstMeter;

    public Incidents(GridModel model, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _options, _seed) = (model, options, CounterHash.Mix((ulong)model.Network.Seed ^ 0x1C1D));
        _reach = new DeviceReach(model);
        _firstMeter = new int[model.Feeders.Length + 1];
        foreach (int f in model.UsagePoints.FeederId)
            _firstMeter[f + 1]++;
        for (var f = 0; f < model.Feeders.Length; f++)
            _firstMeter[f + 1] += _firstMeter[f];
    }

    /// <summary>Outages under way at any time in between, by their start; one feeder never has two at once.</summary>
    public List<FeederOutage> Outages(long from, long to)
    {
        List<FeederOutage> found = [];
        foreach (var one in FeederCandidates(from - 2 * LongestOutage, to))
            if (!found.Exists(o => o.FeederId == one.FeederId && o.End + EventSpread > one.Start))
                found.Add(one);
        found.RemoveAll(o => o.End <= from || o.Start >= to);
        return found;
    }

    /// <summary>All that could begin from a time on and before another, by their start; some of one feeder may overlap.</summary>
    private List<FeederOutage> FeederCandidates(long from, long to)
    {
        List<FeederOutage> found = [];
        ForEachStart(811, _options.OutagesPerHour, from, to, (start, h) =>
        {
            // Most are short: a reclosing failed, a crew is near.
            double u = CounterHash.Unit(CounterHash.Mix(h));
            found.Add(new(CounterHash.Below(h, _model.Feeders.Length), start, start + 180_000 + (long)(1_020 * u * u) * 1000));
        });
        return found;
    }

    /// <summary>Communication losses under way at any time in between, by their start.</summary>
    public List<CommunicationLoss> Losses(long from, long to)
    {
        List<CommunicationLoss> found = [];
        ForEachStart(812, _options.CommunicationLossesPerHour, from - 2 * LongestLoss, to, (start, h) =>
        {
            int station = CounterHash.Below(h, _model.Substations.Length);
            if (!found.Exists(l => l.SubstationId == station && l.End + 10_000 > start))
                found.Add(new(station, start, start + 60_000 + (long)(120 * CounterHash.Unit(CounterHash.Mix(h))) * 1000));
        });
        found.RemoveAll(l => l.End <= from || l.Start >= to);
        return found;
    }

    /// <summary>What meters and circuits report with a source time after <paramref name="after"/> and up to <paramref name="upTo"/>, in order.</summary>
    public (EndDeviceEvent[] Meters, CircuitEvent[] Circuits) Events(long after, long upTo)
    {
        List<EndDeviceEvent> meters = [];
        List<CircuitEvent> circuits = [];
        foreach (var outage in Outages(after - EventSpread, upTo + 1))
        {
            int station = _model.Feeders[outage.FeederId].SubstationId;
            circuits.Add(new(station, outage.FeederId, CircuitEventKind.BreakerOpened, outage.Start, ValueOrigin.Simulated));
            circuits.Add(new(station, outage.FeederId, CircuitEventKind.BreakerClosed, outage.End, ValueOrigin.Simulated));
            AddMeters(outage, meters);
        }
        AddDevices(after, upTo, meters, circuits);
        foreach (var loss in Losses(after, upTo + 1))
        {
            circuits.Add(new(loss.SubstationId, -1, CircuitEventKind.CommunicationLost, loss.Start, ValueOrigin.Simulated));
            circuits.Add(new(loss.SubstationId, -1, CircuitEventKind.CommunicationRestored, loss.End, ValueOrigin.Simulated));
        }
        AddVoltage(after, upTo, meters);
        return (
            [.. meters.Where(e => e.SourceTime > after && e.SourceTime <= upTo).Distinct().OrderBy(e => e.SourceTime).ThenBy(e => e.UsagePointId)],
            [.. circuits.Where(e => e.SourceTime > after && e.SourceTime <= upTo).Distinct().OrderBy(e => e.SourceTime).ThenBy(e => e.SubstationId).ThenBy(e => e.DeviceId)]);
    }

    /// <summary>Last gasps reach the head-end from 20 to 40 % of the meters without power, restorations from most (grid-domain 5).</summary>
    private static void AddMeters(ulong h, IEnumerable<int> without, long start, long end, List<EndDeviceEvent> meters)
    {
        double reception = 0.2 + 0.2 * CounterHash.Unit(h);
        foreach (int m in without)
        {
            ulong g = CounterHash.Of(h, 822, m);
            if (CounterHash.Unit(g) < reception)
                meters.Add(new(m, EndDeviceEventKind.PowerDown, start + 2_000 + (long)(g & 0xFFFF) * 55 / 65536 * 1000, float.NaN, ValueOrigin.Simulated));
            if (CounterHash.Unit(CounterHash.Mix(g)) < 0.85)
                meters.Add(new(m, EndDeviceEventKind.PowerRestore, end + 4_000 + (long)((g >> 16) & 0xFFFF) * 85 / 65536 * 1000, float.NaN, ValueOrigin.Simulated));
        }
    }

    /// <summary>The feeder's own meters; the fault itself is a sag for others on the bank.</summary>
    private void AddMeters(FeederOutage outage, List<EndDeviceEvent> meters)
    {
        ulong h = CounterHash.Of(_seed, 821, outage.FeederId, outage.Start);
        int first = _firstMeter[outage.FeederId];
        AddMeters(h, Enumerable.Range(first, _firstMeter[outage.FeederId + 1] - first), outage.Start, outage.End, meters);
        var own = _model.Feeders[outage.FeederId];
        for (var f = Math.Max(0, own.Id - 8); f < Math.Min(_model.Feeders.Length, own.Id + 9); f++)
            if (f != own.Id && _model.Feeders[f].BankId == own.BankId)
                for (var m = _firstMeter[f]; m < _firstMeter[f + 1]; m++)
                {
                    ulong g = CounterHash.Of(h, 823, m);
                    if (CounterHash.Unit(g) < 0.03)
                        meters.Add(new(m, EndDeviceEventKind.VoltageSag, outage.Start, Volts(0.72 + 0.16 * CounterHash.Unit(CounterHash.Mix(g))), ValueOrigin.Simulated));
                }
    }

    private void AddVoltage(long after, long upTo, List<EndDeviceEvent> meters)
    {
        if (_model.UsagePoints.Count == 0)
            return;
        ForEachStart(813, _options.VoltageEventsPerHour, after, upTo + 1, (start, h) =>
        {
            int meter = CounterHash.Below(h, _model.UsagePoints.Count);
            double u = CounterHash.Unit(CounterHash.Mix(h));
            meters.Add(u < 0.8
                ? new(meter, EndDeviceEventKind.VoltageSag, start, Volts(0.80 + 0.12 * u), ValueOrigin.Simulated)
                : new(meter, EndDeviceEventKind.VoltageSwell, start, Volts(1.06 + 0.15 * (u - 0.8)), ValueOrigin.Simulated));
        });
    }

    private static float Volts(double perUnit) => (float)Math.Round(240 * perUnit, 1);

    /// <summary>Calls for each start in the slots that touch the time in between: at most 48 a slot, each with the same small chance, so about Poisson.</summary>
    private void ForEachStart(long what, double perHour, long from, long to, Action<long, ulong> start)
    {
        double chance = perHour / 6 / MostInSlot;
        if (chance <= 0)
            return;
        List<(long At, ulong Hash)> starts = [];
        for (long slot = from / SlotMs; slot * SlotMs < to; slot++)
            for (var k = 0; k < MostInSlot * Math.Max(1, (int)Math.Ceiling(chance)); k++)
            {
                ulong h = CounterHash.Of(_seed, what, slot, k);
                if (CounterHash.Unit(h) < chance / Math.Max(1, Math.Ceiling(chance)))
                    starts.Add((slot * SlotMs + CounterHash.Below(CounterHash.Mix(h ^ 1), (int)(SlotMs / 100)) * 100L, CounterHash.Mix(h ^ 2)));
            }
        starts.Sort();
        foreach (var (at, hash) in starts)
            if (at < to)
                start(at, hash);
    }
}
