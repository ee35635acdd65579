using FluxOps.Data.Grid;

namespace FluxOps.Generator.Network;

/// <summary>The network while it is being built: stations and feeders decided, trees grown, then customers hung on. Arrays by dense id.</summary>
internal sealed class Draft
{
    public required NetworkPlan Plan { get; init; }
    public required ulong Seed { get; init; }
    public required double Weight { get; init; }

    public required double[] StationX { get; init; }
    public required double[] StationY { get; init; }
    public required string[] StationName { get; init; }
    public required string[] StationAbbreviation { get; init; }

    public required int[] FeederStation { get; init; }
    public required float[] FeederKv { get; init; }
    /// <summary>Planned peak, MVA.</summary>
    public required double[] FeederPlannedMva { get; init; }

    /// <summary>First radial node of each feeder, and one past the last.</summary>
    public int[] FeederNode { get; set; } = [];
    /// <summary>Street spacing of each station, m.</summary>
    public double[] Spacing { get; set; } = [];

    // Radial nodes, ordered by feeder in depth-first order. A node is the far end of its segment.
    public int[] NodeFeeder { get; set; } = [];
    public int[] NodeParent { get; set; } = [];
    public double[] NodeX { get; set; } = [];
    public double[] NodeY { get; set; } = [];
    public int[] NodeStreet { get; set; } = [];
    public SegmentKind[] NodeKind { get; set; } = [];
    public Phases[] NodePhases { get; set; } = [];
    /// <summary>Planned MVA through the node's segment.</summary>
    public double[] NodeMva { get; set; } = [];
    /// <summary>Primary drop from the head at planned peak, per unit.</summary>
    public double[] NodeDrop { get; set; } = [];
    public List<(int From, int To)> Ties { get; } = [];

    public int Stations => StationX.Length;
    public int Feeders => FeederStation.Length;
    public int Nodes => NodeFeeder.Length;

    /// <summary>Where a node's segment begins.</summary>
    public (double X, double Y) Start(int node) => NodeParent[node] is >= 0 and var p
        ? (NodeX[p], NodeY[p])
        : (StationX[FeederStation[NodeFeeder[node]]], StationY[FeederStation[NodeFeeder[node]]]);
}
