using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FsCheck.Xunit;

namespace FluxOps.Tests.Topology;

public sealed class GeometryCodecTests
{
    [Property(MaxTest = 200)]
    public void What_is_encoded_is_decoded(int seed, byte size)
    {
        var random = new Random(seed);
        var feeders = random.Next(1, 6);
        int[] ofFeeder = [.. Enumerable.Range(0, size).Select(_ => random.Next(feeders)).Order()];
        var segments = new LineSegments
        {
            FeederId = ofFeeder, ParentId = new int[size], TieToId = new int[size], RatedAmps = new float[size], LengthM = new float[size],
            Kind = [.. ofFeeder.Select(_ => (SegmentKind)random.Next(3))], Phases = [.. ofFeeder.Select(_ => (Phases)random.Next(8))],
            FromLat = Degrees(90), FromLon = Degrees(180), ToLat = Degrees(90), ToLon = Degrees(180),
        };
        // Half of them go on where the one before ended.
        for (var i = 1; i < size; i += 2) (segments.FromLat[i], segments.FromLon[i]) = (segments.ToLat[i - 1], segments.ToLon[i - 1]);

        var decoded = GeometryCodec.Decode(GeometryCodec.Encode(feeders, segments));

        Assert.Equal(
            Enumerable.Range(0, size).Select(i => new GeometrySegment(ofFeeder[i], segments.Kind[i], segments.Phases[i],
                GeometryCodec.Fixed(segments.FromLat[i]), GeometryCodec.Fixed(segments.FromLon[i]), GeometryCodec.Fixed(segments.ToLat[i]), GeometryCodec.Fixed(segments.ToLon[i]))),
            decoded);

        double[] Degrees(int most) => [.. Enumerable.Range(0, size).Select(_ => random.Next(-most * GeometryCodec.Scale, most * GeometryCodec.Scale + 1) / (double)GeometryCodec.Scale)];
    }

    [Fact]
    public async Task The_whole_demo_network_is_200_KB_at_most()
    {
        var grid = NetworkSynthesiser.Build(NetworkPlan.Demo);
        var geometry = GridGeometry.Of(grid, grid.Segments);
        await geometry.File.Settled;
        TestContext.Current.TestOutputHelper?.WriteLine($"{grid.Segments.Count} segments: {geometry.File.Plain.Length} B, {geometry.File.Brotli.Length} B compressed");
        Assert.InRange(geometry.File.Brotli.Length, 1, 200_000);
        Assert.Equal(grid.Segments.Count, GeometryCodec.Decode(geometry.File.Plain).Count);
        Assert.Same(geometry, GridGeometry.Of(grid, grid.Segments));
    }

    [Fact]
    public void Something_else_is_refused() => Assert.Throws<InvalidDataException>(() => GeometryCodec.Decode("GIF89a"u8));
}
