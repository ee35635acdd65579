using BenchmarkDotNet.Attributes;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Generator.Network;

namespace FluxOps.Benchmarks.Pieces;

/// <summary>Publishing a snapshot: what the one feed thread pays for the circuits that watch.</summary>
[MemoryDiagnoser]
public class PublishPieces : IDisposable
{
    private readonly LiveGrid _live = new();
    private CancellationTokenSource _stop = new();
    private GridSnapshot _snapshot = null!;

    [Params(1, 100, 500)]
    public int Watchers { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _stop = new CancellationTokenSource();
        var grid = NetworkSynthesiser.Build(NetworkPlan.Tiny);
        var state = new LiveState(grid, new LiveGridOptions(), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        state.Apply(new TelemetryChange(true, new Sweeps(grid.Feeders.Length, grid.Substations.Length).Make(1, now), now));
        _snapshot = state.Settle() ?? throw new InvalidOperationException("The first sweep gave no snapshot.");
        for (var i = 0; i < Watchers; i++)
            _ = WatchAsync(_stop.Token);
    }

    [Benchmark]
    public void Publish() => _live.Publish(_snapshot);

    [GlobalCleanup]
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    // As a circuit does: take it, and come back for the newest.
    private async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var _ in _live.Watch(stop))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }
}
