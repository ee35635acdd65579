using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FsCheck.Xunit;

namespace FluxOps.Tests.Data;

/// <summary>Ranges and lists say what the flat arrays say.</summary>
public sealed class GridTopologyTests
{
    [Property(MaxTest = 10)]
    public void Ranges_and_lists_agree_with_the_arrays(int seed) => Check(new(NetworkSynthesiser.Build(NetworkPlan.Tiny with { Seed = seed })));

    [Fact]
    public void So_they_do_where_owners_have_nothing()
    {
        Check(new(TestGrid.Make()));
        Check(new(TestGrid.Make(metersEach: 0)));
        Check(new(TestGrid.Make(transformersEach: 0)));
        Check(new(TestGrid.Make(0)));
    }

    [Fact]
    public void A_network_in_another_order_is_refused()
    {
        var grid = TestGrid.Make();
        Array.Reverse(grid.UsagePoints.TransformerId);
        Assert.Contains("usage points by transformer", Assert.Throws<InvalidDataException>(() => new GridTopology(grid)).Message, StringComparison.Ordinal);
    }

    private static void Check(GridTopology topology)
    {
        var model = topology.Model;
        var (segments, transformers, devices, points) = (model.Segments, model.Transformers, model.Devices, model.UsagePoints);
        Range(topology.FirstFeederOfSubstation, [.. model.Feeders.Select(f => f.SubstationId)]);
        Range(topology.FirstSegmentOfFeeder, segments.FeederId);
        Range(topology.FirstTransformerOfFeeder, transformers.FeederId);
        Range(topology.FirstMeterOfTransformer, points.TransformerId);
        Range(topology.FirstMeterOfFeeder, points.FeederId);
        Range(topology.FirstSegmentOfSubstation, [.. segments.FeederId.Select(topology.SubstationOfFeeder)]);
        Range(topology.FirstTransformerOfSubstation, [.. transformers.FeederId.Select(topology.SubstationOfFeeder)]);
        Range(topology.FirstMeterOfSubstation, [.. points.FeederId.Select(topology.SubstationOfFeeder)]);

        var all = Enumerable.Range(0, segments.Count).ToArray();
        for (var s = 0; s < segments.Count; s++)
        {
            Assert.Equal(all.Where(c => segments.ParentId[c] == s && segments.Kind[c] != SegmentKind.Tie), topology.ChildrenOf(s).ToArray());
            Assert.Equal(all.Where(t => segments.Kind[t] == SegmentKind.Tie && (segments.ParentId[t] == s || segments.TieToId[t] == s)), topology.TiesAt(s).ToArray());
            Assert.Equal(Enumerable.Range(0, transformers.Count).Where(t => transformers.SegmentId[t] == s), topology.TransformersAt(s).ToArray());
            Assert.Equal(Enumerable.Range(0, devices.Count).Where(d => devices.SegmentId[d] == s), topology.DevicesAt(s).ToArray());
        }

        for (var m = 0; m < points.Count; m++) Assert.Equal(points.FeederId[m], topology.FeederOfMeter(m));
        for (var t = 0; t < transformers.Count; t++) Assert.Equal(transformers.FeederId[t], topology.FeederOfTransformer(t));
        for (var d = 0; d < devices.Count; d++) Assert.Equal(segments.FeederId[devices.SegmentId[d]], topology.FeederOfDevice(d));
    }

    private static void Range(int[] first, int[] ownerOf)
    {
        Assert.Equal(0, first[0]);
        Assert.Equal(ownerOf.Length, first[^1]);
        for (var owner = 0; owner + 1 < first.Length; owner++) Assert.All(ownerOf[first[owner]..first[owner + 1]], o => Assert.Equal(owner, o));
    }
}
