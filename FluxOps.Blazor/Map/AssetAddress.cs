using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Map;

/// <summary>Addresses of the Live page: the one selection that map, list and panel share.</summary>
public static class AssetAddress
{
    /// <summary>Null: there is no such asset in this network.</summary>
    public static string? Of(GridModel grid, AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation when (uint)asset.Id < (uint)grid.Substations.Length => "?substation=" + grid.Substations[asset.Id].Code,
        AssetLayer.Feeder when (uint)asset.Id < (uint)grid.Feeders.Length => Of(grid, grid.Feeders[asset.Id]),
        _ => null,
    };

    public static string Of(GridModel grid, Feeder feeder) => $"?substation={grid.Substations[feeder.SubstationId].Code}&feeder={feeder.Name}";
}
