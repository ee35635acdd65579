using System.Buffers.Binary;
using FluxOps.Blazor.Live;
using FluxOps.Tests.Data;
using FsCheck.Xunit;

namespace FluxOps.Tests.Live;

public sealed class StatusFramesTests
{
    [Property(MaxTest = 60)]
    public void Frames_applied_in_turn_are_the_current_state_even_when_versions_are_skipped(byte[] seeds)
    {
        var stage = new Stage(TestGrid.Make(substations: 20, feedersEach: 6));
        var count = stage.Grid.Feeders.Length;
        var amps = Enumerable.Repeat(300f, count).ToArray();
        stage.Take(stage.Sweep(full: true));
        var client = new LaneClient();
        var shown = stage.Now;
        client.Take(StatusFrames.Snapshot(shown, LaneLook.Nothing));
        foreach (var seed in seeds)
        {
            var random = new Random(seed);
            // From a few to many changes: deltas, and whole snapshots where those are shorter.
            for (var changes = random.Next(count / (1 + random.Next(20))); changes > 0; changes--) amps[random.Next(count)] = random.Next(5) == 0 ? float.NaN : random.Next(700);
            stage.Pass(TimeSpan.FromSeconds(random.Next(1, 6))).Take(stage.Sweep(amps: [.. amps], open: random.Next(3) == 0 ? [random.Next(count)] : null, silentStations: random.Next(3) == 0 ? [random.Next(20)] : null));
            if (seed % 3 == 0) continue; // this client was slow

            if (StatusFrames.Step(shown, stage.Now, LaneLook.Nothing) is { } frame)
            {
                client.Take(frame);
                shown = stage.Now;
            }

            Assert.Equal(stage.Now.Feeders.Code, client.Feeders);
            Assert.Equal(stage.Now.Substations.Code, client.Substations);
            Assert.Equal(stage.Now.Kpis.NewestSourceTime, client.NewestSourceTime);
        }
    }

    [Fact]
    public void One_changed_feeder_is_a_delta_of_43_bytes()
    {
        var stage = new Stage(TestGrid.Make(substations: 20, feedersEach: 6));
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        float[] amps = [.. stage.Grid.Feeders.Select(f => f.Id == 7 ? 400f : 300f)];
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(amps: amps));
        var delta = StatusFrames.Step(before, stage.Now, LaneLook.Nothing)!;
        // Feeder 7 and with it station 1: a section of one change each.
        Assert.Equal((StatusFrames.DeltaKind, 17 + 2 * (8 + 5)), (delta[0], delta.Length));
        Assert.Equal((7u, AssetStatus.Loaded), (BinaryPrimitives.ReadUInt32LittleEndian(delta.AsSpan(17 + 13 + 8)), new AssetCode(delta[^1]).Status));
    }

    [Fact]
    public void Values_without_a_status_are_a_beat_of_13_bytes_shared_by_all()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(amps: [301, 300, 300, 300]));
        var beat = StatusFrames.Step(before, stage.Now, LaneLook.Nothing)!;
        Assert.Equal((StatusFrames.BeatKind, 13), (beat[0], beat.Length));
        Assert.Same(beat, StatusFrames.Step(before, stage.Now, LaneLook.Nothing));
    }

    [Fact]
    public void What_moves_neither_values_nor_statuses_is_not_sent()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Take(stage.Event(FluxOps.Data.Events.CircuitEventKind.CommunicationLost, 0, Stage.Start));
        Assert.NotSame(before, stage.Now);
        Assert.Null(StatusFrames.Step(before, stage.Now, LaneLook.Nothing));
    }
}
