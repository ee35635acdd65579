using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>South-west and north-east corner, degrees.</summary>
public sealed record GeometryBounds(double MinLatitude, double MinLongitude, double MaxLatitude, double MaxLongitude);

/// <summary>The network's lines as the browser gets them, made once per network.</summary>
internal sealed class GridGeometry
{
    private static readonly ConditionalWeakTable<GridModel, GridGeometry> Made = [];

    private GridGeometry(GridModel grid, LineSegments segments)
    {
        File = new MapFile(GeometryCodec.Encode(grid.Feeders.Length, segments), best: true);
        Hash = Convert.ToHexStringLower(SHA256.HashData(File.Plain).AsSpan(0, 16));
        Bounds = BoundsOf(grid, segments);
    }

    /// <summary>Hex, of the content: the version in the address, so that it may be kept for ever.</summary>
    public string Hash { get; }
    public MapFile File { get; }
    public GeometryBounds Bounds { get; }

    public static GridGeometry Of(GridModel grid, LineSegments segments) => Made.GetValue(grid, g => new GridGeometry(g, segments));

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

/// <summary>What hangs on the lines, as the browser gets it: one file of transformers and devices, one a station of its meters. Made once per network, the meters' on demand.</summary>
internal sealed class GridAssetFiles
{
    // Rises with any change of the codecs: the address names a network and the way it is written, since it must be known before the network is loaded.
    private const int Revision = 1;

    private static readonly ConditionalWeakTable<GridTopology, GridAssetFiles> Made = [];

    private readonly GridTopology _topology;
    private readonly Lazy<MapFile>[] _meters;

    private GridAssetFiles(GridTopology topology)
    {
        _topology = topology;
        Assets = new MapFile(AssetsCodec.Encode(topology), best: true);
        _meters = [.. topology.Model.Substations.Select(s => new Lazy<MapFile>(() => new MapFile(MetersCodec.Encode(_topology, s.Id), best: false)))];
    }

    public MapFile Assets { get; }

    public static GridAssetFiles Of(GridTopology topology) => Made.GetValue(topology, static t => new GridAssetFiles(t));

    /// <summary>The meters of a station; null where there is no such station.</summary>
    public MapFile? Meters(int substation) => (uint)substation < (uint)_meters.Length ? _meters[substation].Value : null;

    /// <summary>Hex: the version in the files' addresses. It follows from the network's own content hash, so that an address can be given before anything is loaded.</summary>
    public static string HashOf(GridModel grid) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"FXA1 FXM1 {Revision} {grid.Network.ContentHash}")).AsSpan(0, 16));
}
