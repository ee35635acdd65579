using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>What <see cref="MetersCodec"/> reads back. Coordinates in 1e-5 degrees.</summary>
public sealed record DecodedMeters(int FirstId, int[] Lat, int[] Lon);

/// <summary>
/// The places of one station's meters, for the map's worker. Layout, all integers unsigned LEB128 varints unless said otherwise:
/// <code>
/// "FXM1"
/// firstId
/// count
/// per meter, in id order: zigzag dLat, dLon, relative to the meter before; the first to (0, 0)
/// </code>
/// Units are 1e-5 degrees (1.1 m).
/// </summary>
public static class MetersCodec
{
    private static ReadOnlySpan<byte> Magic => "FXM1"u8;

    public static byte[] Encode(GridTopology topology, int substation)
    {
        var (first, end) = (topology.FirstMeterOfSubstation[substation], topology.FirstMeterOfSubstation[substation + 1]);
        var points = topology.Model.UsagePoints;
        var file = new VarintWriter(16 + (end - first) * 3);
        file.Bytes(Magic);
        file.Unsigned((uint)first);
        file.Unsigned((uint)(end - first));
        int lat = 0, lon = 0;
        for (var id = first; id < end; id++) file.Point(points.Lat[id], points.Lon[id], ref lat, ref lon);
        return file.ToArray();
    }

    /// <summary>The inverse of <see cref="Encode"/>.</summary>
    public static DecodedMeters Decode(ReadOnlySpan<byte> bytes)
    {
        var file = VarintReader.After(Magic, bytes);
        var (first, count) = (file.Count(), file.Count());
        var meters = new DecodedMeters(first, new int[count], new int[count]);
        int lat = 0, lon = 0;
        for (var i = 0; i < count; i++)
        {
            meters.Lat[i] = lat += file.Signed();
            meters.Lon[i] = lon += file.Signed();
        }

        return meters;
    }
}
