using FluxOps.Blazor.Live;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FsCheck.Xunit;

namespace FluxOps.Tests.Live;

/// <summary>Codes of segments, devices, transformers and meters, kept up step by step, against the same said from the start.</summary>
public sealed class AssetBoardTests
{
    [Property(MaxTest = 120)]
    public void Codes_kept_up_step_by_step_are_those_of_all_that_is_known(int seed, byte steps)
    {
        var story = new GridStory(seed);
        var stage = new Stage(story.Topology.Model);
        stage.State.Attach(story.Topology);
        for (var n = 0; n <= steps % 40; n++)
        {
            stage.Take([.. story.Next(stage)]);
            var assets = stage.Now.Assets!;
            var topology = story.Topology;
            var energised = Energised(stage.Now, story);
            for (var s = 0; s < topology.Model.Segments.Count; s++) Assert.Equal(Segment(stage.Now, topology, energised, s), new AssetCode(assets.Segments.Of(s)));
            for (var d = 0; d < topology.Model.Devices.Count; d++) Assert.Equal(Device(stage.Now, story, d), new AssetCode(assets.Devices.Of(d)));
            for (var m = 0; m < topology.Model.UsagePoints.Count; m++) Assert.Equal(Meter(stage, story, energised, m), new AssetCode(assets.Meters.Of(m)));
            for (var t = 0; t < topology.Model.Transformers.Count; t++) Assert.Equal(Transformer(stage, story, energised, t), new AssetCode(assets.Transformers.Of(t)));
            for (var f = 0; f < stage.Grid.Feeders.Length; f++) Assert.Equal(stage.Now.Feeders.Status[f], new AssetCode(stage.Now.Feeders.Code[f]).Status);
            for (var s = 0; s < stage.Grid.Substations.Length; s++) Assert.Equal(stage.Now.Substations.Status[s], new AssetCode(stage.Now.Substations.Code[s]).Status);
        }
    }

    [Property(MaxTest = 60)]
    public void It_does_not_matter_when_the_topology_comes(int seed, byte steps, byte at)
    {
        var (story, later) = (new GridStory(seed), new GridStory(seed));
        var (first, second) = (new Stage(story.Topology.Model), new Stage(later.Topology.Model));
        first.State.Attach(story.Topology);
        for (var n = 0; n <= steps % 30; n++)
        {
            first.Take([.. story.Next(first)]);
            if (n == at % 30) second.State.Apply(new TopologyLoaded(later.Topology));
            second.Take([.. later.Next(second)]);
            if (n < at % 30)
            {
                Assert.Null(second.Now.Assets);
                continue;
            }

            foreach (var layer in new[] { AssetLayer.Segment, AssetLayer.Device, AssetLayer.Transformer, AssetLayer.Meter })
                Assert.Equal(first.Now.Assets!.Layer(layer).Chunks, second.Now.Assets!.Layer(layer).Chunks);
            Assert.Equal(first.Now.Kpis.CustomersOut, second.Now.Kpis.CustomersOut);
        }
    }

    [Property(MaxTest = 60)]
    public void Published_codes_never_change_and_what_did_not_move_is_shared(int seed, byte steps)
    {
        var story = new GridStory(seed);
        var stage = new Stage(story.Topology.Model);
        stage.State.Attach(story.Topology);
        List<(AssetCodes Codes, byte[][] Copy)> kept = [];
        for (var n = 0; n <= steps % 30; n++)
        {
            var before = stage.Now?.Assets;
            stage.Take([.. story.Next(stage)]);
            foreach (var layer in new[] { AssetLayer.Segment, AssetLayer.Device, AssetLayer.Transformer, AssetLayer.Meter })
            {
                var codes = stage.Now!.Assets!.Layer(layer);
                kept.Add((codes, [.. codes.Chunks.Select(c => (byte[])c.Clone())]));
                for (var c = 0; before is not null && c < codes.Chunks.Length; c++)
                    Assert.Equal(before.Layer(layer).Chunks[c].SequenceEqual(codes.Chunks[c]), ReferenceEquals(before.Layer(layer).Chunks[c], codes.Chunks[c]));
            }
        }

        Assert.All(kept, k => Assert.Equal(k.Copy, k.Codes.Chunks));
    }

    [Fact]
    public void Ids_that_are_not_of_this_network_are_passed_over()
    {
        var model = TestTrees.Make(7).Model;
        Array.Fill(model.Transformers.SegmentId, -1, 0, 2);
        model.Devices.SegmentId[0] = -1;
        var stage = new Stage(model);
        stage.State.Attach(new GridTopology(model));
        stage.Take(stage.Sweep(full: true, open: [1]), stage.Devices(true, (-1, true), (0, true), (1, true), (int.MaxValue, true)));
        Assert.NotNull(stage.Now.Assets);
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(), stage.Devices(true, (-2, false)));
        Assert.NotNull(stage.Now.Assets);
        Assert.Null(stage.State.TakeAssetsFault());
    }

    [Fact]
    public void The_topology_may_have_more_meters_than_the_feeders_say()
    {
        var model = TestTrees.Make(7).Model;
        var less = new GridModel
        {
            Network = model.Network, Counts = model.Counts, Substations = model.Substations, Banks = model.Banks, Segments = model.Segments, Devices = model.Devices,
            Transformers = model.Transformers, UsagePoints = model.UsagePoints, Feeders = [.. model.Feeders.Select(f => f with { Meters = 0, Customers = 0 })],
        };
        var stage = new Stage(less);
        stage.State.Attach(new GridTopology(less));
        stage.Take(stage.Sweep(full: true));
        Assert.Equal(model.UsagePoints.Count, stage.Now.Assets!.Meters.Count);
        Assert.Null(stage.State.TakeAssetsFault());
    }

    [Fact]
    public void Assets_that_cannot_be_kept_up_go_and_feeders_and_substations_go_on()
    {
        var model = TestTrees.Make(7).Model;
        var topology = new GridTopology(model);
        var stage = new Stage(model);
        stage.State.Attach(topology);
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        // A parent that does not exist: what follows the tree falls over it.
        Array.Fill(model.Segments.ParentId, int.MaxValue);
        Assert.True(stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(open: [0])));
        Assert.Null(stage.Now.Assets);
        Assert.True(stage.Now.AssetsVersion > before.AssetsVersion);
        Assert.Equal(AssetStatus.DeEnergised, stage.Now.Feeders.Status[0]);
        Assert.NotNull(stage.State.TakeAssetsFault());
        Assert.Null(stage.State.TakeAssetsFault());
        Assert.True(stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep()));
        Assert.Equal(AssetStatus.Normal, stage.Now.Feeders.Status[0]);
    }

    private static Energisation Energised(GridSnapshot now, GridStory story)
    {
        var energised = new Energisation(story.Topology);
        foreach (var (device, open) in story.Positions) energised.SetOpen(device, open);
        for (var f = 0; f < now.Feeders.Code.Length; f++) energised.SetSource(f, !new AssetCode(now.Feeders.Code[f]).Dead);
        energised.Settle([]);
        return energised;
    }

    /// <summary>A feeder that is out tells so itself; below an open device, the device does, and what it said stands.</summary>
    private static Freshness Since(AssetCode feeder) => feeder.Dead ? feeder.Age : Freshness.Live;

    private static AssetCode Segment(GridSnapshot now, GridTopology topology, Energisation energised, int s)
    {
        var feeder = new AssetCode(now.Feeders.Code[topology.Model.Segments.FeederId[s]]);
        return energised.IsDead(s) ? AssetCode.Of(true, Since(feeder), 0, 0) : feeder.Dead || energised.IsFedBack(s) ? AssetCode.Of(false, feeder.Age, 0, 0) : feeder;
    }

    private static AssetCode Device(GridSnapshot now, GridStory story, int d)
    {
        var normal = story.Topology.Model.Devices.NormallyOpen[d];
        return story.Positions.GetValueOrDefault(d, normal) != normal
            ? AssetCode.Of(true, Freshness.Live, 0, 0)
            : AssetCode.Of(false, new AssetCode(now.Feeders.Code[story.Topology.FeederOfDevice(d)]).Age, 0, 0);
    }

    private static AssetCode Meter(Stage stage, GridStory story, Energisation energised, int m)
    {
        var transformer = story.Topology.Model.UsagePoints.TransformerId[m];
        var feeder = new AssetCode(stage.Now.Feeders.Code[story.Topology.FeederOfTransformer(transformer)]);
        if (IsDown(story, m)) return AssetCode.Of(true, Freshness.Live, 0, 0);
        if (energised.IsDead(story.Topology.Model.Transformers.SegmentId[transformer])) return AssetCode.Of(true, Since(feeder), 0, 0);
        return Newest(story, m) is { } r ? AssetCode.Of(false, Age(stage, r.Start), StatusLimits.OfService(r.Volts), 0) : AssetCode.Unknown;
    }

    private static AssetCode Transformer(Stage stage, GridStory story, Energisation energised, int t)
    {
        var topology = story.Topology;
        int[] meters = [.. Enumerable.Range(topology.FirstMeterOfTransformer[t], topology.FirstMeterOfTransformer[t + 1] - topology.FirstMeterOfTransformer[t])];
        var feeder = new AssetCode(stage.Now.Feeders.Code[topology.FeederOfTransformer(t)]);
        if (energised.IsDead(topology.Model.Transformers.SegmentId[t])) return AssetCode.Of(true, Since(feeder), 0, 0);
        var down = meters.Count(m => IsDown(story, m));
        if (down >= 2 && down * 2 >= meters.Length) return AssetCode.Of(true, Freshness.Live, 0, 0);
        var told = meters.Select(m => Newest(story, m)).ToArray();
        var newest = told.Max(r => r?.Start ?? 0);
        if (newest == 0) return AssetCode.Unknown;
        var recent = told.Where(r => r?.Start >= newest - 900).Select(r => r!.Value).ToArray();
        var volt = recent.Select(r => StatusLimits.OfService(r.Volts)).Aggregate(VoltageBand.Unknown, StatusLimits.Worse);
        var percent = recent.Length < meters.Length ? float.NaN : recent.Sum(r => r.Kwh * 4) / 0.9f / topology.Model.Transformers.RatedKva[t] * 100;
        return AssetCode.Of(false, Age(stage, newest), volt, float.IsNaN(percent) ? LoadBand.Unknown : percent > 100 ? LoadBand.Over100 : percent >= 80 ? LoadBand.To100 : percent >= 60 ? LoadBand.To80 : LoadBand.Under60);
    }

    private static (long Start, float Kwh, float Volts, ReadingQuality Quality)? Newest(GridStory story, int m)
    {
        (long Start, float Kwh, float Volts, ReadingQuality Quality)? newest = null;
        foreach (var readings in story.Readings)
        {
            if (Array.IndexOf(readings.UsagePointId, m) is var i and >= 0 && readings.IntervalStart[i] >= (newest?.Start ?? 0))
                newest = (readings.IntervalStart[i], readings.Kwh[i], readings.Volts[i], readings.Quality[i]);
        }

        return newest;
    }

    private static bool IsDown(GridStory story, int m)
    {
        var power = story.Events.Where(e => e.UsagePointId == m && e.Kind is EndDeviceEventKind.PowerDown or EndDeviceEventKind.PowerRestore && e.UsagePointId == m)
            .Aggregate((EndDeviceEvent?)null, (last, e) => last is null || e.SourceTime >= last.Value.SourceTime ? e : last);
        if (power?.Kind != EndDeviceEventKind.PowerDown) return false;
        return !story.Readings.Any(r => Array.IndexOf(r.UsagePointId, m) is var i and >= 0
            && r.Quality[i] is ReadingQuality.Good or ReadingQuality.Edited or ReadingQuality.Suspect && (r.IntervalStart[i] + 900) * 1000 > power.Value.SourceTime);
    }

    private static Freshness Age(Stage stage, long start)
    {
        var now = stage.Milliseconds / 1000 / 10 * 10;
        return now <= start + 900 + 1800 ? Freshness.Live : now <= start + 900 + 3600 ? Freshness.Late : Freshness.Stale;
    }
}
