using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Generator.Load;
using FluxOps.Generator.Simulation;

namespace FluxOps.Tests.Generator;

/// <summary>Fuses that blow and reclosers that lock out, on the demo network, at ten times the usual rate.</summary>
public sealed class DeviceIncidentsTests
{
    private const long Day = 86_400_000, Start = 20_000 * Day;
    private static readonly SimulationOptions Often = new() { LateralOutagesPerHour = 60, RecloserLockoutsPerHour = 10, OutagesPerHour = 40 };
    private static readonly Incidents Many = new(Model, Often);
    private static readonly SimulatedUtility Utility = new(Model, LocalClock.Find(LocalClock.DefaultZone), Often);

    private static GridModel Model => DemoNetwork.Model;

    [Fact]
    public void Happen_at_the_rate_that_was_asked_for()
    {
        var found = new Incidents(Model, new SimulationOptions()).DeviceOutages(Start, Start + 10 * Day);
        Assert.InRange(found.Count(o => Model.Devices.Kind[o.DeviceId] == AssetKind.Fuse), 1_200, 1_600);
        Assert.InRange(found.Count(o => Model.Devices.Kind[o.DeviceId] == AssetKind.Recloser), 180, 300);
        Assert.All(found, o => Assert.InRange(o.End - o.Start, 300_000, 2_400_000));
        Assert.All(found, o => Assert.False(Model.Devices.NormallyOpen[o.DeviceId]));
        Assert.Empty(new Incidents(Model, new SimulationOptions { LateralOutagesPerHour = 0, RecloserLockoutsPerHour = 0 }).DeviceOutages(Start, Start + Day));
    }

    [Fact]
    public void Are_the_same_from_wherever_they_are_asked()
    {
        var whole = Many.DeviceOutages(Start, Start + Day / 2);
        Assert.Equal(whole, new Incidents(Model, Often).DeviceOutages(Start, Start + Day / 2));
        HashSet<DeviceOutage> parts = [];
        for (long at = Start; at < Start + Day / 2; at += 1_000_003)
            parts.UnionWith(Many.DeviceOutages(at, Math.Min(at + 1_000_003, Start + Day / 2)));
        Assert.Equal(whole, parts.OrderBy(o => o.Start).ThenBy(o => o.DeviceId));
        foreach (var o in whole)
            Assert.Contains(o, Many.DeviceOutages(o.End - 1, o.End));
    }

    [Fact]
    public void One_thing_at_a_time_goes_wrong_on_a_feeder()
    {
        var devices = Many.DeviceOutages(Start, Start + 5 * Day);
        foreach (var one in devices.GroupBy(o => o.FeederId))
            Assert.All(one.OrderBy(o => o.Start).Zip(one.OrderBy(o => o.Start).Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
        var feeders = Many.Outages(Start - Day, Start + 6 * Day).ToLookup(o => o.FeederId);
        Assert.All(devices, d => Assert.DoesNotContain(feeders[d.FeederId], f => f.Start < d.End && f.End > d.Start));
    }

    [Fact]
    public void What_lies_below_is_what_the_parents_say()
    {
        var (s, u) = (Model.Segments, Model.UsagePoints);
        foreach (var o in Many.DeviceOutages(Start, Start + Day / 8))
        {
            int head = Model.Devices.SegmentId[o.DeviceId];
            Assert.Equal(s.FeederId[head], o.FeederId);
            int[] below = [.. Enumerable.Range(0, u.Count).Where(m => u.FeederId[m] == o.FeederId && IsBelow(Model.Transformers.SegmentId[u.TransformerId[m]], head))];
            Assert.Equal(below, Many.MetersBelow(o));
            Assert.NotEmpty(below);
            double kw = below.Sum(m => (double)u.MeanKw[m]), all = Enumerable.Range(0, u.Count).Where(m => u.FeederId[m] == o.FeederId).Sum(m => (double)u.MeanKw[m]);
            Assert.Equal(kw / all, Many.ShareBelow(o), 9);
        }

        bool IsBelow(int segment, int head)
        {
            while (segment >= 0 && segment != head)
                segment = s.ParentId[segment];
            return segment == head;
        }
    }

    [Fact]
    public void Events_and_positions_say_the_same()
    {
        const long tick = 1_000_000;
        Dictionary<int, (bool Open, long At)> said = [], positions = [];
        HashSet<CircuitEvent> all = [];
        for (long at = Start; at < Start + Day / 2; at += tick)
        {
            foreach (var e in Many.Events(at, at + tick).Circuits.Where(e => e.Kind is CircuitEventKind.DeviceOpened or CircuitEventKind.DeviceClosed))
            {
                Assert.True(all.Add(e), "told twice");
                Assert.Equal((Model.Devices.Kind[e.DeviceId], Model.Feeders[e.FeederId].SubstationId), (e.DeviceKind, e.SubstationId));
                said[e.DeviceId] = (e.Kind == CircuitEventKind.DeviceOpened, e.SourceTime);
            }
            var changed = Many.Positions(at, at + tick, at + tick);
            for (var i = 0; i < changed.Count; i++)
                positions[changed.DeviceId[i]] = (changed.Open[i], changed.SourceTime[i]);
            Assert.Equal(said.OrderBy(d => d.Key), positions.OrderBy(d => d.Key));
        }
        Assert.Contains(positions.Values, p => p.Open);
        Assert.Contains(positions.Values, p => !p.Open);
    }

    [Fact]
    public void Who_catches_up_opens_only_what_is_still_open()
    {
        long now = Start + Day / 4;
        var caught = Many.Positions(Start, now, now);
        var open = Many.DeviceOutages(now, now + 1).FindAll(o => o.Start > Start).Select(o => o.DeviceId);
        Assert.Equal(open.Order(), caught.DeviceId.Where((_, i) => caught.Open[i]).Order());
        Assert.All(caught.SourceTime, t => Assert.InRange(t, Start + 1, now));
    }

    [Fact]
    public void A_share_of_the_meters_below_gasps_and_most_report_the_restoration()
    {
        var outages = Many.DeviceOutages(Start, Start + Day).FindAll(o => o.Start > Start && o.End + 200_000 < Start + Day);
        var events = Many.Events(Start - 1, Start + Day).Meters.ToLookup(e => e.UsagePointId);
        double gasps = 0, restored = 0, meters = 0;
        foreach (var o in outages)
        {
            meters += Many.MetersBelow(o).Count;
            gasps += Many.MetersBelow(o).Count(m => events[m].Any(e => e.Kind == EndDeviceEventKind.PowerDown && e.SourceTime > o.Start && e.SourceTime <= o.Start + 60_000));
            restored += Many.MetersBelow(o).Count(m => events[m].Any(e => e.Kind == EndDeviceEventKind.PowerRestore && e.SourceTime > o.End && e.SourceTime <= o.End + 120_000));
        }
        Assert.InRange(gasps / meters, 0.2, 0.4);
        Assert.InRange(restored / meters, 0.75, 0.95);
    }

    [Fact]
    public void The_feeder_loses_the_share_below_and_its_voltage_stays()
    {
        CircuitValues whole = new(Model.Feeders.Length, Model.Substations.Length);
        foreach (var o in Many.DeviceOutages(Start, Start + Day / 24))
        {
            long at = Math.Max(Start, o.Start);
            if (Many.Losses(at, at + 1).Exists(l => l.SubstationId == Model.Feeders[o.FeederId].SubstationId))
                continue;
            Utility.Load.At(at, whole);
            var feeders = Utility.Telemetry.Sweep(at).Feeders;
            int k = Array.IndexOf(feeders.FeederId, o.FeederId);
            double left = 1 - Many.ShareBelow(o);
            Assert.Equal(whole.Mw[o.FeederId] * left, feeders.Mw[k], 3);
            Assert.Equal(whole.Amps[o.FeederId] * left, feeders.Amps[k], 2);
            Assert.Equal(whole.Kv[o.FeederId], feeders.Kv[k]);
            // The feeder beside it has all of its load.
            int other = Array.FindIndex(feeders.FeederId, f => f != o.FeederId && !Many.DeviceOutages(at, at + 1).Exists(d => d.FeederId == f) && !Many.Outages(at, at + 1).Exists(d => d.FeederId == f));
            Assert.Equal(whole.Mw[feeders.FeederId[other]], feeders.Mw[other]);
        }
    }

    [Fact]
    public void Meters_below_read_what_they_drew_while_it_was_closed()
    {
        var outage = Many.DeviceOutages(Start, Start + Day).First(o => o.End - o.Start > 1_900_000 && Many.MetersBelow(o).Count > 20);
        long interval = SimulatedReadings.IntervalOf(outage.Start / 1000) + SimulatedReadings.Seconds;
        int[] below = [.. Many.MetersBelow(outage)];
        float[] kwh = new float[below.Length], volts = new float[below.Length];
        Utility.Load.Meters.Interval(interval - SimulatedReadings.Seconds, below, kwh, volts);
        double left = (outage.Start / 1000.0 - (interval - SimulatedReadings.Seconds)) / SimulatedReadings.Seconds;
        var (seen, spared) = (0, 0);
        foreach (var (id, value, volt, quality) in Rows(interval - SimulatedReadings.Seconds))
            if (Array.BinarySearch(below, id) is >= 0 and var k)
            {
                Assert.Equal(ReadingQuality.PowerFail, quality);
                Assert.Equal(kwh[k] * left, value, 0.001);
                seen++;
            }
            else if (quality != ReadingQuality.PowerFail)
                spared++;
        Assert.True(seen > below.Length * 0.9 && spared > 0);
        foreach (var (id, value, volt, quality) in Rows(interval))
            if (Array.BinarySearch(below, id) >= 0)
                Assert.Equal((0f, float.NaN, ReadingQuality.PowerFail), (value, volt, quality));

        IEnumerable<(int, float, float, ReadingQuality)> Rows(long start) => Utility.Readings.Whole(start, start + 90_000, [])
            .SelectMany(b => Enumerable.Range(0, b.Count).Where(i => b.Quality[i] != ReadingQuality.Missing && Model.UsagePoints.FeederId[b.UsagePointId[i]] == outage.FeederId)
                .Select(i => (b.UsagePointId[i], b.Kwh[i], b.Volts[i], b.Quality[i])));
    }

    [Fact]
    public void A_network_without_lines_has_none()
    {
        var model = new GridModel
        {
            Network = Model.Network, Substations = Model.Substations, Banks = Model.Banks, Feeders = Model.Feeders, Transformers = Model.Transformers, UsagePoints = Model.UsagePoints,
            Segments = new() { FeederId = [], ParentId = [], TieToId = [], Kind = [], Phases = [], RatedAmps = [], LengthM = [], FromLat = [], FromLon = [], ToLat = [], ToLon = [] },
            Devices = new() { Kind = [], SegmentId = [], NormallyOpen = [], RatedAmps = [] },
        };
        Assert.Empty(new Incidents(model, Often).DeviceOutages(Start, Start + Day));
        Assert.NotEmpty(new Incidents(model, Often).Outages(Start, Start + Day));
    }
}
