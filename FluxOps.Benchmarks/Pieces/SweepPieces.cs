using BenchmarkDotNet.Attributes;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Network;

namespace FluxOps.Benchmarks.Pieces;

/// <summary>One sweep of the demo network on its way through this process: into the state, into a snapshot, into a frame.</summary>
[MemoryDiagnoser]
public class SweepPieces
{
    private readonly GridModel _grid = NetworkSynthesiser.Build(NetworkPlan.Demo with { Meters = 20_000 });
    private readonly TelemetryChange[] _changes = new TelemetryChange[16];
    private LiveState _state = null!;
    private GridSnapshot _last = null!;
    private int _next;

    [GlobalSetup]
    public void Prepare()
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var sweeps = new Sweeps(_grid.Feeders.Length, _grid.Substations.Length);
        for (var i = 0; i < _changes.Length; i++)
            _changes[i] = new TelemetryChange(true, sweeps.Make(i, time + i * 10), time);
        _state = new LiveState(_grid, new LiveGridOptions(), TimeProvider.System);
        _state.Apply(_changes[0]);
        _last = _state.Settle() ?? throw new InvalidOperationException("The first sweep gave no snapshot.");
    }

    /// <summary>The least a consumer can do: keep the arrays.</summary>
    [Benchmark(Baseline = true)]
    public int CopyOfTheArrays()
    {
        var f = Next().Sweep.Feeders;
        return ((float[])f.Mw.Clone()).Length + ((float[])f.Mvar.Clone()).Length + ((float[])f.Kv.Clone()).Length + ((float[])f.Amps.Clone()).Length
            + ((long[])f.SourceTime.Clone()).Length + ((BreakerState[])f.Breaker.Clone()).Length + ((TelemetryQuality[])f.Quality.Clone()).Length;
    }

    [Benchmark]
    public long ApplyAndSettle()
    {
        _state.Apply(Next());
        _last = _state.Settle() ?? _last;
        return _last.Version;
    }

    [Benchmark]
    public int ApplySettleAndEncodeTheDelta()
    {
        var before = _last;
        _state.Apply(Next());
        _last = _state.Settle() ?? _last;
        return StatusFrames.Step(before, _last, LaneLook.Nothing)?.Length ?? 0;
    }

    [Benchmark]
    public int ApplySettleAndEncodeAll()
    {
        _state.Apply(Next());
        _last = _state.Settle() ?? _last;
        return StatusFrames.Snapshot(_last, LaneLook.Nothing).Length;
    }

    private TelemetryChange Next() => _changes[_next++ & 15];
}
