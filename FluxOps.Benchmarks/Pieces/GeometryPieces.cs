using System.Text.Json;
using BenchmarkDotNet.Attributes;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;

namespace FluxOps.Benchmarks.Pieces;

/// <summary>The lines of the demo network as they go to the browser, against JSON of the same coordinates.</summary>
[MemoryDiagnoser]
public class GeometryPieces
{
    private readonly GridModel _grid = NetworkSynthesiser.Build(NetworkPlan.Demo with { Meters = 20_000 });
    private byte[] _encoded = [];

    [GlobalSetup]
    public void Prepare() => _encoded = GeometryCodec.Encode(_grid.Feeders.Length, _grid.Segments);

    [Benchmark(Baseline = true)]
    public int Json() => JsonSerializer.SerializeToUtf8Bytes(new { _grid.Segments.FromLat, _grid.Segments.FromLon, _grid.Segments.ToLat, _grid.Segments.ToLon }).Length;

    [Benchmark]
    public int Encode() => GeometryCodec.Encode(_grid.Feeders.Length, _grid.Segments).Length;

    [Benchmark]
    public int Decode() => GeometryCodec.Decode(_encoded).Count;
}
