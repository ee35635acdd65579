using System.Buffers.Binary;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Benchmarks.Map;

/// <summary>
/// Frames of the bulk lane as a day brings them, without a store behind: a twentieth of the feeders change in a sweep, with all that hangs on them;
/// a wave of readings moves a twentieth of the transformers and the tallies of every station. Layout: FrameSections.
/// </summary>
internal sealed class SoakFrames
{
    private const byte Snapshot = 1, Delta = 2, Beat = 3, Addition = 4;
    private static readonly byte[] Codes =
    [
        .. from load in Enumerable.Range(1, 4) select AssetCode.Of(false, Freshness.Live, VoltageBand.A, (LoadBand)load).Value,
        AssetCode.Of(true, Freshness.Live, VoltageBand.Unknown, LoadBand.Unknown).Value, AssetCode.Of(false, Freshness.Stale, VoltageBand.A, LoadBand.Under60).Value,
        AssetCode.Of(false, Freshness.Live, VoltageBand.BelowB, LoadBand.Under60).Value,
    ];

    private readonly GridTopology _topology;
    private readonly Random _random = new(8901);
    private readonly byte[][] _layers;
    private readonly byte[] _meters;
    private uint _version = 1;

    public SoakFrames(GridTopology topology)
    {
        _topology = topology;
        var counts = topology.Model.Counts;
        _layers = [new byte[counts.Substations], new byte[counts.Feeders], new byte[counts.Segments], new byte[counts.Devices], new byte[counts.Transformers]];
        _meters = new byte[counts.UsagePoints];
        foreach (var codes in _layers.Append(_meters))
            Array.Fill(codes, Codes[0]);
    }

    public byte[] Whole(LaneWish wish)
    {
        var frame = new Frame(Snapshot, _version);
        frame.Full(0, _layers[0]);
        frame.Full(1, _layers[1]);
        Add(frame, wish);
        return frame.ToArray();
    }

    /// <summary>What was newly asked for.</summary>
    public byte[] More(LaneWish wish)
    {
        var frame = new Frame(Addition, _version);
        Add(frame, wish);
        return frame.ToArray();
    }

    public byte[] Quiet() => new Frame(Beat, _version).ToArray();

    public byte[] Sweep(LaneWish wish)
    {
        var frame = Step();
        var feeders = Some(_layers[1].Length, 20);
        frame.Changes(1, _layers[1], feeders, Change(_layers[1], feeders));
        var stations = feeders.Select(_topology.SubstationOfFeeder).Distinct().Take(10).ToArray();
        frame.Changes(0, _layers[0], stations, Change(_layers[0], stations));
        if (!wish.Assets)
            return frame.ToArray();
        int[] segments = [.. feeders.SelectMany(f => Enumerable.Range(_topology.FirstSegmentOfFeeder[f], _topology.FirstSegmentOfFeeder[f + 1] - _topology.FirstSegmentOfFeeder[f]))];
        foreach (var s in segments)
            _layers[2][s] = _layers[1][_topology.Model.Segments.FeederId[s]];
        frame.Changes(2, _layers[2], segments, segments.Length);
        var devices = Some(_layers[3].Length, 2000);
        frame.Changes(3, _layers[3], devices, Change(_layers[3], devices));
        return frame.ToArray();
    }

    public byte[] Readings(LaneWish wish)
    {
        var frame = Step();
        var transformers = Some(_layers[4].Length, 20);
        Change(_layers[4], transformers);
        for (var m = _random.Next(20); m < _meters.Length; m += 20)
            _meters[m] = Codes[_random.Next(Codes.Length)];
        if (!wish.Assets)
            return frame.ToArray();
        frame.Changes(4, _layers[4], transformers, transformers.Length);
        for (var s = 0; s < _layers[0].Length; s++)
            frame.Tally(s, Meters(s));
        foreach (var s in wish.Stations)
            frame.Full(5, Meters(s).ToArray(), (ushort)s);
        return frame.ToArray();
    }

    private Frame Step() => new(Delta, ++_version, _version - 1);

    private void Add(Frame frame, LaneWish wish)
    {
        for (byte layer = 2; wish.Assets && layer < 5; layer++)
            frame.Full(layer, _layers[layer]);
        for (var s = 0; wish.Assets && s < _layers[0].Length; s++)
            frame.Tally(s, Meters(s));
        foreach (var s in wish.Stations)
            frame.Full(5, Meters(s).ToArray(), (ushort)s);
    }

    private ReadOnlySpan<byte> Meters(int station) => _meters.AsSpan(_topology.FirstMeterOfSubstation[station].._topology.FirstMeterOfSubstation[station + 1]);

    private int[] Some(int count, int share)
    {
        var first = _random.Next(share);
        return [.. Enumerable.Range(0, count / share).Select(i => i * share + first).Where(i => i < count)];
    }

    private int Change(byte[] codes, int[] ids)
    {
        foreach (var id in ids)
            codes[id] = Codes[_random.Next(100) < 90 ? _random.Next(3) : _random.Next(Codes.Length)];
        return ids.Length;
    }

    private sealed class Frame : MemoryStream
    {
        public Frame(byte kind, uint version, uint? basis = null)
        {
            WriteByte(kind);
            U32(version);
            U32((uint)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            U32((uint)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() >> 32));
            if (basis is { } from)
                U32(from);
        }

        public void Full(byte layer, byte[] codes, ushort group = FrameSections.NoGroup)
        {
            Head(layer, FrameSections.FullForm, group, codes.Length);
            Write(codes);
        }

        public void Changes(byte layer, byte[] codes, int[] ids, int count)
        {
            Head(layer, FrameSections.ChangesForm, FrameSections.NoGroup, count);
            foreach (var id in ids)
            {
                U32((uint)id);
                WriteByte(codes[id]);
            }
        }

        public void Tally(int station, ReadOnlySpan<byte> codes)
        {
            var counts = new uint[AssetCode.Count];
            foreach (var code in codes)
                counts[code]++;
            Head(5, FrameSections.TallyForm, (ushort)station, counts.Count(c => c > 0));
            for (var code = 0; code < counts.Length; code++)
            {
                if (counts[code] == 0)
                    continue;
                WriteByte((byte)code);
                U32(counts[code]);
            }
        }

        private void Head(byte layer, byte form, ushort group, int count)
        {
            WriteByte(layer);
            WriteByte(form);
            WriteByte((byte)group);
            WriteByte((byte)(group >> 8));
            U32((uint)count);
        }

        private void U32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            Write(bytes);
        }
    }
}

/// <summary>What a page says it looks at.</summary>
internal sealed record LaneWish(bool Assets, int[] Stations);
