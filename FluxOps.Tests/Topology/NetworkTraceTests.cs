using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FluxOps.Tests.Live;
using FsCheck.Xunit;

namespace FluxOps.Tests.Topology;

/// <summary>What must hold of any trace, on any network.</summary>
public sealed class NetworkTraceTests
{
    [Property(MaxTest = 5)]
    public void Down_from_a_feeders_head_is_the_whole_feeder(int seed)
    {
        var net = Net.Of(seed);
        for (var f = 0; f < net.Model.Feeders.Length; f++)
        {
            var (head, feeder) = (net.Down(AssetLayer.Segment, net.HeadOf(f)), net.Down(AssetLayer.Feeder, f));
            Assert.Equal(net.SegmentsOf(f), head.Segments);
            Assert.Equal(head.Segments, feeder.Segments);
            Assert.Equal(Enumerable.Range(net.Topology.FirstTransformerOfFeeder[f], net.Topology.FirstTransformerOfFeeder[f + 1] - net.Topology.FirstTransformerOfFeeder[f]), feeder.Transformers);
            Assert.Equal(net.Model.Feeders[f].Meters, feeder.MeterCount);
            Assert.Equal(net.Model.Feeders[f].Customers, feeder.Customers);
            Assert.Equal(feeder.Meters, head.Meters);
            Assert.Equal(feeder.Devices, head.Devices);
            Assert.Equal((f, net.Model.Feeders[f].BankId, net.Model.Feeders[f].SubstationId), (feeder.FeederId, feeder.BankId, feeder.SubstationId));
            Assert.Single(net.Model.UsagePoints.Count == 0 ? [default] : feeder.Meters);
        }
    }

    [Property(MaxTest = 5)]
    public void Up_from_any_meter_ends_at_its_feeders_head(int seed)
    {
        var net = Net.Of(seed);
        for (var m = 0; m < net.Model.UsagePoints.Count; m += 7)
        {
            var trace = net.Up(AssetLayer.Meter, m);
            Assert.Equal(net.HeadOf(net.Model.UsagePoints.FeederId[m]), trace.Upstream[^1]);
            for (var i = 0; i + 1 < trace.Upstream.Length; i++) Assert.Equal(net.Model.Segments.ParentId[trace.Upstream[i]], trace.Upstream[i + 1]);
            Assert.Equal([net.Model.UsagePoints.TransformerId[m]], trace.Transformers);
            Assert.Empty(trace.Downstream);
            Assert.All(trace.Devices, d => Assert.Contains(net.Model.Devices.SegmentId[d.Id], trace.Upstream));
        }
    }

    [Property(MaxTest = 5)]
    public void Down_from_a_segment_is_itself_and_what_is_down_from_its_children(int seed)
    {
        var net = Net.Of(seed);
        for (var s = 0; s < net.Model.Segments.Count; s++)
        {
            var whole = net.Down(AssetLayer.Segment, s);
            NetworkTrace[] parts = [.. net.Topology.ChildrenOf(s).ToArray().Select(c => net.Down(AssetLayer.Segment, c))];
            var own = net.Topology.TransformersAt(s).ToArray().Select(t => net.Down(AssetLayer.Transformer, t)).ToArray();
            Assert.Equal(parts.SelectMany(p => p.Segments).Append(s).Order(), whole.Segments);
            Assert.Equal(parts.SelectMany(p => p.Transformers).Concat(own.SelectMany(t => t.Transformers)).Order(), whole.Transformers);
            Assert.Equal(parts.Sum(p => p.MeterCount) + own.Sum(t => t.MeterCount), whole.MeterCount);
            Assert.Equal(whole.MeterCount, whole.Meters.Sum(r => r.Count));
            Assert.Equal(parts.Sum(p => p.Km) + net.Model.Segments.LengthM[s] / 1000.0, whole.Km, 9);
            Assert.Equal(parts.SelectMany(p => p.Devices).Concat(net.Topology.DevicesAt(s).ToArray().Select(net.Passed)).OrderBy(d => d.Id), whole.Devices.OrderBy(d => d.Id));
            Assert.True(whole.Meters.Zip(whole.Meters.Skip(1)).All(p => p.First.First + p.First.Count < p.Second.First), "ranges are apart");
        }
    }

    [Property(MaxTest = 5)]
    public void Both_ways_is_up_and_down_together_and_a_device_stands_between(int seed)
    {
        var net = Net.Of(seed);
        for (var d = 0; d < net.Model.Devices.Count; d++)
        {
            var (up, down, both) = (net.Up(AssetLayer.Device, d), net.Down(AssetLayer.Device, d), net.Both(AssetLayer.Device, d));
            Assert.Empty(up.Segments.Intersect(down.Segments));
            Assert.Equal(up.Segments.Concat(down.Segments).Order(), both.Segments);
            Assert.Equal(up.Devices.Concat(down.Devices).Select(p => p.Id).Distinct().Order(), both.Devices.Select(p => p.Id).Order());
            Assert.Equal(d, up.Devices[0].Id);
            Assert.Equal(down.MeterCount, both.MeterCount);
        }
    }

    [Fact]
    public void A_stations_feeders_add_up_to_it()
    {
        var net = Net.Of(1);
        var station = net.Down(AssetLayer.Substation, 2);
        NetworkTrace[] feeders = [.. net.Model.Feeders.Where(f => f.SubstationId == 2).Select(f => net.Down(AssetLayer.Feeder, f.Id))];
        Assert.Equal(feeders.SelectMany(f => f.Segments), station.Segments);
        Assert.Equal(feeders.Sum(f => f.MeterCount), station.MeterCount);
        Assert.Equal((null, null, 2), (station.FeederId, station.BankId, station.SubstationId));
    }

    [Fact]
    public void Ties_are_named_and_not_followed()
    {
        var net = Net.Of(1);
        var tie = Array.IndexOf(net.Model.Segments.Kind, SegmentKind.Tie);
        Assert.Equal([tie], net.Down(AssetLayer.Segment, tie).Segments);
        Assert.Contains(tie, net.Down(AssetLayer.Feeder, net.Model.Segments.FeederId[tie]).Ties);
        Assert.Contains(tie, net.Down(AssetLayer.Feeder, net.Model.Segments.FeederId[net.Model.Segments.TieToId[tie]]).Ties);
        Assert.Equal(net.Model.Segments.ParentId[tie], net.Up(AssetLayer.Segment, tie).Upstream[1]);
    }

    [Fact]
    public void What_is_de_energised_is_counted()
    {
        var grid = NetworkSynthesiser.Build(NetworkPlan.Tiny);
        var stage = new Stage(grid);
        stage.Take(stage.Sweep(full: true, open: [3]));
        var net = new Net(new(grid), stage.Now);
        var dead = net.Down(AssetLayer.Feeder, 3);
        Assert.Equal(dead.Segments.Length, dead.SegmentsOut);
        Assert.Equal(0, net.Down(AssetLayer.Feeder, 4).SegmentsOut);
    }

    private sealed class Net(GridTopology topology, GridSnapshot snapshot)
    {
        private readonly PictureCodes _codes = new(snapshot, topology);

        public GridTopology Topology => topology;
        public GridModel Model => topology.Model;

        public static Net Of(int seed)
        {
            var grid = NetworkSynthesiser.Build(NetworkPlan.Tiny with { Seed = seed });
            var stage = new Stage(grid);
            stage.Take(stage.Sweep(full: true));
            return new(new(grid), stage.Now);
        }

        public NetworkTrace Up(AssetLayer layer, int id) => NetworkTrace.Of(topology, _codes, new(layer, id), TraceDirection.Up);
        public NetworkTrace Down(AssetLayer layer, int id) => NetworkTrace.Of(topology, _codes, new(layer, id), TraceDirection.Down);
        public NetworkTrace Both(AssetLayer layer, int id) => NetworkTrace.Of(topology, _codes, new(layer, id), TraceDirection.Both);
        public PassedDevice Passed(int device) => new(device, _codes.IsOpen(device), Model.Devices.NormallyOpen[device]);
        public int[] SegmentsOf(int feeder) => [.. Enumerable.Range(0, Model.Segments.Count).Where(s => Model.Segments.FeederId[s] == feeder && Model.Segments.Kind[s] != SegmentKind.Tie)];
        public int HeadOf(int feeder) => SegmentsOf(feeder).Single(s => Model.Segments.ParentId[s] < 0);
    }
}
