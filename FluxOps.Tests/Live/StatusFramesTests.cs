using System.Buffers.Binary;
using FluxOps.Blazor.Live;
using FsCheck.Xunit;

namespace FluxOps.Tests.Live;

public sealed class StatusFramesTests
{
    /// <summary>What a client of the bulk lane keeps; it throws where a delta does not follow from where it stands.</summary>
    private sealed class Client
    {
        public byte[] Feeders { get; private set; } = [];
        public byte[] Substations { get; private set; } = [];
        public uint Version { get; private set; }
        public long NewestSourceTime { get; private set; }

        public void Take(byte[] frame)
        {
            var at = 13;
            if (frame[0] == StatusFrames.SnapshotKind)
            {
                Feeders = All();
                Substations = All();
            }
            else if (frame[0] == StatusFrames.DeltaKind)
            {
                Assert.Equal(Version, Number());
                Some(Feeders);
                Some(Substations);
            }

            Assert.Equal(frame.Length, at);
            Version = BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(1));
            NewestSourceTime = BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(5));

            uint Number()
            {
                at += 4;
                return BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(at - 4));
            }

            byte[] All()
            {
                var count = (int)Number();
                at += count;
                return frame[(at - count)..at];
            }

            void Some(byte[] statuses)
            {
                for (var left = Number(); left > 0; left--) statuses[Number()] = frame[at++];
            }
        }
    }

    [Property(MaxTest = 60)]
    public void Frames_applied_in_turn_are_the_current_state_even_when_versions_are_skipped(byte[] seeds)
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var client = new Client();
        var shown = stage.Now;
        client.Take(StatusFrames.Snapshot(shown));
        foreach (var seed in seeds)
        {
            var random = new Random(seed);
            float Amps() => random.Next(5) == 0 ? float.NaN : random.Next(700);
            stage.Pass(TimeSpan.FromSeconds(random.Next(1, 12))).Take(stage.Sweep(amps: [Amps(), Amps(), Amps(), Amps()], open: random.Next(3) == 0 ? [random.Next(4)] : null, silentStations: random.Next(3) == 0 ? [random.Next(2)] : null));
            if (seed % 3 == 0) continue; // this client was slow

            if (StatusFrames.Step(shown, stage.Now) is { } frame)
            {
                client.Take(frame);
                shown = stage.Now;
            }

            Assert.Equal(stage.Now.Feeders.Status.Select(s => (byte)s), client.Feeders);
            Assert.Equal(stage.Now.Substations.Status.Select(s => (byte)s), client.Substations);
            Assert.Equal(stage.Now.Kpis.NewestSourceTime, client.NewestSourceTime);
        }
    }

    [Fact]
    public void Values_without_a_status_are_a_beat_of_13_bytes_shared_by_all()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(amps: [301, 300, 300, 300]));
        var beat = StatusFrames.Step(before, stage.Now)!;
        Assert.Equal((StatusFrames.BeatKind, 13), (beat[0], beat.Length));
        Assert.Same(beat, StatusFrames.Step(before, stage.Now));
    }

    [Fact]
    public void What_moves_neither_values_nor_statuses_is_not_sent()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Take(stage.Event(FluxOps.Data.Events.CircuitEventKind.CommunicationLost, 0, Stage.Start));
        Assert.NotSame(before, stage.Now);
        Assert.Null(StatusFrames.Step(before, stage.Now));
    }
}
