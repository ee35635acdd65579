using System.Text.Json;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FluxOps.Tests.Data;
using FluxOps.Tests.Generator;
using FluxOps.Tests.Shared;
using FsCheck.Xunit;

namespace FluxOps.Tests.Topology;

/// <summary>FXA1 and FXM1: what is written is read back, here and by the browser's module.</summary>
public sealed class MapFilesTests
{
    /// <summary>The bytes of a small network and what is in them; <c>geometry.test.mjs</c> decodes the same. It is written anew where FLUXOPS_WRITE_FIXTURES is set.</summary>
    private static readonly string Fixture = Path.Combine(Solution.Root, "FluxOps.Tests", "Web", "mapfiles.json");

    [Fact]
    public async Task The_bytes_are_those_that_the_browsers_module_decodes()
    {
        var grid = TestGrid.Make(segmentsEach: 2, transformersEach: 2, metersEach: 2);
        var topology = new GridTopology(grid);
        var (transformers, devices, points) = (grid.Transformers, grid.Devices, grid.UsagePoints);
        var json = JsonSerializer.Serialize(new
        {
            lines = Convert.ToHexStringLower(GeometryCodec.Encode(grid.Feeders.Length, grid.Segments)),
            assets = Convert.ToHexStringLower(AssetsCodec.Encode(topology)),
            meters = Convert.ToHexStringLower(MetersCodec.Encode(topology, 1)),
            segmentsEnd = grid.Segments.ToLat.Zip(grid.Segments.ToLon, Fixed),
            firstTransformer = topology.FirstTransformerOfFeeder,
            transformers = transformers.Lat.Zip(transformers.Lon, Fixed),
            deviceSegment = devices.SegmentId, deviceKind = devices.Kind.Select(k => (int)k), deviceNormallyOpen = devices.NormallyOpen.Select(o => o ? 1 : 0),
            firstMeter = topology.FirstMeterOfSubstation,
            metersOfStation1 = Enumerable.Range(topology.FirstMeterOfSubstation[1], topology.FirstMeterOfSubstation[2] - topology.FirstMeterOfSubstation[1]).Select(m => Fixed(points.Lat[m], points.Lon[m])),
        }) + "\n";
        if (Environment.GetEnvironmentVariable("FLUXOPS_WRITE_FIXTURES") is { Length: > 0 }) await File.WriteAllTextAsync(Fixture, json, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(Fixture, TestContext.Current.CancellationToken), json);

        static int[] Fixed(double lat, double lon) => [GeometryCodec.Fixed(lat), GeometryCodec.Fixed(lon)];
    }

    [Property(MaxTest = 10)]
    public void What_is_encoded_is_decoded(int seed) => Check(new(NetworkSynthesiser.Build(NetworkPlan.Tiny with { Seed = seed })));

    [Fact]
    public void What_hangs_on_the_demo_network_is_300_KB_at_most()
    {
        var topology = new GridTopology(DemoNetwork.Model);
        Check(topology);
        var assets = GridAssetFiles.Of(topology);
        TestContext.Current.TestOutputHelper?.WriteLine($"{assets.Assets.Plain.Length} B, {assets.Assets.Brotli.Length} B compressed at once");
        Assert.InRange(assets.Assets.Brotli.Length, 1, 300_000);
        Assert.Same(assets, GridAssetFiles.Of(topology));
        Assert.Null(assets.Meters(-1));
        Assert.Null(assets.Meters(topology.Model.Substations.Length));
    }

    [Fact]
    public void A_station_without_meters_has_an_empty_file()
    {
        var topology = new GridTopology(TestGrid.Make(metersEach: 0));
        Assert.Empty(MetersCodec.Decode(MetersCodec.Encode(topology, 1)).Lat);
        Assert.All(AssetsCodec.Decode(AssetsCodec.Encode(topology)).Meters, b => Assert.Equal(default, b));
    }

    [Fact]
    public void Something_else_or_half_of_it_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => AssetsCodec.Decode("FXG1\0"u8));
        Assert.Throws<InvalidDataException>(() => MetersCodec.Decode("GIF89a"u8));
        var whole = MetersCodec.Encode(new GridTopology(TestGrid.Make()), 0);
        Assert.Throws<InvalidDataException>(() => MetersCodec.Decode(whole.AsSpan(0, whole.Length - 1)));
    }

    [Fact]
    public void The_version_in_the_addresses_follows_the_network()
    {
        Assert.Equal(GridAssetFiles.HashOf(TestGrid.Make()), GridAssetFiles.HashOf(TestGrid.Make()));
        Assert.NotEqual(GridAssetFiles.HashOf(TestGrid.Make()), GridAssetFiles.HashOf(TestGrid.Make(hash: "h2")));
    }

    private static void Check(GridTopology topology)
    {
        var (transformers, devices, points) = (topology.Model.Transformers, topology.Model.Devices, topology.Model.UsagePoints);
        var decoded = AssetsCodec.Decode(AssetsCodec.Encode(topology));
        Assert.Equal(transformers.FeederId, decoded.TransformerFeeder);
        Assert.Equal(transformers.Lat.Select(GeometryCodec.Fixed), decoded.Lat);
        Assert.Equal(transformers.Lon.Select(GeometryCodec.Fixed), decoded.Lon);
        Assert.Equal(devices.SegmentId, decoded.DeviceSegment);
        Assert.Equal(devices.Kind, decoded.DeviceKind);
        Assert.Equal(devices.NormallyOpen, decoded.NormallyOpen);
        Assert.Equal(topology.Model.Substations.Length, decoded.Meters.Length);
        for (var s = 0; s < decoded.Meters.Length; s++)
        {
            var (first, end) = (topology.FirstMeterOfSubstation[s], topology.FirstMeterOfSubstation[s + 1]);
            var meters = MetersCodec.Decode(MetersCodec.Encode(topology, s));
            Assert.Equal(first, meters.FirstId);
            Assert.Equal(points.Lat[first..end].Select(GeometryCodec.Fixed), meters.Lat);
            Assert.Equal(points.Lon[first..end].Select(GeometryCodec.Fixed), meters.Lon);
            var box = decoded.Meters[s];
            Assert.Equal(end - first, box.Count);
            if (box.Count == 0) continue;
            Assert.Equal((meters.Lat.Min(), meters.Lon.Min(), meters.Lat.Max(), meters.Lon.Max()), (box.South, box.West, box.South + box.Height, box.West + box.Width));
        }
    }
}
