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

    // Over the demo network's 361 KB: quality 5 gives 232 KB at once, 11 gives 191 KB after seconds.
    private const int QuickQuality = 5, BestQuality = 11;

    private volatile byte[] _brotli;

    private GridGeometry(GridModel grid, LineSegments segments)
    {
        Plain = GeometryCodec.Encode(grid.Feeders.Length, segments);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 16));
        Bounds = BoundsOf(grid, segments);
        _brotli = Compress(QuickQuality);
        Settled = Task.Factory.StartNew(CompressBest, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Hex, of the content: the version in the address, so that it may be kept for ever.</summary>
    public string Hash { get; }
    public byte[] Plain { get; }
    /// <summary>Small at first, as small as it gets once <see cref="Settled"/>.</summary>
    public byte[] Brotli => _brotli;
    public Task Settled { get; }
    public GeometryBounds Bounds { get; }

    public static GridGeometry Of(GridModel grid, LineSegments segments) => Made.GetValue(grid, g => new GridGeometry(g, segments));

    private void CompressBest()
    {
        // On a thread of its own, below all that serves operators; it ends with the work.
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        _brotli = Compress(BestQuality);
    }

    private byte[] Compress(int quality)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(Plain.Length)];
        return BrotliEncoder.TryCompress(Plain, compressed, out var length, quality, window: 22) ? compressed[..length] : throw new InvalidOperationException("The geometry could not be compressed.");
    }

    private static GeometryBounds BoundsOf(GridModel grid, LineSegments segments)
    {
        double south = double.MaxValue, west = double.MaxValue, north = double.MinValue, east = double.MinValue;
        foreach (var station in grid.Substations) Include(station.Latitude, station.Longitude);
        for (var id = 0; id < segments.Count; id++) Include(segments.ToLat[id], segments.ToLon[id]);
        return south > north ? new(0, 0, 0, 0) : new(south, west, north, east);

        void Include(double lat, double lon)
        {
            (south, north) = (Math.Min(south, lat), Math.Max(north, lat));
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
        }
    }
}
