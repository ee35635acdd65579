namespace FluxOps.Data.Grid;

/// <summary>What the network is and how it came to be; one row in <c>grid_networks</c>.</summary>
/// <param name="Preset">tiny, demo, city, or the name of an imported network.</param>
/// <param name="Seed">Seed of the synthesiser.</param>
/// <param name="MeterWeight">Customers that one meter of the sample stands for (grid-domain: 2,834,278 customers over the meters made). 1 where every meter is present.</param>
/// <param name="ContentHash">Hex SHA-256 over the geometry and the ratings: the version of everything derived from it.</param>
/// <param name="Simulated">True for a synthetic network: every screen that shows it wears the SIMULATED badge.</param>
public sealed record GridNetwork(string Preset, long Seed, double MeterWeight, string ContentHash, bool Simulated, string Origin);

/// <summary>What a line segment is. The numbers are stored.</summary>
public enum SegmentKind : byte
{
    /// <summary>Three-phase main line.</summary>
    Backbone = 0,
    /// <summary>Fused branch.</summary>
    Lateral = 1,
    /// <summary>Normally open tie to another feeder: never part of the radial tree.</summary>
    Tie = 2,
}

/// <summary>Bit set of phases.</summary>
[Flags]
public enum Phases : byte { None = 0, A = 1, B = 2, C = 4, ABC = 7 }

/// <summary>
/// Line segments as flat arrays, ordered by feeder, each parent before its children; the index is the segment's id.
/// A radial segment's "to" end is its child node; a tie joins two segments of different feeders.
/// </summary>
public sealed class LineSegments
{
    public required int[] FeederId { get; init; }
    /// <summary>Upstream segment, or −1 at the feeder's head. For a tie: the segment whose far end it starts from.</summary>
    public required int[] ParentId { get; init; }
    /// <summary>For a tie, the segment of the other feeder whose far end it reaches; −1 otherwise.</summary>
    public required int[] TieToId { get; init; }
    public required SegmentKind[] Kind { get; init; }
    public required Phases[] Phases { get; init; }
    /// <summary>Normal rating, A.</summary>
    public required float[] RatedAmps { get; init; }
    /// <summary>m.</summary>
    public required float[] LengthM { get; init; }
    /// <summary>Degrees, WGS 84, on a 1e-5 grid (1.1 m).</summary>
    public required double[] FromLat { get; init; }
    public required double[] FromLon { get; init; }
    public required double[] ToLat { get; init; }
    public required double[] ToLon { get; init; }
    public int Count => FeederId.Length;
}

/// <summary>Switching devices on the lines (CIM Switch, Recloser, Fuse). Stored in <c>grid_assets_cache</c> beside the service transformers.</summary>
public enum AssetKind : byte { ServiceTransformer = 1, Recloser = 2, Switch = 3, Fuse = 4, TieSwitch = 5, Capacitor = 6 }

/// <summary>Line devices as flat arrays: reclosers, switches, fuses, normally-open tie switches. The index is not an id; ids follow the service transformers'.</summary>
public sealed class LineDevices
{
    public required AssetKind[] Kind { get; init; }
    /// <summary>Segment it sits at the head of.</summary>
    public required int[] SegmentId { get; init; }
    public required bool[] NormallyOpen { get; init; }
    /// <summary>Rating, A.</summary>
    public required float[] RatedAmps { get; init; }
    public int Count => Kind.Length;
}

/// <summary>Service transformers as flat arrays, ordered by feeder; the index is the id.</summary>
public sealed class ServiceTransformers
{
    public required int[] FeederId { get; init; }
    /// <summary>Segment whose far end feeds it.</summary>
    public required int[] SegmentId { get; init; }
    public required Phases[] Phases { get; init; }
    /// <summary>Nameplate, kVA.</summary>
    public required float[] RatedKva { get; init; }
    public required double[] Lat { get; init; }
    public required double[] Lon { get; init; }
    public int Count => FeederId.Length;
}

/// <summary>Customer class. The numbers are stored.</summary>
public enum CustomerClass : byte
{
    /// <summary>Gas or other heat (ERCOT RESLOWR).</summary>
    ResidentialLowWinter = 0,
    /// <summary>Electric heat (ERCOT RESHIWR).</summary>
    ResidentialHighWinter = 1,
    SmallCommercial = 2,
    Industrial = 3,
    Lighting = 4,
}

/// <summary>Usage points (CIM UsagePoint, one Meter each) as flat arrays, ordered by transformer, so by feeder and by substation; the index is the id.</summary>
public sealed class UsagePoints
{
    public required int[] TransformerId { get; init; }
    public required int[] FeederId { get; init; }
    public required CustomerClass[] Class { get; init; }
    /// <summary>True where a photovoltaic system is behind the meter.</summary>
    public required bool[] HasPv { get; init; }
    /// <summary>Mean demand that scales the class shape for this customer, kW.</summary>
    public required float[] MeanKw { get; init; }
    /// <summary>Share of the primary voltage drop seen here at the feeder's planned peak, per unit (0 at the head).</summary>
    public required float[] DropAtPeak { get; init; }
    public required double[] Lat { get; init; }
    public required double[] Lon { get; init; }
    /// <summary>Meter serial such as <c>MTR-0012345</c>; unique. Empty when loaded without texts.</summary>
    public required string[] Serial { get; init; }
    /// <summary>Service address such as <c>1204 Cedar Bend Dr, Hobby</c>. Empty when loaded without texts.</summary>
    public required string[] Address { get; init; }
    public int Count => TransformerId.Length;
}

/// <summary>What a network has, whether or not it was loaded.</summary>
public sealed record GridCounts(int Substations, int Feeders, int Segments, int Devices, int Transformers, int UsagePoints);

/// <summary>One distribution network, immutable. Parts that were not loaded are empty arrays.</summary>
public sealed class GridModel
{
    public GridCounts Counts
    {
        get => field ??= new(Substations.Length, Feeders.Length, Segments.Count, Devices.Count, Transformers.Count, UsagePoints.Count);
        init;
    }

    public required GridNetwork Network { get; init; }
    public required Substation[] Substations { get; init; }
    public required TransformerBank[] Banks { get; init; }
    public required Feeder[] Feeders { get; init; }
    public required LineSegments Segments { get; init; }
    public required LineDevices Devices { get; init; }
    public required ServiceTransformers Transformers { get; init; }
    public required UsagePoints UsagePoints { get; init; }
}
