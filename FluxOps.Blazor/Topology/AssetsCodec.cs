using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>Bounding box of a station's meters, 1e-5 degrees; the far corner is (south + height, west + width).</summary>
public readonly record struct MeterBox(int Count, int South, int West, int Height, int Width);

/// <summary>What <see cref="AssetsCodec"/> reads back. Coordinates in 1e-5 degrees.</summary>
public sealed record DecodedAssets(int[] TransformerFeeder, int[] Lat, int[] Lon, int[] DeviceSegment, AssetKind[] DeviceKind, bool[] NormallyOpen, MeterBox[] Meters);

/// <summary>
/// What hangs on the lines as one small file, for the map's worker. Layout, all integers unsigned LEB128 varints unless said otherwise:
/// <code>
/// "FXA1"
/// transformerCount
/// feederCount
/// per feeder, in id order:
///   transformerCount
///   per transformer: zigzag dLat, dLon, relative to the transformer before; the first to (0, 0), and on across feeders
/// deviceCount
/// per device, by index: zigzag dSegmentId, relative to the device before; one byte: bits 0-2 kind, bit 3 normally open
/// substationCount
/// per substation: meterCount, and where it is not 0: zigzag south, zigzag west (absolute), height, width of the box that holds its meters
/// </code>
/// Units are 1e-5 degrees (1.1 m). A transformer's id is its place in the file; a station's first meter is the sum of the counts before it.
/// </summary>
public static class AssetsCodec
{
    private static ReadOnlySpan<byte> Magic => "FXA1"u8;

    public static byte[] Encode(GridTopology topology)
    {
        var (transformers, devices, points) = (topology.Model.Transformers, topology.Model.Devices, topology.Model.UsagePoints);
        var file = new VarintWriter(transformers.Count * 4 + devices.Count * 4);
        file.Bytes(Magic);
        file.Unsigned((uint)transformers.Count);
        var feeders = topology.Model.Feeders.Length;
        file.Unsigned((uint)feeders);
        int lat = 0, lon = 0;
        for (var feeder = 0; feeder < feeders; feeder++)
        {
            var (first, end) = (topology.FirstTransformerOfFeeder[feeder], topology.FirstTransformerOfFeeder[feeder + 1]);
            file.Unsigned((uint)(end - first));
            for (var id = first; id < end; id++) file.Point(transformers.Lat[id], transformers.Lon[id], ref lat, ref lon);
        }

        file.Unsigned((uint)devices.Count);
        for (int id = 0, segment = 0; id < devices.Count; segment = devices.SegmentId[id++])
        {
            file.Signed(devices.SegmentId[id] - segment);
            file.Byte((byte)((int)devices.Kind[id] | (devices.NormallyOpen[id] ? 8 : 0)));
        }

        var stations = topology.Model.Substations.Length;
        file.Unsigned((uint)stations);
        for (var station = 0; station < stations; station++)
        {
            var box = BoxOf(points, topology.FirstMeterOfSubstation[station], topology.FirstMeterOfSubstation[station + 1]);
            file.Unsigned((uint)box.Count);
            if (box.Count == 0) continue;
            file.Signed(box.South);
            file.Signed(box.West);
            file.Unsigned((uint)box.Height);
            file.Unsigned((uint)box.Width);
        }

        return file.ToArray();
    }

    /// <summary>The inverse of <see cref="Encode"/>.</summary>
    public static DecodedAssets Decode(ReadOnlySpan<byte> bytes)
    {
        var file = VarintReader.After(Magic, bytes);
        var transformers = file.Count();
        var (feederOf, lats, lons) = (new int[transformers], new int[transformers], new int[transformers]);
        var feeders = file.Count();
        int id = 0, lat = 0, lon = 0;
        for (var feeder = 0; feeder < feeders; feeder++)
        {
            for (var left = file.Count(); left > 0; left--, id++)
            {
                feederOf[id] = feeder;
                lats[id] = lat += file.Signed();
                lons[id] = lon += file.Signed();
            }
        }

        var devices = file.Count();
        var (segmentOf, kind, open) = (new int[devices], new AssetKind[devices], new bool[devices]);
        for (int device = 0, segment = 0; device < devices; device++)
        {
            segmentOf[device] = segment += file.Signed();
            var flags = file.Byte();
            (kind[device], open[device]) = ((AssetKind)(flags & 7), (flags & 8) != 0);
        }

        var boxes = new MeterBox[file.Count()];
        for (var station = 0; station < boxes.Length; station++)
            boxes[station] = file.Count() is > 0 and var count ? new(count, file.Signed(), file.Signed(), file.Count(), file.Count()) : default;
        return new(feederOf, lats, lons, segmentOf, kind, open, boxes);
    }

    private static MeterBox BoxOf(UsagePoints points, int first, int end)
    {
        if (first == end) return default;
        int south = int.MaxValue, west = int.MaxValue, north = int.MinValue, east = int.MinValue;
        for (var id = first; id < end; id++)
        {
            var (lat, lon) = (GeometryCodec.Fixed(points.Lat[id]), GeometryCodec.Fixed(points.Lon[id]));
            (south, north) = (Math.Min(south, lat), Math.Max(north, lat));
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
        }

        return new(end - first, south, west, north - south, east - west);
    }
}
