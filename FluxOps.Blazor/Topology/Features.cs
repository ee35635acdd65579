using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Topology;

/// <summary>A GeoJSON FeatureCollection (RFC 7946), one feature per asset.</summary>
public sealed record FeatureCollection<TProperties, TGeometry>(string Type, LiveEnvelope Live, IReadOnlyList<Feature<TProperties, TGeometry>> Features);

/// <param name="Id">Of the asset, in its layer.</param>
public sealed record Feature<TProperties, TGeometry>(string Type, int Id, TProperties Properties, TGeometry Geometry);

/// <summary>A MultiLineString; positions are [longitude, latitude], degrees WGS 84.</summary>
public sealed record LinesGeometry(string Type, IReadOnlyList<IReadOnlyList<double[]>> Coordinates);

/// <summary>A Point: [longitude, latitude], degrees WGS 84.</summary>
public sealed record PointGeometry(string Type, double[] Coordinates);

/// <param name="LoadPercentOfRating">Current over rated current, %.</param>
public sealed record FeederProperties(
    string Name, string Substation, double NominalKv, double RatedAmps, int Customers, AssetStatus Status, double? LoadPercentOfRating,
    DateTimeOffset? SourceTime, Freshness Freshness, TelemetryQuality Quality, ValueOrigin? Origin);

/// <param name="Name">Code, such as SUB-0147.</param>
/// <param name="Title">As operators say it.</param>
/// <param name="Status">Worst of its own and its feeders'.</param>
/// <param name="BusKv">Distribution bus, line to line, kV.</param>
/// <param name="LoadPercentOfRating">Apparent power over the banks' rating, %.</param>
public sealed record SubstationProperties(
    string Name, string Title, string Region, AssetStatus Status, double? BusKv, double? LoadPercentOfRating,
    DateTimeOffset? SourceTime, Freshness Freshness, TelemetryQuality Quality, ValueOrigin? Origin);

/// <param name="Kind">recloser, switch, fuse, tieSwitch or capacitor.</param>
/// <param name="Segment">Line segment at whose head it sits.</param>
/// <param name="Open">Its position now.</param>
/// <param name="SourceTime">Since when it is there, as its controller stamped it; null where it never told.</param>
/// <param name="Freshness">Of the telemetry of its feeder.</param>
public sealed record DeviceProperties(
    string Name, AssetKind Kind, string Segment, string Feeder, string Substation, bool Open, bool NormallyOpen, DateTimeOffset? SourceTime, Freshness Freshness, ValueOrigin? Origin);

/// <param name="Meters">It serves.</param>
/// <param name="LoadPercentOfRating">Its meters' newest demand over its nameplate, %; null where not all of them have told theirs.</param>
/// <param name="Volts">Lowest of its meters' newest, 240 V base.</param>
/// <param name="SourceTime">End of the newest interval of its meters, UTC.</param>
public sealed record TransformerProperties(
    string Name, string Feeder, string Substation, double RatedKva, int Meters, AssetStatus Status, double? LoadPercentOfRating, double? Volts,
    DateTimeOffset? SourceTime, Freshness Freshness, ValueOrigin? Origin);

/// <param name="Name">Serial.</param>
/// <param name="Volts">Of the newest interval, 240 V base.</param>
/// <param name="SourceTime">End of the newest interval, UTC.</param>
public sealed record MeterProperties(
    string Name, string Transformer, string Feeder, string Substation, CustomerClass Class, AssetStatus Status, double? Volts,
    DateTimeOffset? SourceTime, Freshness Freshness, ValueOrigin? Origin);

/// <summary>From the picture to features.</summary>
internal static class Features
{
    public static FeatureCollection<FeederProperties, LinesGeometry> Feeders(AssetPicture picture, int[] segments)
    {
        var lines = picture.Topology.Model.Segments;
        return new("FeatureCollection", LiveEnvelope.Of(picture.Snapshot), [.. segments.GroupBy(s => lines.FeederId[s]).Select(g =>
            new Feature<FeederProperties, LinesGeometry>("Feature", g.Key, Feeder(picture, g.Key), new("MultiLineString", Joined(lines, g))))]);
    }

    public static FeatureCollection<T, PointGeometry> Points<T>(AssetPicture picture, AssetLayer layer, int[] ids, Func<AssetPicture, int, T> properties) =>
        new("FeatureCollection", LiveEnvelope.Of(picture.Snapshot), [.. ids.Select(id =>
            new Feature<T, PointGeometry>("Feature", id, properties(picture, id), new("Point", picture.Topology.PlaceOf(new(layer, id)) is var (lat, lon) ? [lon, lat] : [])))]);

    public static SubstationProperties Substation(AssetPicture picture, int id)
    {
        var s = SubstationStatus.Of(picture.Snapshot, id);
        return new(s.Code, s.Name, s.Region, s.Status, s.BusKv, s.LoadPercentOfRating, s.SourceTime, s.Freshness, s.Quality, s.Origin);
    }

    public static DeviceProperties Device(AssetPicture picture, int id)
    {
        var (devices, row) = (picture.Topology.Model.Devices, picture.Row(new(AssetLayer.Device, id)));
        return new(
            row.Name, devices.Kind[id], AssetNames.Segment(devices.SegmentId[id]), picture.FeederName(row), picture.SubstationCode(row), picture.Codes.IsOpen(id), devices.NormallyOpen[id],
            row.Values.SourceTime, row.Code.Age, row.Values.Origin);
    }

    public static TransformerProperties Transformer(AssetPicture picture, int id)
    {
        var (topology, row) = (picture.Topology, picture.Row(new(AssetLayer.Transformer, id)));
        return new(
            row.Name, picture.FeederName(row), picture.SubstationCode(row), Math.Round(topology.Model.Transformers.RatedKva[id], 1), topology.FirstMeterOfTransformer[id + 1] - topology.FirstMeterOfTransformer[id],
            row.Code.Status, Rounded(row.Values.LoadPercent), Rounded(row.Values.Volts), row.Values.SourceTime, row.Code.Age, row.Values.Origin);
    }

    public static MeterProperties Meter(AssetPicture picture, int id)
    {
        var (points, row) = (picture.Topology.Model.UsagePoints, picture.Row(new(AssetLayer.Meter, id)));
        return new(
            row.Name, AssetNames.Transformer(points.TransformerId[id]), picture.FeederName(row), picture.SubstationCode(row), points.Class[id], row.Code.Status,
            Rounded(row.Values.Volts), row.Values.SourceTime, row.Code.Age, row.Values.Origin);
    }

    private static FeederProperties Feeder(AssetPicture picture, int id)
    {
        var f = FeederStatus.Of(picture.Snapshot, id);
        return new(
            f.Name, picture.Snapshot.Grid.Substations[f.SubstationId].Code, f.NominalKv, f.RatedAmps, f.Customers, f.Status, f.LoadPercentOfRating, f.SourceTime, f.Freshness, f.Quality, f.Origin);
    }

    /// <summary>Segments that follow each other become one line.</summary>
    private static List<IReadOnlyList<double[]>> Joined(LineSegments s, IEnumerable<int> ids)
    {
        var lines = new List<IReadOnlyList<double[]>>();
        List<double[]> line = [];
        foreach (var id in ids)
        {
            if (line.Count == 0 || line[^1][0] != s.FromLon[id] || line[^1][1] != s.FromLat[id])
            {
                line = [[s.FromLon[id], s.FromLat[id]]];
                lines.Add(line);
            }

            line.Add([s.ToLon[id], s.ToLat[id]]);
        }

        return lines;
    }

    private static double? Rounded(double? value) => value is { } v ? Math.Round(v, 1) : null;
}
