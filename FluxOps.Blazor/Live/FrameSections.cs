using System.Buffers.Binary;
using System.IO.Compression;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Sections of the bulk lane's frames: u8 layer, u8 form, u16 group (the substation of meters, else 0xFFFF), u32 n, then by form
/// <list type="bullet">
/// <item>0 full: n × u8 code;</item>
/// <item>1 changes: n × (u32 id, u8 code), ids global in the layer;</item>
/// <item>2 deflated full: u32 byteCount, that many bytes of raw deflate, n codes (never of substations and feeders: the page's own thread reads those);</item>
/// <item>3 tally: n × (u8 code, u32 count), how many meters of a station have each code; replaces the former one.</item>
/// </list>
/// </summary>
internal static class FrameSections
{
    public const byte FullForm = 0, ChangesForm = 1, DeflatedForm = 2, TallyForm = 3;
    public const ushort NoGroup = 0xFFFF;
    public const int HeaderBytes = 1 + 1 + 2 + 4;
    public const int ChangeBytes = 4 + 1;
    private const int TallyBytes = 1 + 4;
    /// <summary>Below this, deflating saves nothing worth a stream in the browser.</summary>
    private const int DeflateAbove = 1024;

    private static readonly AssetLayer[] Below = [AssetLayer.Segment, AssetLayer.Device, AssetLayer.Transformer];

    /// <summary>All substations and feeders.</summary>
    public static byte[] Stations(GridSnapshot snapshot)
    {
        var bytes = new MemoryStream();
        Full(bytes, AssetLayer.Substation, NoGroup, snapshot.Substations.Code);
        Full(bytes, AssetLayer.Feeder, NoGroup, snapshot.Feeders.Code);
        return bytes.ToArray();
    }

    /// <summary>Substations and feeders that changed; all of them where that is shorter. Empty where none did.</summary>
    public static byte[] Stations(GridSnapshot from, GridSnapshot to)
    {
        var bytes = new MemoryStream();
        Step(bytes, AssetLayer.Substation, from.Substations.Code, to.Substations.Code);
        Step(bytes, AssetLayer.Feeder, from.Feeders.Code, to.Feeders.Code);
        return bytes.ToArray();
    }

    /// <summary>Segments, devices, transformers and the meters' tallies: what changed, or all where there was nothing. Empty where nothing changed.</summary>
    public static byte[] Assets(AssetStates? from, AssetStates to)
    {
        var bytes = new MemoryStream();
        foreach (var layer in Below) Layer(bytes, layer, from?.Layer(layer), to.Layer(layer));
        for (var station = 0; station < to.Meters.Chunks.Length; station++)
        {
            if (!ReferenceEquals(from?.Meters.Chunks[station], to.Meters.Chunks[station])) Tally(bytes, station, from?.Meters.Chunks[station], to.Meters.Chunks[station]);
        }

        return bytes.ToArray();
    }

    /// <summary>The meters of one station: what changed, or all where there was nothing or that is shorter. Empty where nothing changed.</summary>
    public static byte[] Meters(AssetStates? from, AssetStates to, int station)
    {
        var (before, now) = (from?.Meters.Chunks[station], to.Meters.Chunks[station]);
        if (ReferenceEquals(before, now)) return [];
        var bytes = new MemoryStream();
        var changes = before is null ? now.Length : Count(before, now);
        if (before is null || changes * ChangeBytes > now.Length) Whole(bytes, AssetLayer.Meter, (ushort)station, now);
        else if (changes > 0)
        {
            Header(bytes, AssetLayer.Meter, ChangesForm, (ushort)station, changes);
            Changes(bytes, before, now, to.Meters.First(station));
        }

        return bytes.ToArray();
    }

    private static void Step(MemoryStream bytes, AssetLayer layer, byte[] before, byte[] now)
    {
        if (ReferenceEquals(before, now)) return;
        var changes = Count(before, now);
        if (changes == 0) return;
        if (changes * ChangeBytes > now.Length)
        {
            Full(bytes, layer, NoGroup, now);
            return;
        }

        Header(bytes, layer, ChangesForm, NoGroup, changes);
        Changes(bytes, before, now, 0);
    }

    private static void Layer(MemoryStream bytes, AssetLayer layer, AssetCodes? before, AssetCodes now)
    {
        if (ReferenceEquals(before, now)) return;
        var changes = 0;
        for (var c = 0; before is not null && c < now.Chunks.Length; c++)
        {
            if (!ReferenceEquals(before.Chunks[c], now.Chunks[c])) changes += Count(before.Chunks[c], now.Chunks[c]);
        }

        // Deflated, the whole is about an eighth of its codes.
        if (before is null || changes * ChangeBytes > Math.Max(now.Count / 4, DeflateAbove))
        {
            var all = new byte[now.Count];
            for (var c = 0; c < now.Chunks.Length; c++) now.Chunks[c].CopyTo(all, now.First(c));
            Whole(bytes, layer, NoGroup, all);
            return;
        }

        if (changes == 0) return;
        Header(bytes, layer, ChangesForm, NoGroup, changes);
        for (var c = 0; c < now.Chunks.Length; c++)
        {
            if (!ReferenceEquals(before.Chunks[c], now.Chunks[c])) Changes(bytes, before.Chunks[c], now.Chunks[c], now.First(c));
        }
    }

    private static void Tally(MemoryStream bytes, int station, byte[]? before, byte[] now)
    {
        Span<int> counts = stackalloc int[AssetCode.Count], former = stackalloc int[AssetCode.Count];
        counts.Clear();
        former.Clear();
        foreach (var code in now) counts[code]++;
        if (before is not null)
        {
            foreach (var code in before) former[code]++;
            if (counts.SequenceEqual(former)) return;
        }

        Header(bytes, AssetLayer.Meter, TallyForm, (ushort)station, AssetCode.Count - counts.Count(0));
        for (var code = 0; code < AssetCode.Count; code++)
        {
            if (counts[code] == 0) continue;
            bytes.WriteByte((byte)code);
            Number(bytes, counts[code]);
        }
    }

    /// <summary>Deflated where that is shorter.</summary>
    private static void Whole(MemoryStream bytes, AssetLayer layer, ushort group, byte[] codes)
    {
        if (codes.Length > DeflateAbove)
        {
            var deflated = new MemoryStream();
            using (var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(codes);
            if (deflated.Length + 4 < codes.Length)
            {
                Header(bytes, layer, DeflatedForm, group, codes.Length);
                Number(bytes, (int)deflated.Length);
                deflated.WriteTo(bytes);
                return;
            }
        }

        Full(bytes, layer, group, codes);
    }

    private static void Full(MemoryStream bytes, AssetLayer layer, ushort group, byte[] codes)
    {
        Header(bytes, layer, FullForm, group, codes.Length);
        bytes.Write(codes);
    }

    private static void Header(MemoryStream bytes, AssetLayer layer, byte form, ushort group, int n)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header[0] = (byte)layer;
        header[1] = form;
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], group);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)n);
        bytes.Write(header);
    }

    private static void Number(MemoryStream bytes, int value)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)value);
        bytes.Write(number);
    }

    private static int Count(byte[] before, byte[] now)
    {
        // Most of a chunk is as it was: equal stretches are skipped many at a time.
        var changes = 0;
        for (var i = 0; i < now.Length; i++)
        {
            i += now.AsSpan(i).CommonPrefixLength(before.AsSpan(i));
            if (i < now.Length) changes++;
        }

        return changes;
    }

    private static void Changes(MemoryStream bytes, byte[] before, byte[] now, int first)
    {
        Span<byte> change = stackalloc byte[ChangeBytes];
        for (var i = 0; i < now.Length; i++)
        {
            i += now.AsSpan(i).CommonPrefixLength(before.AsSpan(i));
            if (i >= now.Length) return;
            BinaryPrimitives.WriteUInt32LittleEndian(change, (uint)(first + i));
            change[4] = now[i];
            bytes.Write(change);
        }
    }
}
