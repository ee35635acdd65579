using FluxOps.Data.Grid;

namespace FluxOps.Data.Serving.Tables;

/// <summary>The network in the store, one row: <c>grid_networks</c>. The counts size the arrays before the rows are read.</summary>
public sealed class GridNetworkRow
{
    public int Id { get; set; }
    public required string Preset { get; set; }
    public long Seed { get; set; }
    public double MeterWeight { get; set; }
    public required string ContentHash { get; set; }
    public bool Simulated { get; set; }
    public required string Origin { get; set; }
    public int Substations { get; set; }
    public int Banks { get; set; }
    public int Feeders { get; set; }
    public int Segments { get; set; }
    public int Transformers { get; set; }
    public int Devices { get; set; }
    public int UsagePoints { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>One line segment: <c>topology_connections_cache</c>.</summary>
public sealed class TopologyConnection
{
    public int Id { get; set; }
    public int FeederId { get; set; }
    public int ParentId { get; set; }
    public int TieToId { get; set; }
    public SegmentKind Kind { get; set; }
    public Phases Phases { get; set; }
    public float RatedAmps { get; set; }
    public float LengthM { get; set; }
    public double FromLat { get; set; }
    public double FromLon { get; set; }
    public double ToLat { get; set; }
    public double ToLon { get; set; }
}

/// <summary>A service transformer (ids from 0) or a line device (ids follow): <c>grid_assets_cache</c>. <see cref="Rating"/> is kVA for transformers, A otherwise.</summary>
public sealed class GridAsset
{
    public int Id { get; set; }
    public AssetKind Kind { get; set; }
    public int FeederId { get; set; }
    public int SegmentId { get; set; }
    public Phases Phases { get; set; }
    public float Rating { get; set; }
    public bool NormallyOpen { get; set; }
    public double Lat { get; set; }
    public double Lon { get; set; }
}

/// <summary>One usage point and its meter: <c>usage_points</c>.</summary>
public sealed class UsagePointTableRow
{
    public int Id { get; set; }
    public Guid Mrid { get; set; }
    public required string Serial { get; set; }
    public required string Address { get; set; }
    public int TransformerId { get; set; }
    public int FeederId { get; set; }
    public int SubstationId { get; set; }
    public CustomerClass Class { get; set; }
    public bool HasPv { get; set; }
    public float MeanKw { get; set; }
    public float DropAtPeak { get; set; }
    public double Lat { get; set; }
    public double Lon { get; set; }
}
