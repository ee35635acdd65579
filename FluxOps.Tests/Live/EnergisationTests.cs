using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FsCheck.Xunit;

namespace FluxOps.Tests.Live;

public sealed class EnergisationTests
{
    [Property(MaxTest = 150)]
    public void Below_an_open_device_or_a_feeder_that_is_out_everything_is_dead_and_nothing_else(int seed)
    {
        var topology = TestTrees.Make(seed);
        var random = new Random(seed);
        var energised = new Energisation(topology);
        for (var d = 0; d < topology.Model.Devices.Count; d++)
        {
            if (topology.Model.Devices.Kind[d] != AssetKind.TieSwitch && random.Next(6) == 0) energised.SetOpen(d, true);
        }

        var isOut = Enumerable.Range(0, topology.Model.Feeders.Length).Select(_ => random.Next(6) == 0).ToArray();
        for (var f = 0; f < isOut.Length; f++) energised.SetSource(f, !isOut[f]);
        List<int> changed = [];
        energised.Settle(changed);

        var segments = topology.Model.Segments;
        for (var s = 0; s < segments.Count; s++)
        {
            if (segments.Kind[s] == SegmentKind.Tie) continue;
            var cut = isOut[segments.FeederId[s]];
            for (var at = s; at >= 0; at = segments.ParentId[at]) cut |= OpenAt(topology, energised, at);
            Assert.Equal(cut, energised.IsDead(s));
        }

        Assert.Equal(Enumerable.Range(0, segments.Count).Where(energised.IsDead), changed.Order());
    }

    [Property(MaxTest = 300)]
    public void With_ties_whatever_a_closed_way_joins_to_a_source_has_power(int seed, byte[] steps)
    {
        var topology = TestTrees.Make(seed);
        var energised = new Energisation(topology);
        var source = Enumerable.Repeat(true, topology.Model.Feeders.Length).ToArray();
        HashSet<int> known = [];
        List<int> changed = [];
        energised.Settle(changed);
        foreach (var step in steps)
        {
            var random = new Random(seed * 397 ^ step);
            for (var n = random.Next(1, 5); n > 0; n--) Turn(topology, energised, source, random);
            changed.Clear();
            energised.Settle(changed);
            // Told is what changed, each once at least: kept apart, it is the state.
            foreach (var s in changed)
            {
                if (!known.Remove(s)) known.Add(s);
            }

            var expected = Dead(topology, energised, source);
            Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(energised.IsDead));
            Assert.Equal(Enumerable.Range(0, expected.Length).Where(s => expected[s]), known.Order());
        }
    }

    [Property(MaxTest = 100)]
    public void The_order_of_operations_does_not_matter(int seed)
    {
        var topology = TestTrees.Make(seed);
        var random = new Random(seed);
        var devices = topology.Model.Devices.Count;
        var turns = Enumerable.Range(0, devices).Select(d => (Device: d, Open: random.Next(3) == 0)).ToArray();
        var outs = Enumerable.Range(0, topology.Model.Feeders.Length).Select(f => (Feeder: f, Alive: random.Next(4) != 0)).ToArray();
        var one = new Energisation(topology);
        var other = new Energisation(topology);
        List<int> changed = [];
        foreach (var (device, open) in turns) one.SetOpen(device, open);
        foreach (var (feeder, alive) in outs) one.SetSource(feeder, alive);
        one.Settle(changed);
        random.Shuffle(turns);
        random.Shuffle(outs);
        foreach (var (feeder, alive) in outs)
        {
            other.SetSource(feeder, alive);
            if (random.Next(2) == 0) other.Settle(changed);
        }

        foreach (var (device, open) in turns)
        {
            // There and back on the way.
            if (random.Next(3) == 0) other.SetOpen(device, !open);
            other.SetOpen(device, open);
            if (random.Next(2) == 0) other.Settle(changed);
        }

        other.Settle(changed);
        Assert.Equal(Enumerable.Range(0, topology.Model.Segments.Count).Select(one.IsDead), Enumerable.Range(0, topology.Model.Segments.Count).Select(other.IsDead));
    }

    [Fact]
    public void A_closed_tie_feeds_an_island_back_and_opening_it_takes_the_power_again()
    {
        var (topology, fuse, tie, below) = Island();
        var energised = new Energisation(topology);
        List<int> changed = [];
        energised.SetOpen(fuse, true);
        energised.Settle(changed);
        Assert.Equal([below], changed);
        Assert.True(energised.IsAbnormal(fuse));

        changed.Clear();
        energised.SetOpen(tie, false);
        energised.Settle(changed);
        Assert.Equal([below], changed);
        Assert.False(energised.IsDead(below));
        Assert.True(energised.IsAbnormal(tie));
        Assert.True(energised.IsFedBack(below));

        changed.Clear();
        energised.SetOpen(tie, true);
        energised.Settle(changed);
        Assert.True(energised.IsDead(below));
        Assert.False(energised.IsFedBack(below));
    }

    [Fact]
    public void What_is_fed_back_is_told_even_where_it_was_never_dark()
    {
        var (topology, fuse, tie, below) = Island();
        var energised = new Energisation(topology);
        List<int> changed = [], refed = [];
        energised.Settle(changed, refed);
        Assert.Empty(refed);
        energised.SetOpen(fuse, true);
        energised.SetOpen(tie, false);
        energised.Settle(changed, refed);
        Assert.Empty(changed);
        Assert.Contains(below, refed);

        refed.Clear();
        energised.SetOpen(fuse, false);
        energised.Settle(changed, refed);
        Assert.Contains(below, refed);
        Assert.False(energised.IsFedBack(below));
    }

    [Fact]
    public void A_segment_that_is_fed_back_has_neither_its_feeders_voltage_nor_its_load()
    {
        var (topology, fuse, tie, below) = Island();
        var stage = new Stage(topology.Model);
        stage.State.Attach(topology);
        stage.Take(stage.Sweep(full: true));
        Assert.Equal(LoadBand.Under60, new AssetCode(stage.Now.Assets!.Segments.Of(below)).Load);
        stage.Take(stage.Devices(false, (fuse, true), (tie, false)));
        var code = new AssetCode(stage.Now.Assets!.Segments.Of(below));
        Assert.Equal((false, VoltageBand.Unknown, LoadBand.Unknown), (code.Dead, code.Volt, code.Load));
        stage.Take(stage.Devices(false, (fuse, false), (tie, true)));
        Assert.Equal(LoadBand.Under60, new AssetCode(stage.Now.Assets!.Segments.Of(below)).Load);
    }

    [Fact]
    public void A_capacitors_switch_interrupts_nothing()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var topology = TestTrees.Make(seed);
            var energised = new Energisation(topology);
            List<int> changed = [];
            for (var d = 0; d < topology.Model.Devices.Count; d++)
            {
                if (topology.Model.Devices.Kind[d] == AssetKind.Capacitor) energised.SetOpen(d, true);
            }

            energised.Settle(changed);
            Assert.Empty(changed);
        }
    }

    /// <summary>Feeder 0 is one segment and a fused branch, feeder 1 one segment, and a tie joins the two ends.</summary>
    private static (GridTopology Topology, int Fuse, int Tie, int Below) Island()
    {
        for (var seed = 0; ; seed++)
        {
            var topology = TestTrees.Make(seed, 1, 2, 4);
            var (devices, segments) = (topology.Model.Devices, topology.Model.Segments);
            for (var d = 0; d < devices.Count; d++)
            {
                var below = devices.SegmentId[d];
                if (devices.Kind[d] is AssetKind.TieSwitch or AssetKind.Capacitor || topology.ChildrenOf(below).Length > 0 || segments.ParentId[below] < 0) continue;
                var ties = topology.TiesAt(below);
                if (ties.Length != 1 || segments.ParentId[ties[0]] != below || segments.FeederId[segments.TieToId[ties[0]]] == segments.FeederId[below]) continue;
                return (topology, d, topology.DevicesAt(ties[0])[0], below);
            }
        }
    }

    private static void Turn(GridTopology topology, Energisation energised, bool[] source, Random random)
    {
        if (random.Next(4) == 0)
        {
            var feeder = random.Next(source.Length);
            energised.SetSource(feeder, source[feeder] = !source[feeder]);
        }
        else if (topology.Model.Devices.Count > 0)
        {
            var device = random.Next(topology.Model.Devices.Count);
            energised.SetOpen(device, !energised.IsOpen(device));
        }
    }

    private static bool OpenAt(GridTopology topology, Energisation energised, int segment)
    {
        foreach (var device in topology.DevicesAt(segment))
        {
            if (topology.Model.Devices.Kind[device] != AssetKind.Capacitor && energised.IsOpen(device)) return true;
        }

        return false;
    }

    /// <summary>The same said another way: sets of ends that closed ways join, dead where none of a set's feeders has power.</summary>
    private static bool[] Dead(GridTopology topology, Energisation energised, bool[] source)
    {
        var segments = topology.Model.Segments;
        var set = Enumerable.Range(0, segments.Count + source.Length).ToArray();
        for (var s = 0; s < segments.Count; s++)
        {
            if (OpenAt(topology, energised, s)) continue;
            if (segments.Kind[s] == SegmentKind.Tie) Union(From(s), segments.TieToId[s]);
            else Union(s, From(s));
        }

        HashSet<int> live = [.. Enumerable.Range(0, source.Length).Where(f => source[f]).Select(f => Find(segments.Count + f))];
        return [.. Enumerable.Range(0, segments.Count).Select(s => !live.Contains(Find(segments.Kind[s] == SegmentKind.Tie ? segments.TieToId[s] : s)))];

        int From(int s) => segments.ParentId[s] >= 0 ? segments.ParentId[s] : segments.Count + segments.FeederId[s];
        int Find(int at) => set[at] == at ? at : set[at] = Find(set[at]);
        void Union(int a, int b) => set[Find(a)] = Find(b);
    }
}
