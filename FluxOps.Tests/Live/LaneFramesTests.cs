using System.Collections.Immutable;
using FluxOps.Blazor.Live;
using FluxOps.Tests.Data;
using FsCheck.Xunit;

namespace FluxOps.Tests.Live;

/// <summary>Frames of everything that a connection may look at: whatever it looks at and whatever it skips, it holds what the server holds.</summary>
public sealed class LaneFramesTests
{
    [Property(MaxTest = 80)]
    public void Any_chain_of_frames_gives_the_servers_codes(int seed, byte steps)
    {
        var random = new Random(seed);
        var story = new GridStory(seed);
        var stage = new Stage(story.Topology.Model);
        Viewer[] viewers = [new(story.Topology.FirstMeterOfSubstation), new(story.Topology.FirstMeterOfSubstation), new(story.Topology.FirstMeterOfSubstation)];
        var attachAt = random.Next(6);
        for (var n = 0; n <= steps % 40; n++)
        {
            if (n == attachAt) stage.State.Attach(story.Topology);
            stage.Take([.. story.Next(stage)]);
            foreach (var viewer in viewers)
            {
                // Looks change between frames and more than once; some connections are slow.
                for (var looks = random.Next(8) - 5; looks > 0; looks--) viewer.Look(random, stage.Grid.Substations.Length);
                if (random.Next(3) == 0) continue;
                viewer.Follow(stage.Now);
                viewer.Compare(stage.Now);
            }
        }
    }

    [Fact]
    public void An_addition_holds_what_is_new_as_of_where_the_client_stands()
    {
        var story = new GridStory(3);
        var stage = new Stage(story.Topology.Model);
        stage.State.Attach(story.Topology);
        stage.Take(stage.Sweep(full: true));
        var viewer = new Viewer(story.Topology.FirstMeterOfSubstation);
        viewer.Follow(stage.Now);
        Assert.Null(viewer.Client.Layers[(int)AssetLayer.Segment]);
        var version = viewer.Client.Version;

        viewer.Look(new(true, [1]));
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(amps: [.. stage.Grid.Feeders.Select(_ => 590f)]));
        var frames = viewer.Follow(stage.Now);

        Assert.Equal([StatusFrames.AdditionKind, StatusFrames.DeltaKind], frames.Select(f => f[0]));
        Assert.Equal(version, BitConverter.ToUInt32(frames[0], 1));
        viewer.Compare(stage.Now);
        Assert.Equal([1], viewer.Client.Meters.Keys);
        // The same again, or less of it, is nothing new.
        viewer.Look(new(true, [1]));
        viewer.Look(new(true, []));
        Assert.Empty(viewer.Follow(stage.Now));
    }

    [Fact]
    public void Connections_at_the_same_version_share_their_frames_and_those_with_meters_what_they_are_made_of()
    {
        var stage = new Stage(TestGrid.Make(substations: 3, feedersEach: 4, metersEach: 40));
        stage.State.Attach(new(stage.Grid));
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(open: [0]), Stage.Readings(Stage.Start.ToUnixTimeSeconds() - 900, [(1, 240), (2, 201)]));
        LaneLook plain = LaneLook.Nothing, all = new(true, []), first = new(true, [0]), both = new(true, [0, 1]);

        Assert.Same(StatusFrames.Snapshot(stage.Now, plain), StatusFrames.Snapshot(stage.Now, plain));
        Assert.Same(StatusFrames.Snapshot(stage.Now, all), StatusFrames.Snapshot(stage.Now, all));
        Assert.Same(StatusFrames.Step(before, stage.Now, plain), StatusFrames.Step(before, stage.Now, plain));
        Assert.Same(StatusFrames.Step(before, stage.Now, all), StatusFrames.Step(before, stage.Now, all));
        // Nothing of station 1 moved, so looking at it adds nothing.
        Assert.Equal(StatusFrames.Step(before, stage.Now, first), StatusFrames.Step(before, stage.Now, both));
        var whole = StatusFrames.Snapshot(stage.Now, both);
        Assert.Equal(StatusFrames.Snapshot(stage.Now, all), whole[..StatusFrames.Snapshot(stage.Now, all).Length]);
    }

    [Fact]
    public void A_tally_counts_the_meters_of_a_station_by_code()
    {
        var stage = new Stage(TestGrid.Make(metersEach: 400));
        stage.State.Attach(new(stage.Grid));
        stage.Take(stage.Sweep(full: true));
        var viewer = new Viewer([]);
        viewer.Look(new(true, []));
        viewer.Follow(stage.Now);
        var start = Stage.Start.ToUnixTimeSeconds() - 900;
        stage.Take(Stage.Readings(start, [.. Enumerable.Range(0, 1000).Select(m => (m, m < 3 ? 210f : 240f))]));
        var delta = Assert.Single(viewer.Follow(stage.Now));
        // Feeder 1 is open at its head: the meters there are without power whatever they told.
        Assert.Equal(3200, viewer.Client.Tallies[0].Values.Sum());
        Assert.Equal(3, viewer.Client.Tallies[0][AssetCode.Of(false, Freshness.Live, VoltageBand.BelowB, LoadBand.Unknown).Value]);
        Assert.Equal(997, viewer.Client.Tallies[0][AssetCode.Of(false, Freshness.Live, VoltageBand.A, LoadBand.Unknown).Value]);
        Assert.True(delta.Length < 200, $"{delta.Length} bytes for a thousand readings of meters that nobody draws");
    }

    private sealed class Viewer
    {
        private readonly LaneView _view = new();
        private readonly LaneCursor _cursor;
        private LaneLook _look = LaneLook.Nothing;

        public Viewer(int[] firstMeter)
        {
            _cursor = new(_view);
            Client = new(station => firstMeter[station]);
        }

        public LaneClient Client { get; }

        public void Look(Random random, int stations) =>
            Look(new(random.Next(3) != 0, [.. Enumerable.Range(0, stations).Where(_ => random.Next(2) == 0)]));

        /// <summary>As a page does: what it lets go of, it forgets at once.</summary>
        public void Look(LaneLook look)
        {
            foreach (var station in Client.Meters.Keys.Except(look.Stations).ToArray()) Client.Meters.Remove(station);
            if (!look.Assets)
            {
                Client.Tallies.Clear();
                for (var layer = 2; layer < Client.Layers.Length; layer++) Client.Layers[layer] = null;
            }

            _view.Look(_look = look);
        }

        public byte[][] Follow(GridSnapshot snapshot)
        {
            byte[][] frames = [.. _cursor.To(snapshot)];
            foreach (var frame in frames) Client.Take(frame);
            return frames;
        }

        public void Compare(GridSnapshot now)
        {
            Assert.Equal(now.Substations.Code, Client.Substations);
            Assert.Equal(now.Feeders.Code, Client.Feeders);
            Assert.Equal(now.Kpis.NewestSourceTime, Client.NewestSourceTime);
            var assets = now.Assets;
            foreach (var layer in new[] { AssetLayer.Segment, AssetLayer.Device, AssetLayer.Transformer })
                Assert.Equal(_look.Assets ? assets?.Layer(layer).Chunks.SelectMany(c => c) : null, Client.Layers[(int)layer]);
            Assert.Equal(assets is null ? [] : _look.Stations, Client.Meters.Keys.Order().ToImmutableArray());
            foreach (var (station, codes) in Client.Meters) Assert.Equal(assets!.Meters.Chunks[station], codes);
            Assert.Equal(_look.Assets && assets is not null ? now.Grid.Substations.Length : 0, Client.Tallies.Count);
            foreach (var (station, tally) in Client.Tallies)
                Assert.Equal(assets!.Meters.Chunks[station].CountBy(c => c).OrderBy(c => c.Key), tally.OrderBy(c => c.Key));
        }
    }
}
