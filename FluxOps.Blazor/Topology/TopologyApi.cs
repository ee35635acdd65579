using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxOps.Blazor.Topology;

/// <summary>A GeoJSON FeatureCollection (RFC 7946), one feature per feeder.</summary>
public sealed record FeederCollection(string Type, LiveEnvelope Live, IReadOnlyList<FeederFeature> Features);

public sealed record FeederFeature(string Type, int Id, FeederProperties Properties, FeederLines Geometry);

/// <param name="LoadPercentOfRating">Current over rated current, %.</param>
public sealed record FeederProperties(
    string Name, string Substation, double NominalKv, double RatedAmps, int Customers, AssetStatus Status, double? LoadPercentOfRating,
    DateTimeOffset? SourceTime, Freshness Freshness, TelemetryQuality Quality, ValueOrigin? Origin);

/// <summary>A MultiLineString; positions are [longitude, latitude], degrees WGS 84.</summary>
public sealed record FeederLines(string Type, IReadOnlyList<IReadOnlyList<double[]>> Coordinates);

public static class TopologyApi
{
    private const string GeoJson = "application/geo+json";
    /// <summary>A twentieth of a megabyte per thousand: larger answers are what the geometry file is for.</summary>
    private const int MostSegments = 20_000;

    public static void MapTopology(this RouteGroupBuilder api) =>
        api.MapGet("/topology/feeders", GetFeeders).WithTags("Network").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot()
            .Produces<FeederCollection>(StatusCodes.Status200OK, GeoJson);

    /// <summary>Feeders in a box</summary>
    /// <remarks>The line segments that touch the box, as GeoJSON, one feature per feeder, with the feeder's live status. At most 20,000 segments: the whole network is in the geometry file that initial-load names.</remarks>
    /// <param name="bbox">minLon,minLat,maxLon,maxLat in degrees WGS 84, such as -95.45,29.70,-95.35,29.80.</param>
    internal static async Task<Results<JsonHttpResult<FeederCollection>, ValidationProblem>> GetFeeders(LiveGrid live, GridTopologies topologies, [Required] string bbox, CancellationToken ct)
    {
        if (!Box.TryParse(bbox, out var box, out var fault)) return Problems.Invalid(nameof(bbox), fault);
        var snapshot = live.Current!;
        var segments = await topologies.LinesAsync(snapshot.Grid, ct);
        var inside = Inside(segments, box);
        if (inside.Count > MostSegments)
            return Problems.Invalid(nameof(bbox), $"The box holds {inside.Count:N0} line segments; the limit is {MostSegments:N0}. Ask for a smaller box, or take the whole network from the geometry file.");

        var features = inside.GroupBy(id => segments.FeederId[id]).OrderBy(g => g.Key)
            .Select(g => new FeederFeature("Feature", g.Key, Properties(snapshot, g.Key), new FeederLines("MultiLineString", Lines(segments, g))));
        return TypedResults.Json(new FeederCollection("FeatureCollection", LiveEnvelope.Of(snapshot), [.. features]), contentType: GeoJson);
    }

    private static List<int> Inside(LineSegments s, Box box)
    {
        var inside = new List<int>();
        for (var id = 0; id < s.Count; id++)
        {
            if (box.Touches(s.FromLat[id], s.FromLon[id], s.ToLat[id], s.ToLon[id])) inside.Add(id);
        }

        return inside;
    }

    /// <summary>Segments that follow each other become one line.</summary>
    private static List<IReadOnlyList<double[]>> Lines(LineSegments s, IEnumerable<int> ids)
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

    private static FeederProperties Properties(GridSnapshot snapshot, int id)
    {
        var feeder = FeederStatus.Of(snapshot, id);
        return new(
            feeder.Name, snapshot.Grid.Substations[feeder.SubstationId].Code, feeder.NominalKv, feeder.RatedAmps, feeder.Customers,
            feeder.Status, feeder.LoadPercentOfRating, feeder.SourceTime, feeder.Freshness, feeder.Quality, feeder.Origin);
    }

    /// <summary>Degrees, WGS 84.</summary>
    internal readonly record struct Box(double West, double South, double East, double North)
    {
        /// <summary>Reads <c>-95.45,29.70,-95.35,29.80</c>.</summary>
        public static bool TryParse(string text, out Box box, out string fault)
        {
            box = default;
            fault = "";
            var parts = text.Split(',');
            var numbers = new double[4];
            if (parts.Length != 4)
            {
                fault = $"Four numbers minLon,minLat,maxLon,maxLat are needed; there are {parts.Length}.";
                return false;
            }

            for (var i = 0; i < 4; i++)
            {
                if (double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i])) continue;
                fault = $"\"{parts[i].Trim()}\" is not a number; minLon,minLat,maxLon,maxLat in degrees are needed.";
                return false;
            }

            box = new(numbers[0], numbers[1], numbers[2], numbers[3]);
            fault = box switch
            {
                { West: < -180 or > 180 } or { East: < -180 or > 180 } => "A longitude must be between -180 and 180.",
                { South: < -90 or > 90 } or { North: < -90 or > 90 } => "A latitude must be between -90 and 90.",
                _ when box.West >= box.East => "minLon must be less than maxLon.",
                _ when box.South >= box.North => "minLat must be less than maxLat.",
                _ => "",
            };
            return fault.Length == 0;
        }

        public bool Touches(double lat1, double lon1, double lat2, double lon2) =>
            Math.Max(lat1, lat2) >= South && Math.Min(lat1, lat2) <= North && Math.Max(lon1, lon2) >= West && Math.Min(lon1, lon2) <= East;
    }
}
