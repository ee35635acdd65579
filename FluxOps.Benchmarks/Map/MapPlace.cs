using FluxOps.Data.Grid;

namespace FluxOps.Benchmarks.Map;

/// <summary>Where the scenes are looked at: the middle of a long backbone segment near the middle of the city, and the feeder that it is of.</summary>
internal sealed record MapPlace(double Lat, double Lon, int Feeder)
{
    private const double Near = 0.08; // degrees

    public static MapPlace Of(GridModel grid)
    {
        var s = grid.Segments;
        var (lat, lon) = (grid.Substations.Average(b => b.Latitude), grid.Substations.Average(b => b.Longitude));
        var best = Enumerable.Range(0, s.FromLat.Length)
            .Where(i => s.Kind[i] == SegmentKind.Backbone && Math.Abs(s.FromLat[i] - lat) < Near && Math.Abs(s.FromLon[i] - lon) < Near)
            .MaxBy(i => s.LengthM[i]);
        return new MapPlace((s.FromLat[best] + s.ToLat[best]) / 2, (s.FromLon[best] + s.ToLon[best]) / 2, s.FeederId[best]);
    }
}
