using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>One decoded segment; coordinates in 1e-5 degrees.</summary>
public readonly record struct GeometrySegment(int FeederId, SegmentKind Kind, Phases Phases, int FromLat, int FromLon, int ToLat, int ToLon);

/// <summary>
/// The lines of the whole network as one small file, for the map's worker. Layout, all integers unsigned LEB128 varints unless said otherwise:
/// <code>
/// "FXG1"
/// feederCount
/// per feeder, in id order:
///   segmentCount
///   per segment:
///     flags, one byte: bit 0 starts a new polyline, i.e. its from is not the to before; bits 1-2 kind (0 backbone, 1 lateral, 2 tie); bits 3-5 phases A, B, C
///     where bit 0: zigzag dLat, dLon of from, relative to the last point
///     zigzag dLat, dLon of to, relative to from
/// </code>
/// The last point starts at (0, 0) for the file and runs on across feeders. Units are 1e-5 degrees (1.1 m).
/// </summary>
public static class GeometryCodec
{
    /// <summary>Units in a degree.</summary>
    public const int Scale = 100_000;

    private static ReadOnlySpan<byte> Magic => "FXG1"u8;

    public static byte[] Encode(int feederCount, LineSegments segments)
    {
        var ofFeeder = ByFeeder(feederCount, segments);
        var bytes = new MemoryStream(segments.Count * 7);
        bytes.Write(Magic);
        Unsigned(bytes, (uint)feederCount);
        int lat = 0, lon = 0;
        for (var feeder = 0; feeder < feederCount; feeder++)
        {
            Unsigned(bytes, (uint)ofFeeder[feeder].Count);
            foreach (var id in ofFeeder[feeder])
            {
                var (fromLat, fromLon) = (Fixed(segments.FromLat[id]), Fixed(segments.FromLon[id]));
                var (toLat, toLon) = (Fixed(segments.ToLat[id]), Fixed(segments.ToLon[id]));
                var starts = fromLat != lat || fromLon != lon;
                bytes.WriteByte((byte)((starts ? 1 : 0) | (int)segments.Kind[id] << 1 | (int)segments.Phases[id] << 3));
                if (starts)
                {
                    Signed(bytes, fromLat - lat);
                    Signed(bytes, fromLon - lon);
                }

                Signed(bytes, toLat - fromLat);
                Signed(bytes, toLon - fromLon);
                (lat, lon) = (toLat, toLon);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The inverse of <see cref="Encode"/>; segments in file order.</summary>
    public static List<GeometrySegment> Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic)) throw new InvalidDataException("Not a geometry file: it does not start with FXG1.");
        var at = Magic.Length;
        var segments = new List<GeometrySegment>();
        var feeders = Unsigned(bytes, ref at);
        int lat = 0, lon = 0;
        for (var feeder = 0; feeder < feeders; feeder++)
        {
            var count = Unsigned(bytes, ref at);
            for (var i = 0; i < count; i++)
            {
                var flags = bytes[at++];
                if ((flags & 1) != 0)
                {
                    lat += Signed(bytes, ref at);
                    lon += Signed(bytes, ref at);
                }

                var (fromLat, fromLon) = (lat, lon);
                lat += Signed(bytes, ref at);
                lon += Signed(bytes, ref at);
                segments.Add(new(feeder, (SegmentKind)(flags >> 1 & 3), (Phases)(flags >> 3 & 7), fromLat, fromLon, lat, lon));
            }
        }

        return segments;
    }

    /// <summary>A coordinate on the file's grid.</summary>
    public static int Fixed(double degrees) => (int)Math.Round(degrees * Scale);

    private static List<int>[] ByFeeder(int feederCount, LineSegments segments)
    {
        var ofFeeder = new List<int>[feederCount];
        for (var feeder = 0; feeder < feederCount; feeder++) ofFeeder[feeder] = [];
        for (var id = 0; id < segments.Count; id++) ofFeeder[segments.FeederId[id]].Add(id);
        return ofFeeder;
    }

    private static void Signed(MemoryStream bytes, int value) => Unsigned(bytes, (uint)(value << 1 ^ value >> 31));

    private static void Unsigned(MemoryStream bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7) bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }

    private static int Signed(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = Unsigned(bytes, ref at);
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    private static uint Unsigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
