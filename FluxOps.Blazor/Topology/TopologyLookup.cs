using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>The network asked by layer and id.</summary>
public static class TopologyLookup
{
    public static int CountOf(this GridTopology topology, AssetLayer layer) => layer switch
    {
        AssetLayer.Substation => topology.Model.Substations.Length,
        AssetLayer.Feeder => topology.Model.Feeders.Length,
        AssetLayer.Segment => topology.Model.Segments.Count,
        AssetLayer.Device => topology.Model.Devices.Count,
        AssetLayer.Transformer => topology.Model.Transformers.Count,
        AssetLayer.Meter => topology.Model.UsagePoints.Count,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "not a layer"),
    };

    /// <summary>Null for a substation.</summary>
    public static int? FeederOf(this GridTopology topology, AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation => null,
        AssetLayer.Feeder => asset.Id,
        AssetLayer.Segment => topology.Model.Segments.FeederId[asset.Id],
        AssetLayer.Device => topology.FeederOfDevice(asset.Id),
        AssetLayer.Transformer => topology.FeederOfTransformer(asset.Id),
        AssetLayer.Meter => topology.FeederOfMeter(asset.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(asset), asset, "not a layer"),
    };

    public static int SubstationOf(this GridTopology topology, AssetRef asset) =>
        topology.FeederOf(asset) is { } feeder ? topology.SubstationOfFeeder(feeder) : asset.Id;

    /// <summary>Degrees: a feeder is at its station, a segment at its far end, a device at its segment's head.</summary>
    public static (double Lat, double Lon) PlaceOf(this GridTopology topology, AssetRef asset)
    {
        var model = topology.Model;
        switch (asset.Layer)
        {
            case AssetLayer.Segment:
                return (model.Segments.ToLat[asset.Id], model.Segments.ToLon[asset.Id]);
            case AssetLayer.Device:
                var at = model.Devices.SegmentId[asset.Id];
                return (model.Segments.FromLat[at], model.Segments.FromLon[at]);
            case AssetLayer.Transformer:
                return (model.Transformers.Lat[asset.Id], model.Transformers.Lon[asset.Id]);
            case AssetLayer.Meter:
                return (model.UsagePoints.Lat[asset.Id], model.UsagePoints.Lon[asset.Id]);
            default:
                var station = model.Substations[topology.SubstationOf(asset)];
                return (station.Latitude, station.Longitude);
        }
    }
}
