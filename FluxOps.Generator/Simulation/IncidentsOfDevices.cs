using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Simulation;

/// <summary>A fuse or recloser that is open, and with it all below it without power. Unix milliseconds.</summary>
public readonly record struct DeviceOutage(int DeviceId, int FeederId, long Start, long End);

/// <summary>Incidents on the lines: fuses of laterals that blow, reclosers that lock out.</summary>
public sealed partial class Incidents
{
    private const long LongestDeviceOutage = 40 * 60_000;

    private readonly DeviceReach _reach;

    /// <summary>
    /// Devices open at any time in between, by their start. On one feeder only one thing goes wrong at a time: a device does not trip where the feeder, or another
    /// device of it, has an incident within two minutes of this one. So shares of load never overlap, and none is said twice to be out.
    /// </summary>
    public List<DeviceOutage> DeviceOutages(long from, long to)
    {
        if (_reach.Fuses.Length + _reach.Reclosers.Length == 0)
            return [];
        // What could have begun counts, whether it did or not: then an answer depends on a bounded past, and is the same from wherever it is asked.
        List<DeviceOutage> candidates = [];
        Draw(814, _options.LateralOutagesPerHour, _reach.Fuses);
        Draw(815, _options.RecloserLockoutsPerHour, _reach.Reclosers);
        candidates.Sort((a, b) => (a.Start, a.DeviceId).CompareTo((b.Start, b.DeviceId)));
        var feeders = FeederCandidates(from - LongestDeviceOutage - EventSpread - LongestOutage, to + LongestDeviceOutage + EventSpread);
        List<DeviceOutage> found = [];
        for (var c = 0; c < candidates.Count; c++)
        {
            var one = candidates[c];
            if (one.End > from && one.Start < to
                && candidates.FindIndex(0, c, o => o.FeederId == one.FeederId && o.End + EventSpread > one.Start) < 0
                && !feeders.Exists(o => o.FeederId == one.FeederId && o.End + EventSpread > one.Start && o.Start < one.End + EventSpread))
                found.Add(one);
        }
        return found;

        void Draw(long what, double perHour, int[] devices)
        {
            if (devices.Length > 0)
                ForEachStart(what, perHour, from - 2 * LongestDeviceOutage - EventSpread, to, (start, h) =>
                {
                    int device = devices[CounterHash.Below(h, devices.Length)];
                    // A crew has to find the place and put a new fuse in: 5 to 40 minutes.
                    long length = 300_000 + (long)(2_100 * CounterHash.Unit(CounterHash.Mix(h))) * 1000;
                    candidates.Add(new(device, _reach.FeederOf(device), start, start + length));
                });
        }
    }

    /// <summary>Meters without power in that outage, ascending.</summary>
    public IReadOnlyList<int> MetersBelow(DeviceOutage outage) => _reach.MetersBelow(outage.DeviceId);

    /// <summary>Share of the feeder's load that is lost in it.</summary>
    public double ShareBelow(DeviceOutage outage) => _reach.ShareBelow(outage.DeviceId);

    /// <summary>
    /// Devices whose position changed after <paramref name="after"/> and up to <paramref name="upTo"/>, as they stand at <paramref name="now"/>: whoever catches up
    /// with the past does not open what was closed again long ago.
    /// </summary>
    public DeviceStates Positions(long after, long upTo, long now) =>
        Positions(DeviceOutages(after, upTo + 1).Where(o => o.Start > after || o.End <= upTo).Select(o => o.End <= now ? (o.DeviceId, false, o.End) : (o.DeviceId, true, o.Start)));

    internal static DeviceStates Positions(IEnumerable<(int Id, bool Open, long At)> positions)
    {
        (int Id, bool Open, long At)[] all = [.. positions];
        var origin = new ValueOrigin[all.Length];
        Array.Fill(origin, ValueOrigin.Simulated);
        return new()
        {
            DeviceId = [.. all.Select(p => p.Id)], Open = [.. all.Select(p => p.Open)], SourceTime = [.. all.Select(p => p.At)],
            Quality = new TelemetryQuality[all.Length], Origin = origin,
        };
    }

    /// <summary>The event that a change of position is told by.</summary>
    internal CircuitEvent Moved(int device, bool open, long at)
    {
        int feeder = _reach.FeederOf(device);
        return new(_model.Feeders[feeder].SubstationId, feeder, open ? CircuitEventKind.DeviceOpened : CircuitEventKind.DeviceClosed, at, ValueOrigin.Simulated,
            device, _model.Devices.Kind[device]);
    }

    private void AddDevices(long after, long upTo, List<EndDeviceEvent> meters, List<CircuitEvent> circuits)
    {
        foreach (var outage in DeviceOutages(after - EventSpread, upTo + 1))
        {
            circuits.Add(Moved(outage.DeviceId, true, outage.Start));
            circuits.Add(Moved(outage.DeviceId, false, outage.End));
            AddMeters(CounterHash.Of(_seed, 824, outage.DeviceId, outage.Start), MetersBelow(outage), outage.Start, outage.End, meters);
        }
    }
}
