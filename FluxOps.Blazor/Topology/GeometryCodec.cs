using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

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
        var file = new VarintWriter(segments.Count * 7);
        file.Bytes(Magic);
        file.Unsigned((uint)feederCount);
        int lat = 0, lon = 0;
        for (var feeder = 0; feeder < feederCount; feeder++)
        {
            file.Unsigned((uint)ofFeeder[feeder].Count);
            foreach (var id in ofFeeder[feeder])
            {
                var (fromLat, fromLon) = (Fixed(segments.FromLat[id]), Fixed(segments.FromLon[id]));
                var (toLat, toLon) = (Fixed(segments.ToLat[id]), Fixed(segments.ToLon[id]));
                var starts = fromLat != lat || fromLon != lon;
                file.Byte((byte)((starts ? 1 : 0) | (int)segments.Kind[id] << 1 | (int)segments.Phases[id] << 3));
                if (starts)
                {
                    file.Signed(fromLat - lat);
                    file.Signed(fromLon - lon);
                }

                file.Signed(toLat - fromLat);
                file.Signed(toLon - fromLon);
                (lat, lon) = (toLat, toLon);
            }
        }

        return file.ToArray();
    }

    /// <summary>The inverse of <see cref="Encode"/>; segments in file order.</summary>
    public static List<GeometrySegment> Decode(ReadOnlySpan<byte> bytes)
    {
        var file = VarintReader.After(Magic, bytes);
        var segments = new List<GeometrySegment>();
        var feeders = file.Count();
        int lat = 0, lon = 0;
        for (var feeder = 0; feeder < feeders; feeder++)
        {
            var count = file.Count();
            for (var i = 0; i < count; i++)
            {
                var flags = file.Byte();
                if ((flags & 1) != 0)
                {
                    lat += file.Signed();
                    lon += file.Signed();
                }

                var (fromLat, fromLon) = (lat, lon);
                lat += file.Signed();
                lon += file.Signed();
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
}
