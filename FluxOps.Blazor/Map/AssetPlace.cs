using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Map;

/// <summary>Where an asset is in the network and on the ground.</summary>
/// <param name="Feeder">−1: a substation hangs on none; likewise <paramref name="Transformer"/> for all but transformers and meters.</param>
/// <param name="Fit">South, west, north, east, degrees, of what is long rather than at one place.</param>
/// <param name="Zoom">From which it is seen on the map.</param>
public sealed record AssetPlace(AssetRef Asset, int Station, int Feeder, int Transformer, double Latitude, double Longitude, double[]? Fit, int Zoom)
{
    public MapSelection Selection => new(Asset, Station, Latitude, Longitude, Fit, Zoom);

    public static AssetPlace Of(GridModel grid, Substation station) => new(new(AssetLayer.Substation, station.Id), station.Id, -1, -1, station.Latitude, station.Longitude, null, 12);

    /// <param name="topology">Null where it is not read yet: then the feeder is at its substation.</param>
    public static AssetPlace Of(GridModel grid, Feeder feeder, GridTopology? topology)
    {
        var station = grid.Substations[feeder.SubstationId];
        return new(new(AssetLayer.Feeder, feeder.Id), station.Id, feeder.Id, -1, station.Latitude, station.Longitude, topology is null ? null : Extent(topology, feeder.Id), 12);
    }

    /// <summary>Null: there is no such asset in this network.</summary>
    public static AssetPlace? Of(GridTopology topology, AssetRef asset)
    {
        var (model, id) = (topology.Model, asset.Id);
        return asset.Layer switch
        {
            AssetLayer.Substation when In(id, model.Substations.Length) => Of(model, model.Substations[id]),
            AssetLayer.Feeder when In(id, model.Feeders.Length) => Of(model, model.Feeders[id], topology),
            AssetLayer.Segment when In(id, model.Segments.Count) => Below(model.Segments.FeederId[id], -1,
                (model.Segments.FromLat[id] + model.Segments.ToLat[id]) / 2, (model.Segments.FromLon[id] + model.Segments.ToLon[id]) / 2, 15),
            AssetLayer.Device when In(id, model.Devices.Count) => model.Devices.SegmentId[id] is var s
                ? Below(model.Segments.FeederId[s], -1, model.Segments.FromLat[s], model.Segments.FromLon[s], 16) : null,
            AssetLayer.Transformer when In(id, model.Transformers.Count) => Below(model.Transformers.FeederId[id], id, model.Transformers.Lat[id], model.Transformers.Lon[id], 16),
            AssetLayer.Meter when In(id, model.UsagePoints.Count) => Below(model.UsagePoints.FeederId[id], model.UsagePoints.TransformerId[id], model.UsagePoints.Lat[id], model.UsagePoints.Lon[id], 17),
            _ => null,
        };

        AssetPlace Below(int feeder, int transformer, double latitude, double longitude, int zoom) =>
            new(asset, model.Feeders[feeder].SubstationId, feeder, transformer, latitude, longitude, null, zoom);
    }

    private static bool In(int id, int count) => (uint)id < (uint)count;

    private static double[]? Extent(GridTopology topology, int feeder)
    {
        var segments = topology.Model.Segments;
        var (first, end) = (topology.FirstSegmentOfFeeder[feeder], topology.FirstSegmentOfFeeder[feeder + 1]);
        if (end == first) return null;
        double south = 90, west = 180, north = -90, east = -180;
        for (var s = first; s < end; s++)
        {
            south = Math.Min(south, Math.Min(segments.FromLat[s], segments.ToLat[s]));
            north = Math.Max(north, Math.Max(segments.FromLat[s], segments.ToLat[s]));
            west = Math.Min(west, Math.Min(segments.FromLon[s], segments.ToLon[s]));
            east = Math.Max(east, Math.Max(segments.FromLon[s], segments.ToLon[s]));
        }

        return [south, west, north, east];
    }
}
