using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>South-west and north-east corner, degrees.</summary>
public sealed record GeometryBounds(double MinLatitude, double MinLongitude, double MaxLatitude, double MaxLongitude);

/// <summary>The network's lines as the browser gets them, made once per network.</summary>
public sealed class GridGeometry
{
    private static readonly ConditionalWeakTable<GridModel, GridGeometry> Made = [];

    private GridGeometry(GridModel grid)
    {
        Plain = GeometryCodec.Encode(grid.Feeders.Length, grid.Segments);
        Brotli = Compress(Plain);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 16));
        Bounds = BoundsOf(grid);
    }

    /// <summary>Hex, of the content: the version in the address, so that it may be kept for ever.</summary>
    public string Hash { get; }
    public byte[] Plain { get; }
    public byte[] Brotli { get; }
    public GeometryBounds Bounds { get; }

    public static GridGeometry Of(GridModel grid) => Made.GetValue(grid, static g => new GridGeometry(g));

    private static byte[] Compress(byte[] plain)
    {
        // Once per network: quality 9 costs tens of milliseconds and saves over the fast ones.
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, compressed, out var length, quality: 9, window: 22) ? compressed[..length] : throw new InvalidOperationException("The geometry could not be compressed.");
    }

    private static GeometryBounds BoundsOf(GridModel grid)
    {
        double south = double.MaxValue, west = double.MaxValue, north = double.MinValue, east = double.MinValue;
        foreach (var station in grid.Substations) Include(station.Latitude, station.Longitude);
        for (var id = 0; id < grid.Segments.Count; id++) Include(grid.Segments.ToLat[id], grid.Segments.ToLon[id]);
        return south > north ? new(0, 0, 0, 0) : new(south, west, north, east);

        void Include(double lat, double lon)
        {
            (south, north) = (Math.Min(south, lat), Math.Max(north, lat));
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
        }
    }
}
