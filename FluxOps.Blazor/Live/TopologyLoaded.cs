using FluxOps.Data.Changes;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>The network's parts are at hand; it waits in the feed's queue for its turn.</summary>
internal sealed record TopologyLoaded(GridTopology Topology) : GridChange;
