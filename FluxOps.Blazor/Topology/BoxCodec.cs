using System.Buffers.Binary;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>A line of a decoded answer, or a point, whose two ends are one. Coordinates in 1e-5 degrees.</summary>
public readonly record struct BoxAsset(int Id, byte Code, int Segment, int FromLat, int FromLon, int ToLat, int ToLon);

/// <summary>
/// What lies in a box, compact: <c>application/vnd.fluxops.grid</c>. Integers are unsigned LEB128 varints unless said otherwise; coordinates in 1e-5 degrees.
/// <code>
/// "FXB1"
/// u8 layer: 0 substations, 1 feeders, 3 devices, 4 transformers, 5 meters
/// i64 newest source time of the telemetry in the picture, Unix milliseconds, little endian
/// count
/// per asset, by id: dId (relative to the asset before, the first to 0), u8 code (AssetCode)
///   points: zigzag dLat, dLon, relative to the point before; the first to (0, 0)
///   feeders: segmentCount, per segment: dSegmentId (relative to the segment before, the first of all to 0), u8 flags, zigzag coordinates as in FXG1
/// </code>
/// </summary>
public static class BoxCodec
{
    private static ReadOnlySpan<byte> Magic => "FXB1"u8;

    public static byte[] Encode(AssetLayer layer, long newestSourceTime, PictureCodes codes, GridTopology topology, int[] ids, int[] segments)
    {
        var file = new VarintWriter(32 + ids.Length * 6 + segments.Length * 7);
        file.Bytes(Magic);
        file.Byte((byte)layer);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(time, newestSourceTime);
        file.Bytes(time);
        file.Unsigned((uint)ids.Length);
        var lines = topology.Model.Segments;
        int lastId = 0, lastSegment = 0, lat = 0, lon = 0, at = 0;
        foreach (var id in ids)
        {
            file.Unsigned((uint)(id - lastId));
            lastId = id;
            file.Byte(codes.Of(layer, id).Value);
            if (layer is not AssetLayer.Feeder)
            {
                var (latitude, longitude) = topology.PlaceOf(new(layer, id));
                file.Point(latitude, longitude, ref lat, ref lon);
                continue;
            }

            var end = at;
            while (end < segments.Length && lines.FeederId[segments[end]] == id) end++;
            file.Unsigned((uint)(end - at));
            for (; at < end; at++)
            {
                var segment = segments[at];
                file.Unsigned((uint)(segment - lastSegment));
                lastSegment = segment;
                var starts = GeometryCodec.Fixed(lines.FromLat[segment]) != lat || GeometryCodec.Fixed(lines.FromLon[segment]) != lon;
                file.Byte((byte)((starts ? 1 : 0) | (int)lines.Kind[segment] << 1 | (int)lines.Phases[segment] << 3));
                if (starts) file.Point(lines.FromLat[segment], lines.FromLon[segment], ref lat, ref lon);
                file.Point(lines.ToLat[segment], lines.ToLon[segment], ref lat, ref lon);
            }
        }

        return file.ToArray();
    }

    /// <summary>The inverse of <see cref="Encode"/>: a feeder's lines one by one, a point with <c>Segment</c> −1.</summary>
    public static (AssetLayer Layer, long NewestSourceTime, List<BoxAsset> Assets) Decode(ReadOnlySpan<byte> bytes)
    {
        var file = VarintReader.After(Magic, bytes);
        var layer = (AssetLayer)file.Byte();
        long time = 0;
        for (var i = 0; i < 8; i++) time |= (long)file.Byte() << (8 * i);
        List<BoxAsset> assets = [];
        int id = 0, segment = 0, lat = 0, lon = 0;
        for (var left = file.Count(); left > 0; left--)
        {
            id += file.Count();
            var code = file.Byte();
            if (layer is not AssetLayer.Feeder)
            {
                lat += file.Signed();
                lon += file.Signed();
                assets.Add(new(id, code, -1, lat, lon, lat, lon));
                continue;
            }

            for (var lines = file.Count(); lines > 0; lines--)
            {
                segment += file.Count();
                if ((file.Byte() & 1) != 0)
                {
                    lat += file.Signed();
                    lon += file.Signed();
                }

                var (fromLat, fromLon) = (lat, lon);
                lat += file.Signed();
                lon += file.Signed();
                assets.Add(new(id, code, segment, fromLat, fromLon, lat, lon));
            }
        }

        return (layer, time, assets);
    }
}
