using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Frames of the bulk lane, little endian. Each starts with u8 kind (1 snapshot, 2 delta, 3 beat), u32 version, i64 newest source time in Unix milliseconds. Then
/// <list type="bullet">
/// <item>snapshot: u32 feederCount, that many u8 statuses, u32 substationCount, that many u8 statuses;</item>
/// <item>delta: u32 baseVersion, u32 nF, nF × (u32 id, u8 status), u32 nS, nS × (u32 id, u8 status);</item>
/// <item>beat: nothing. The values moved, no status did: what is drawn is as new as this frame.</item>
/// </list>
/// Frames are made once and shared by every connection that stands at the same version.
/// </summary>
internal static class StatusFrames
{
    public const byte SnapshotKind = 1, DeltaKind = 2, BeatKind = 3;
    private const int HeaderBytes = 1 + 4 + 8;
    private const int ChangeBytes = 4 + 1;

    private static readonly ConditionalWeakTable<GridSnapshot, Frames> Made = [];

    /// <summary>The whole of a snapshot.</summary>
    public static byte[] Snapshot(GridSnapshot snapshot) => Made.GetOrCreateValue(snapshot).Whole ??= MakeSnapshot(snapshot);

    /// <summary>What brings a client from one snapshot to another: a delta or a beat, a whole snapshot where the network is another or most of it changed; null where nothing it draws has moved.</summary>
    public static byte[]? Step(GridSnapshot from, GridSnapshot to)
    {
        if (!ReferenceEquals(from.Grid, to.Grid)) return Snapshot(to);
        var frames = Made.GetOrCreateValue(to);
        // The pair is replaced as a whole: two connections may make the same bytes at the same time, never a mixture.
        if (frames.Step is { } made && made.From == from.Version) return made.Bytes;
        var bytes = MakeStep(from, to);
        frames.Step = new(from.Version, bytes);
        return bytes;
    }

    private static byte[] MakeSnapshot(GridSnapshot snapshot)
    {
        var (feeders, substations) = (snapshot.Feeders.Status, snapshot.Substations.Status);
        var frame = new byte[HeaderBytes + 8 + feeders.Length + substations.Length];
        var at = Header(frame, SnapshotKind, snapshot);
        at = All(frame, at, feeders);
        All(frame, at, substations);
        return frame;
    }

    private static byte[]? MakeStep(GridSnapshot from, GridSnapshot to)
    {
        var feeders = Changes(from.Feeders.Status, to.Feeders.Status);
        var substations = Changes(from.Substations.Status, to.Substations.Status);
        if (feeders + substations == 0)
        {
            if (from.TelemetryVersion == to.TelemetryVersion) return null;
            var beat = new byte[HeaderBytes];
            Header(beat, BeatKind, to);
            return beat;
        }

        var length = HeaderBytes + 4 + 8 + ChangeBytes * (feeders + substations);
        if (length > HeaderBytes + 8 + to.Feeders.Status.Length + to.Substations.Status.Length) return Snapshot(to);
        var frame = new byte[length];
        var at = Header(frame, DeltaKind, to);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(at), (uint)from.Version);
        at = Changed(frame, at + 4, feeders, from.Feeders.Status, to.Feeders.Status);
        Changed(frame, at, substations, from.Substations.Status, to.Substations.Status);
        return frame;
    }

    private static int Header(byte[] frame, byte kind, GridSnapshot snapshot)
    {
        frame[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(1), (uint)snapshot.Version);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(5), snapshot.Kpis.NewestSourceTime);
        return HeaderBytes;
    }

    private static int All(byte[] frame, int at, AssetStatus[] statuses)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(at), (uint)statuses.Length);
        at += 4;
        foreach (var status in statuses) frame[at++] = (byte)status;
        return at;
    }

    private static int Changes(AssetStatus[] from, AssetStatus[] to)
    {
        // Shared between the snapshots: nothing to compare.
        if (ReferenceEquals(from, to)) return 0;
        var changes = 0;
        for (var id = 0; id < to.Length; id++)
        {
            if (from[id] != to[id]) changes++;
        }

        return changes;
    }

    private static int Changed(byte[] frame, int at, int count, AssetStatus[] from, AssetStatus[] to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(at), (uint)count);
        at += 4;
        if (count == 0) return at;
        for (var id = 0; id < to.Length; id++)
        {
            if (from[id] == to[id]) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(at), (uint)id);
            frame[at + 4] = (byte)to[id];
            at += ChangeBytes;
        }

        return at;
    }

    private sealed class Frames
    {
        public byte[]? Whole;
        public StepFrame? Step;
    }

    private sealed record StepFrame(long From, byte[]? Bytes);
}
