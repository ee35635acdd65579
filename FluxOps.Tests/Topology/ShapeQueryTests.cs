using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FsCheck.Xunit;

namespace FluxOps.Tests.Topology;

/// <summary>The cells find what looking at every asset finds.</summary>
public sealed class ShapeQueryTests
{
    private static readonly GridTopology Tiny = new(NetworkSynthesiser.Build(NetworkPlan.Tiny));
    private static readonly (double West, double South, double East, double North) Bounds = (
        Tiny.Model.Segments.ToLon.Min(), Tiny.Model.Segments.ToLat.Min(), Tiny.Model.Segments.ToLon.Max(), Tiny.Model.Segments.ToLat.Max());

    [Property(MaxTest = 60)]
    public void A_box_holds_what_lies_in_it(int seed)
    {
        var random = new Random(seed);
        double[] lon = [Lon(random), Lon(random)], lat = [Lat(random), Lat(random)];
        Check(GeoShape.Box(lon.Min(), lat.Min(), lon.Max() + 1e-5, lat.Max() + 1e-5));
    }

    [Property(MaxTest = 60)]
    public void A_polygon_holds_what_lies_in_it_even_where_it_crosses_itself(int seed)
    {
        var random = new Random(seed);
        var corners = random.Next(3, random.Next(4, 60));
        Assert.True(GeoShape.TryParsePolygon(string.Join(';', Enumerable.Range(0, corners).Select(_ => $"{Lon(random):0.#####},{Lat(random):0.#####}")), out var shape, out var fault), fault);
        Check(shape);
    }

    [Fact]
    public void Corners_on_the_very_assets_are_no_trouble()
    {
        var t = Tiny.Model.Transformers;
        for (var i = 0; i + 40 < t.Count; i += 97)
            if (GeoShape.TryParsePolygon($"{t.Lon[i]},{t.Lat[i]};{t.Lon[i + 20]},{t.Lat[i + 20]};{t.Lon[i + 40]},{t.Lat[i + 40]}", out var shape, out _)) Check(shape);
    }

    [Fact]
    public void The_whole_territory_holds_everything_and_its_totals()
    {
        var all = ShapeQuery.Of(Tiny).Inside(GeoShape.Box(-180, -90, 180, 90));
        var model = Tiny.Model;
        foreach (var (layer, count) in ((AssetLayer, int)[])[(AssetLayer.Substation, model.Substations.Length), (AssetLayer.Feeder, model.Feeders.Length), (AssetLayer.Segment, model.Segments.Count),
            (AssetLayer.Device, model.Devices.Count), (AssetLayer.Transformer, model.Transformers.Count), (AssetLayer.Meter, model.UsagePoints.Count)])
            Assert.Equal(Enumerable.Range(0, count), all.Of(layer));
        Assert.Equal(model.Segments.LengthM.Sum(m => (double)m) / 1000, all.Km, 6);
        Assert.Equal(model.Transformers.RatedKva.Sum(k => (double)k), all.Kva, 6);
        Assert.Equal((int)Math.Round(model.UsagePoints.Count * model.Network.MeterWeight), all.Customers);
        Assert.Same(ShapeQuery.Of(Tiny), ShapeQuery.Of(Tiny));
    }

    [Fact]
    public void Elsewhere_there_is_nothing()
    {
        var none = ShapeQuery.Of(Tiny).Inside(GeoShape.Box(10, 10, 11, 11));
        Assert.All(Enum.GetValues<AssetLayer>(), l => Assert.Empty(none.Of(l)));
    }

    [Theory]
    [InlineData("", "3 to 100 points", "there are 0")]
    [InlineData("-95,29;-95,30", "3 to 100 points", "there are 2")]
    [InlineData("-95,29;-95;-96,30", "Point 2", "not lon,lat")]
    [InlineData("-95,29;-95,x;-96,30", "Point 2", "not two numbers")]
    [InlineData("-95,29;-95,30;29,-96", "Point 3", "latitude must be between -90 and 90. The longitude comes first")]
    [InlineData("-95,29;-95,30;-195,30", "Point 3", "longitude must be between")]
    [InlineData("-95,29;-95,30;-95,31", "one line", "nothing inside")]
    public void A_wrong_polygon_is_told_what_is_wrong(string text, params string[] words)
    {
        Assert.False(GeoShape.TryParsePolygon(text, out _, out var fault));
        Assert.All(words, w => Assert.Contains(w, fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_polygon_of_too_many_points_is_refused() =>
        Assert.False(GeoShape.TryParsePolygon(string.Join(';', Enumerable.Range(0, 101).Select(i => $"{i * 0.1},{i * i * 0.001}")), out _, out _));

    [Fact]
    public void A_shape_is_written_as_it_is_read()
    {
        Assert.True(GeoShape.TryParsePolygon("-95.5,29.25; -95,29.00001;-95.123456,30", out var polygon, out _));
        Assert.Equal("-95.5,29.25;-95,29.00001;-95.12346,30", polygon.ToString());
        Assert.Equal("-95.5,29,-95,30", GeoShape.Box(-95.5, 29, -95, 30).ToString());
    }

    private static void Check(GeoShape shape)
    {
        var model = Tiny.Model;
        var found = ShapeQuery.Of(Tiny).Inside(shape);
        var s = model.Segments;
        int[] segments = [.. Enumerable.Range(0, s.Count).Where(i => shape.Touches(s.FromLat[i], s.FromLon[i], s.ToLat[i], s.ToLon[i]))];
        Assert.Equal(segments, found.Segments);
        Assert.Equal(segments.Select(i => s.FeederId[i]).Distinct(), found.Feeders);
        Assert.Equal(Enumerable.Range(0, model.Substations.Length).Where(i => shape.Contains(model.Substations[i].Latitude, model.Substations[i].Longitude)), found.Substations);
        Assert.Equal(Enumerable.Range(0, model.Devices.Count).Where(i => shape.Contains(s.FromLat[model.Devices.SegmentId[i]], s.FromLon[model.Devices.SegmentId[i]])), found.Devices);
        Assert.Equal(Enumerable.Range(0, model.Transformers.Count).Where(i => shape.Contains(model.Transformers.Lat[i], model.Transformers.Lon[i])), found.Transformers);
        Assert.Equal(Enumerable.Range(0, model.UsagePoints.Count).Where(i => shape.Contains(model.UsagePoints.Lat[i], model.UsagePoints.Lon[i])), found.Meters);
        foreach (var layer in Enum.GetValues<AssetLayer>()) Assert.Equal(found.Of(layer), ShapeQuery.Of(Tiny).Inside(shape, layer));
    }

    // A little beyond the territory on every side.
    private static double Lon(Random random) => Bounds.West + (random.NextDouble() * 1.4 - 0.2) * (Bounds.East - Bounds.West);
    private static double Lat(Random random) => Bounds.South + (random.NextDouble() * 1.4 - 0.2) * (Bounds.North - Bounds.South);
}
