using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Frames of the bulk lane, protocol 2, little endian. Each starts with u8 kind (1 snapshot, 2 delta, 3 beat, 4 addition), u32 version, i64 newest source time in Unix
/// milliseconds; a delta goes on with u32 base version. Then sections (<see cref="FrameSections"/>) to the end of the frame; a beat has none: the values moved, no code did,
/// what is drawn is as new as this frame. An addition holds what a connection asked for anew, as of the version where it stands.
/// What frames are made of is made once and shared by every connection that stands at the same version; so are the frames of those that draw no meters.
/// </summary>
internal static class StatusFrames
{
    public const byte SnapshotKind = 1, DeltaKind = 2, BeatKind = 3, AdditionKind = 4;

    private static readonly ConditionalWeakTable<GridSnapshot, Frames> Made = [];

    /// <summary>The whole of a snapshot, as far as it is looked at.</summary>
    public static byte[] Snapshot(GridSnapshot snapshot, LaneLook look)
    {
        var made = Made.GetOrCreateValue(snapshot);
        if (look.Stations.Length == 0)
            return look.Assets ? made.AllAssets ??= Whole(snapshot, made, look) : made.All ??= Whole(snapshot, made, look);
        return Whole(snapshot, made, look);
    }

    /// <summary>What was newly asked for, as of where the connection stands; null where there is nothing of it.</summary>
    public static byte[]? Addition(GridSnapshot snapshot, LaneLook added)
    {
        var made = Made.GetOrCreateValue(snapshot);
        List<byte[]> parts = [FrameHeader.Of(AdditionKind, snapshot)];
        AddWhole(parts, snapshot, made, added);
        return parts.Count > 1 ? Join(parts) : null;
    }

    /// <summary>What brings a client from one snapshot to another: a delta or a beat, a whole snapshot where the network is another; null where nothing it draws has moved.</summary>
    public static byte[]? Step(GridSnapshot from, GridSnapshot to, LaneLook look)
    {
        // Whoever draws assets that are gone has to begin again without them.
        if (!ReferenceEquals(from.Grid, to.Grid) || (from.Assets is not null && to.Assets is null)) return Snapshot(to, look);
        var step = Made.GetOrCreateValue(to).Steps.GetOrAdd(from.Version, static (_, pair) => new StepFrames(pair.from, pair.to), (from, to));
        return step.Frame(from, to, look);
    }

    private static byte[] Whole(GridSnapshot snapshot, Frames made, LaneLook look)
    {
        List<byte[]> parts = [FrameHeader.Of(SnapshotKind, snapshot), made.Stations ??= FrameSections.Stations(snapshot)];
        AddWhole(parts, snapshot, made, look);
        return Join(parts);
    }

    private static void AddWhole(List<byte[]> parts, GridSnapshot snapshot, Frames made, LaneLook look)
    {
        if (snapshot.Assets is not { } assets) return;
        if (look.Assets) parts.Add(made.Assets ??= FrameSections.Assets(null, assets));
        foreach (var station in look.Stations)
        {
            // Of another network than this one has stations.
            if (station < snapshot.Grid.Substations.Length)
                parts.Add(made.Meters.GetOrAdd(station, static (s, a) => FrameSections.Meters(null, a, s), assets));
        }
    }

    private static byte[] Join(List<byte[]> parts)
    {
        var frame = new byte[parts.Sum(p => p.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(frame, at);
            at += part.Length;
        }

        return frame;
    }

    /// <summary>Of one snapshot: two connections may make the same bytes at the same time, never a mixture.</summary>
    private sealed class Frames
    {
        public byte[]? All, AllAssets, Stations, Assets;
        public readonly ConcurrentDictionary<int, byte[]> Meters = new();
        /// <summary>By the version that is left.</summary>
        public readonly ConcurrentDictionary<long, StepFrames> Steps = new();
    }

    /// <summary>From one snapshot to another, for all who stand there.</summary>
    private sealed class StepFrames(GridSnapshot leaving, GridSnapshot reaching)
    {
        private readonly byte[] _stations = FrameSections.Stations(leaving, reaching);
        private readonly ConcurrentDictionary<int, byte[]> _meters = new();
        private byte[]? _assets;
        private Made? _plain, _withAssets;

        public byte[]? Frame(GridSnapshot from, GridSnapshot to, LaneLook look)
        {
            if (look.Stations.Length > 0) return Make(from, to, look);
            return look.Assets ? (_withAssets ??= new(Make(from, to, look))).Bytes : (_plain ??= new(Make(from, to, look))).Bytes;
        }

        private byte[]? Make(GridSnapshot from, GridSnapshot to, LaneLook look)
        {
            List<byte[]> parts = [FrameHeader.Of(DeltaKind, to, from.Version)];
            if (_stations.Length > 0) parts.Add(_stations);
            if (to.Assets is { } assets && !ReferenceEquals(from.Assets, assets))
            {
                if (look.Assets && (_assets ??= FrameSections.Assets(from.Assets, assets)).Length > 0) parts.Add(_assets);
                foreach (var station in look.Stations)
                {
                    if (station >= to.Grid.Substations.Length) continue;
                    var meters = _meters.GetOrAdd(station, static (s, pair) => FrameSections.Meters(pair.from.Assets, pair.assets, s), (from, assets));
                    if (meters.Length > 0) parts.Add(meters);
                }
            }

            if (parts.Count > 1) return Join(parts);
            return from.TelemetryVersion == to.TelemetryVersion ? null : FrameHeader.Of(BeatKind, to);
        }

        private sealed record Made(byte[]? Bytes);
    }
}
