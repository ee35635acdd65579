using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;

namespace FluxOps.Data.Grid;

/// <summary>Texts of the network, streamed, for whoever must not hold all of them.</summary>
public sealed class GridTexts(ServingStore store)
{
    private const int RowsAtATime = 5000;

    /// <summary>
    /// Serial and address of every meter, in the order of the ids, without ever holding them all. Some thousand rows, then <paramref name="pause"/>:
    /// whoever waits for the figures of the grid goes first.
    /// </summary>
    public async Task ReadMetersAsync(Action<int, string, string> meter, TimeSpan pause, TimeProvider time, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var r = await CopyReader.BeginAsync(connection, "copy (select id, serial, address from usage_points order by id) to stdout binary", ct);
        for (var row = 1; await r.NextAsync(ct); row++)
        {
            meter(r.Int(), r.Text(), r.Text());
            if (row % RowsAtATime == 0 && pause > TimeSpan.Zero)
                await Task.Delay(pause, time, ct);
        }
    }
}
