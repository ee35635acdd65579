using System.Runtime.CompilerServices;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The lines of the network that is live, read once, after the first picture: 66,000 segments are for the map's file and for boxes, and the
/// figures of a starting console do not wait for them.
/// </summary>
internal sealed class GridLines(GridStore store)
{
    private readonly ConditionalWeakTable<GridModel, Task<LineSegments>> _read = [];
    private readonly Lock _one = new();

    /// <summary>The segments of this network. Throws where the store holds another one by now: the next snapshot says so.</summary>
    public Task<LineSegments> OfAsync(GridModel grid, CancellationToken ct)
    {
        if (grid.Segments.Count > 0) return Task.FromResult(grid.Segments);
        lock (_one)
        {
            if (!_read.TryGetValue(grid, out var reading) || reading.IsFaulted || reading.IsCanceled)
                _read.AddOrUpdate(grid, reading = ReadAsync(grid));
            return reading.WaitAsync(ct);
        }
    }

    public async Task<GridGeometry> GeometryOfAsync(GridModel grid, CancellationToken ct) => GridGeometry.Of(grid, await OfAsync(grid, ct));

    // Shared by all who wait for it, so no single one's cancellation ends it.
    private async Task<LineSegments> ReadAsync(GridModel grid)
    {
        var loaded = await store.LoadAsync(GridParts.Segments, CancellationToken.None);
        return loaded.Network.ContentHash == grid.Network.ContentHash ? loaded.Segments : throw new InvalidOperationException("The network was replaced.");
    }
}

/// <summary>Reads the lines and makes the map's file as soon as the first picture is out, so that the first map need not wait.</summary>
internal sealed class GridLinesAhead(LiveGrid live, GridLines lines, ILogger<GridLinesAhead> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lines.GeometryOfAsync((await live.FirstAsync(stoppingToken)).Grid, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // Whoever asks for the map reads them again.
            log.LogWarning(e, "The network's lines could not be read ahead");
        }
    }
}
