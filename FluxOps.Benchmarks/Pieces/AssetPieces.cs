using BenchmarkDotNet.Attributes;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Network;

namespace FluxOps.Benchmarks.Pieces;

/// <summary>Codes of the city network's 600,000 meters and of all above them, kept up with readings, with a sweep, with nothing, and all at once.</summary>
[MemoryDiagnoser]
public class AssetPieces
{
    private const int Readings = 30_000;
    private readonly ReadingsChange[] _readings = new ReadingsChange[20];
    private readonly TelemetryChange[] _sweeps = new TelemetryChange[16];
    private readonly Clock _clock = new();
    private LiveState _state = null!;
    private GridSnapshot _last = null!;
    private GridTopology _topology = null!;
    private int _next;

    [GlobalSetup]
    public void Prepare()
    {
        var grid = NetworkSynthesiser.Build(NetworkPlan.City);
        var now = _clock.Now.ToUnixTimeMilliseconds();
        var meters = grid.UsagePoints.Count;
        var random = new Random(7);
        for (var b = 0; b < _readings.Length; b++) _readings[b] = new(false, Batch(meters, random, b), [], now);
        var sweeps = new Sweeps(grid.Feeders.Length, grid.Substations.Length);
        for (var i = 0; i < _sweeps.Length; i++) _sweeps[i] = new TelemetryChange(i == 0, sweeps.Make(i, now + i), now);
        var memory = GC.GetTotalMemory(true);
        _state = new LiveState(grid, new LiveGridOptions(), _clock);
        _state.Apply(_sweeps[0]);
        var stations = GC.GetTotalMemory(true) - memory;
        memory = GC.GetTotalMemory(true);
        _topology = new GridTopology(grid);
        var lists = GC.GetTotalMemory(true) - memory;
        memory = GC.GetTotalMemory(true);
        _state.Attach(_topology);
        _last = _state.Settle() ?? throw new InvalidOperationException("The first sweep gave no snapshot.");
        Console.WriteLine($"// {meters:N0} meters: state {stations / 1e6:0.0} MB (meters' newest readings included), topology {lists / 1e6:0.0} MB beside the network, board and codes {(GC.GetTotalMemory(true) - memory) / 1e6:0.0} MB");
        for (var b = 0; b < _readings.Length; b++) _state.Apply(_readings[b]);
        _last = _state.Settle() ?? _last;
    }

    /// <summary>Half of a delivery's batch of 10,000 consecutive meters each, half of single meters all over the network.</summary>
    private IntervalReadings Batch(int meters, Random random, int batch)
    {
        var start = _clock.Now.ToUnixTimeSeconds() / 900 * 900 - 900;
        int[] ids = [.. Enumerable.Range(batch * Readings % (meters - Readings), Readings / 2), .. Enumerable.Range(0, Readings / 2).Select(_ => random.Next(meters))];
        return new()
        {
            Origin = ValueOrigin.Simulated, UsagePointId = ids, IntervalStart = [.. ids.Select(_ => start)], Kwh = [.. ids.Select(_ => random.NextSingle())],
            Volts = [.. ids.Select(_ => 222 + 36 * random.NextSingle())], Quality = new ReadingQuality[ids.Length],
        };
    }

    [Benchmark]
    public long Apply30000Readings()
    {
        _state.Apply(_readings[_next++ % _readings.Length]);
        return _last.Version;
    }

    [Benchmark]
    public long Apply30000ReadingsAndSettle()
    {
        _state.Apply(_readings[_next++ % _readings.Length]);
        _last = _state.Settle() ?? _last;
        return _last.Version;
    }

    [Benchmark]
    public int Apply30000ReadingsSettleAndEncodeForAMapWithTwoStations()
    {
        var before = _last;
        _state.Apply(_readings[_next++ % _readings.Length]);
        _last = _state.Settle() ?? _last;
        return StatusFrames.Step(before, _last, new(true, [100, 101]))?.Length ?? 0;
    }

    [Benchmark]
    public long ApplyASweepAndSettle()
    {
        _state.Apply(_sweeps[_next++ & 15]);
        _last = _state.Settle() ?? _last;
        return _last.Version;
    }

    [Benchmark]
    public bool SettleWithNothingNew() => _state.Settle() is null;

    /// <summary>All codes from what is known: at the start, and about as much when a quarter hour's readings grow older.</summary>
    [Benchmark]
    public long AttachAndSettle()
    {
        _state.Attach(_topology);
        _last = _state.Settle() ?? _last;
        return _last.Version;
    }

    [Benchmark]
    public int EncodeAllOfIt() => FrameSections.Assets(null, _last.Assets!).Length;

    /// <summary>Stands, so that nothing but the readings moves.</summary>
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; } = System.GetUtcNow();
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
