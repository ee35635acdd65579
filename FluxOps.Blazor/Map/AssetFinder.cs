using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;

namespace FluxOps.Blazor.Map;

/// <summary>What the address names: TX-012345, LN-012345, a device, or a meter by its serial.</summary>
public sealed class AssetFinder(GridTopologies topologies, ReadingQueries readings)
{
    /// <summary>Null: this network has no such asset.</summary>
    public async Task<AssetPlace?> FindAsync(GridModel grid, string name, CancellationToken ct)
    {
        var topology = await topologies.OfAsync(grid, ct);
        if (AssetNames.TryParse(name, out var prefix, out var number)) return Of(topology.Model, prefix, number) is { } asset ? AssetPlace.Of(topology, asset) : null;
        var meter = await readings.FindAsync(name, ct);
        return meter is null ? null : AssetPlace.Of(topology, new AssetRef(AssetLayer.Meter, meter.Id));
    }

    private static AssetRef? Of(GridModel model, string prefix, int number) => prefix switch
    {
        AssetNames.TransformerPrefix => new(AssetLayer.Transformer, number),
        AssetNames.SegmentPrefix => new(AssetLayer.Segment, number),
        // A device's name says its kind too: FU-000012 is not the switch SW-000012.
        _ => number < model.Devices.Count && AssetNames.PrefixOf(model.Devices.Kind[number]) == prefix ? new(AssetLayer.Device, number) : null,
    };
}
