using System.Runtime.CompilerServices;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>What lies in a shape: ids per layer, ascending. A segment lies in it where any part of it does, a feeder where any of its segments does; a device at the head of its segment.</summary>
/// <param name="Km">Length of the segments, each whole.</param>
/// <param name="Kva">Nameplate of the transformers.</param>
/// <param name="Customers">Meters times what each stands for.</param>
public sealed record ShapeSelection(int[] Substations, int[] Feeders, int[] Segments, int[] Devices, int[] Transformers, int[] Meters, double Km, double Kva, int Customers)
{
    public int[] Of(AssetLayer layer) => layer switch
    {
        AssetLayer.Substation => Substations,
        AssetLayer.Feeder => Feeders,
        AssetLayer.Segment => Segments,
        AssetLayer.Device => Devices,
        AssetLayer.Transformer => Transformers,
        AssetLayer.Meter => Meters,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "not a layer"),
    };
}

/// <summary>Finds what lies in a box or a polygon, by cells; a whole city within some milliseconds. Made once per network.</summary>
public sealed class ShapeQuery
{
    private static readonly ConditionalWeakTable<GridTopology, ShapeQuery> Made = [];

    private readonly GridTopology _topology;
    private readonly CellGrid _grid;
    private readonly PointIndex _substations, _devices, _transformers, _meters;

    private ShapeQuery(GridTopology topology)
    {
        _topology = topology;
        var (model, lines) = (topology.Model, topology.Model.Segments);
        _grid = GridOf(model);
        _substations = new(_grid, model.Substations.Length, id => (model.Substations[id].Latitude, model.Substations[id].Longitude));
        _devices = new(_grid, model.Devices.Count, id => model.Devices.SegmentId[id] is var s ? (lines.FromLat[s], lines.FromLon[s]) : default);
        _transformers = new(_grid, model.Transformers.Count, id => (model.Transformers.Lat[id], model.Transformers.Lon[id]));
        _meters = new(_grid, model.UsagePoints.Count, id => (model.UsagePoints.Lat[id], model.UsagePoints.Lon[id]));
    }

    public static ShapeQuery Of(GridTopology topology) => Made.GetValue(topology, static t => new ShapeQuery(t));

    /// <summary>Everything inside.</summary>
    public ShapeSelection Inside(GeoShape shape)
    {
        var cover = _grid.CoverOf(shape);
        var (model, segments) = (_topology.Model, SegmentsIn(shape, cover));
        var (transformers, meters) = (_transformers.Inside(shape, cover), _meters.Inside(shape, cover));
        double metres = 0, kva = 0;
        foreach (var id in segments) metres += model.Segments.LengthM[id];
        foreach (var id in transformers) kva += model.Transformers.RatedKva[id];
        return new(
            _substations.Inside(shape, cover), FeedersOf(segments), segments, _devices.Inside(shape, cover), transformers, meters,
            metres / 1000, kva, (int)Math.Round(meters.Length * model.Network.MeterWeight));
    }

    /// <summary>One layer alone.</summary>
    public int[] Inside(GeoShape shape, AssetLayer layer)
    {
        var cover = _grid.CoverOf(shape);
        return layer switch
        {
            AssetLayer.Substation => _substations.Inside(shape, cover),
            AssetLayer.Feeder => FeedersOf(SegmentsIn(shape, cover)),
            AssetLayer.Segment => SegmentsIn(shape, cover),
            AssetLayer.Device => _devices.Inside(shape, cover),
            AssetLayer.Transformer => _transformers.Inside(shape, cover),
            AssetLayer.Meter => _meters.Inside(shape, cover),
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "not a layer"),
        };
    }

    private int[] SegmentsIn(GeoShape shape, Cover cover)
    {
        var s = _topology.Model.Segments;
        var inside = new List<int>();
        for (var id = 0; id < s.Count; id++)
        {
            double lat1 = s.FromLat[id], lat2 = s.ToLat[id], lon1 = s.FromLon[id], lon2 = s.ToLon[id];
            if (Math.Max(lat1, lat2) < shape.South || Math.Min(lat1, lat2) > shape.North || Math.Max(lon1, lon2) < shape.West || Math.Min(lon1, lon2) > shape.East) continue;
            var (from, to) = (_grid.Cell(lat1, lon1), _grid.Cell(lat2, lon2));
            var (a, b) = (At(from), At(to));
            if (a == CellCover.Inside || b == CellCover.Inside || ((from != to || a == CellCover.Edge) && shape.Touches(lat1, lon1, lat2, lon2))) inside.Add(id);
        }

        return [.. inside];

        CellCover At(int cell) => cover[cell / CellGrid.Side, cell % CellGrid.Side];
    }

    // Segments are ordered by feeder.
    private int[] FeedersOf(int[] segments)
    {
        var feeders = new List<int>();
        foreach (var id in segments)
            if (_topology.Model.Segments.FeederId[id] is var feeder && (feeders.Count == 0 || feeders[^1] != feeder)) feeders.Add(feeder);
        return [.. feeders];
    }

    private static CellGrid GridOf(GridModel model)
    {
        double south = double.MaxValue, west = double.MaxValue, north = double.MinValue, east = double.MinValue;
        foreach (var s in model.Substations) Include(s.Latitude, s.Longitude);
        for (var id = 0; id < model.Segments.Count; id++)
        {
            Include(model.Segments.FromLat[id], model.Segments.FromLon[id]);
            Include(model.Segments.ToLat[id], model.Segments.ToLon[id]);
        }

        for (var id = 0; id < model.Transformers.Count; id++) Include(model.Transformers.Lat[id], model.Transformers.Lon[id]);
        for (var id = 0; id < model.UsagePoints.Count; id++) Include(model.UsagePoints.Lat[id], model.UsagePoints.Lon[id]);
        return south > north ? new(0, 0, 0, 0) : new(west, south, east, north);

        void Include(double lat, double lon)
        {
            (south, north) = (Math.Min(south, lat), Math.Max(north, lat));
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
        }
    }
}
