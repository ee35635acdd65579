using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Map;

/// <summary>Addresses of the Live page: the one selection that map, list and panel share.</summary>
public static class AssetAddress
{
    public static string Of(Substation station) => "?substation=" + station.Code;

    public static string Of(GridModel grid, Feeder feeder) => $"?substation={grid.Substations[feeder.SubstationId].Code}&feeder={feeder.Name}";

    /// <param name="name">As <see cref="AssetNames"/> makes it, or a meter's serial.</param>
    public static string Of(string name) => "?asset=" + Uri.EscapeDataString(name);

    public static string Transformer(int id) => Of(AssetNames.Transformer(id));

    /// <summary>The name in the address of whatever has a name without asking the store; null for meters, and for what is not in this network.</summary>
    /// <param name="topology">Needed for devices, whose name says their kind.</param>
    public static string? Of(GridModel grid, GridTopology? topology, AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation when (uint)asset.Id < (uint)grid.Substations.Length => Of(grid.Substations[asset.Id]),
        AssetLayer.Feeder when (uint)asset.Id < (uint)grid.Feeders.Length => Of(grid, grid.Feeders[asset.Id]),
        AssetLayer.Segment when asset.Id >= 0 => Of(AssetNames.Segment(asset.Id)),
        AssetLayer.Transformer when asset.Id >= 0 => Transformer(asset.Id),
        AssetLayer.Device when topology is not null && (uint)asset.Id < (uint)topology.Model.Devices.Count => Of(AssetNames.Device(topology.Model.Devices.Kind[asset.Id], asset.Id)),
        _ => null,
    };
}
