using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;

namespace FluxOps.Blazor.Find;

/// <summary>A hit as it is shown.</summary>
/// <param name="Name">As operators say it; empty while the store has not yet told a meter's.</param>
/// <param name="Where">What it hangs on, or a meter's address.</param>
public sealed record FoundAsset(AssetRef Asset, string Name, string Where)
{
    /// <summary>Where the map shows it; the selection is the address.</summary>
    public string Href(GridModel grid) => Asset.Layer switch
    {
        AssetLayer.Substation => AssetAddress.Of(grid.Substations[Asset.Id]),
        AssetLayer.Feeder => AssetAddress.Of(grid, grid.Feeders[Asset.Id]),
        _ => AssetAddress.Of(Name),
    };

    /// <summary>What memory knows of it at once.</summary>
    /// <param name="topology">Null while it is being read: then it is not said what a numbered asset hangs on.</param>
    public static FoundAsset Of(AssetRef asset, GridModel grid, AssetSearch search, GridTopology? topology) => asset.Layer switch
    {
        AssetLayer.Substation => new(asset, grid.Substations[asset.Id].Name, $"{grid.Substations[asset.Id].Code} · {grid.Substations[asset.Id].Region}"),
        AssetLayer.Feeder => new(asset, grid.Feeders[asset.Id].Name, grid.Substations[grid.Feeders[asset.Id].SubstationId].Name),
        _ => new(asset, search.NameOf(asset) ?? "", topology is null ? "" : Place(asset, grid, topology)),
    };

    private static string Place(AssetRef asset, GridModel grid, GridTopology topology)
    {
        var feeder = grid.Feeders[asset.Layer switch
        {
            AssetLayer.Segment => topology.Model.Segments.FeederId[asset.Id],
            AssetLayer.Device => topology.FeederOfDevice(asset.Id),
            AssetLayer.Transformer => topology.FeederOfTransformer(asset.Id),
            _ => topology.FeederOfMeter(asset.Id),
        }];
        return $"{feeder.Name} · {grid.Substations[feeder.SubstationId].Name}";
    }

    /// <summary>With serial and address out of the store.</summary>
    public FoundAsset With(UsagePointRow point) => this with { Name = point.Serial, Where = point.Address };

    /// <summary>Heading of the hits of one kind.</summary>
    public static string Kind(AssetLayer layer) => layer switch
    {
        AssetLayer.Substation => "Substations",
        AssetLayer.Feeder => "Feeders",
        AssetLayer.Segment => "Line segments",
        AssetLayer.Device => "Devices",
        AssetLayer.Transformer => "Transformers",
        _ => "Meters",
    };
}
