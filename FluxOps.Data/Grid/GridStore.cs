using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Grid;

/// <summary>The network in the serving store: written whole, in one transaction, and read by the part.</summary>
public sealed class GridStore(ServingStore store)
{
    private const int Attempts = 5;

    private readonly TaskCompletionSource _exists = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until this process has seen a network in the store, or has written one.</summary>
    public async Task ExistsAsync(CancellationToken ct = default)
    {
        if (!_exists.Task.IsCompleted && await ReadNetworkAsync(ct) is null)
            await _exists.Task.WaitAsync(ct);
    }

    /// <summary>Replaces the network and all that hangs on its ids (status, readings, events).</summary>
    public async Task WriteAsync(GridModel model, IProgress<StartProgress>? progress = null, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        for (var attempt = 1; ; attempt++)
            try
            {
                await WriteOnceAsync(model, progress, ct);
                break;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                // A writer of live data held tables in another order. It has gone on; nothing of ours was kept.
            }
        _exists.TrySetResult();
        progress?.Report(new("network", "The network is stored", 1));
    }

    private async Task WriteOnceAsync(GridModel model, IProgress<StartProgress>? progress, CancellationToken ct)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await GridRows.ClearAsync(connection, ct);
        void Say(string message, double fraction) => progress?.Report(new("network", message, fraction));
        Say("Storing substations and feeders", 0);
        await GridRows.WriteStationsAsync(connection, model, ct);
        Say("Storing lines", 0.1);
        await GridRows.WriteSegmentsAsync(connection, model.Segments, ct);
        Say("Storing service transformers", 0.25);
        await GridRows.WriteAssetsAsync(connection, model, ct);
        Say("Storing meters", 0.4);
        await GridRows.WriteUsagePointsAsync(connection, model, ct);
        await WriteNetworkAsync(connection, model, ct);
        Say("Committing the network", 0.95);
        await transaction.CommitAsync(ct);
        // Outside the transaction: the planner must know the new tables before the first query.
        await using var analyze = new NpgsqlCommand("analyze usage_points, grid_assets_cache, topology_connections_cache, feeders, substations", connection);
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private static async Task WriteNetworkAsync(NpgsqlConnection connection, GridModel model, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into grid_networks (id, preset, seed, meter_weight, content_hash, simulated, origin,
                                       substations, banks, feeders, segments, transformers, devices, usage_points)
            values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);
            """, connection);
        var n = model.Network;
        object[] values =
        [
            n.Preset, n.Seed, n.MeterWeight, n.ContentHash, n.Simulated, n.Origin, model.Substations.Length, model.Banks.Length, model.Feeders.Length,
            model.Segments.Count, model.Transformers.Count, model.Devices.Count, model.UsagePoints.Count,
        ];
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
        await using var notify = new NpgsqlCommand("select pg_notify('fluxops', 'network|' || $1)", connection) { Parameters = { new() { Value = n.ContentHash } } };
        await notify.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What network is there; null before the first.</summary>
    public async Task<GridNetwork?> ReadNetworkAsync(CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        var network = (await ReadHeadAsync(connection, ct))?.Network;
        if (network is not null)
            _exists.TrySetResult();
        return network;
    }

    /// <summary>Loads the parts asked for. Throws where there is no network.</summary>
    public async Task<GridModel> LoadAsync(GridParts parts, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        // One snapshot for all the parts, should the network be replaced meanwhile.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var head = await ReadHeadAsync(connection, ct) ?? throw new InvalidOperationException("The serving store holds no network.");
        return await GridRows.ReadAsync(connection, head, parts, ct);
    }

    /// <summary>Serial of every usage point, one after the other, in no particular order: nothing of them is kept here. Returns the content hash of the network they are of.</summary>
    public async Task<string> ReadSerialsAsync(Action<int, string> serial, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var head = await ReadHeadAsync(connection, ct) ?? throw new InvalidOperationException("The serving store holds no network.");
        await using (var r = await CopyReader.BeginAsync(connection, "copy (select id, serial from usage_points) to stdout binary", ct))
            while (await r.NextAsync(ct))
                serial(r.Int(), r.Text());
        return head.Network.ContentHash;
    }

    private static async Task<GridHead?> ReadHeadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select preset, seed, meter_weight, content_hash, simulated, origin,
                   substations, banks, feeders, segments, transformers, devices, usage_points
            from grid_networks
            """, connection);
        await using var r = await command.ExecuteReaderAsync(ct);
        if (!await r.ReadAsync(ct))
            return null;
        var network = new GridNetwork(r.GetString(0), r.GetInt64(1), r.GetDouble(2), r.GetString(3), r.GetBoolean(4), r.GetString(5));
        return new GridHead(network, r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), r.GetInt32(9), r.GetInt32(10), r.GetInt32(11), r.GetInt32(12));
    }
}

/// <summary>The network's row: its counts size the arrays.</summary>
internal sealed record GridHead(GridNetwork Network, int Substations, int Banks, int Feeders, int Segments, int Transformers, int Devices, int UsagePoints);
