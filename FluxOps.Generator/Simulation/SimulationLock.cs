using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Generator.Simulation;

/// <summary>
/// Postgres's advisory lock that lets one process at a time simulate; held as long as its connection lives. That connection is outside the pool, where it
/// would linger with the lock, and listens for another network.
/// </summary>
internal sealed class SimulationLock : IAsyncDisposable
{
    /// <summary>"FluxOpsS".</summary>
    private const long Key = 0x466C75784F707353;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private readonly NpgsqlConnection _connection;
    private bool _replaced;

    private SimulationLock(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notification += (_, e) => _replaced |= e.Payload.StartsWith("network", StringComparison.Ordinal);
    }

    /// <summary>The lock, or null where another process has it.</summary>
    public static async Task<SimulationLock?> TryTakeAsync(ServingStore store, CancellationToken ct)
    {
        var connection = store.CreateListener("fluxops simulation");
        try
        {
            await connection.OpenAsync(ct);
            await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
            if (await take.ExecuteScalarAsync(ct) is true)
            {
                var mine = new SimulationLock(connection);
                await using var listen = new NpgsqlCommand("listen fluxops", connection);
                await listen.ExecuteNonQueryAsync(ct);
                return mine;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>The content hash of the network that is there now.</summary>
    public async Task<string?> NetworkAsync(CancellationToken ct)
    {
        // While a network is being stored its tables are locked: patience here, or the lock would be lost for nothing.
        await using var command = new NpgsqlCommand("select content_hash from grid_networks", _connection) { CommandTimeout = 120 };
        return await command.ExecuteScalarAsync(ct) as string;
    }

    /// <summary>Returns when a network has been stored since the last call. Throws where the connection, and with it the lock, is gone.</summary>
    public async Task ReplacedAsync(CancellationToken ct)
    {
        while (!_replaced)
        {
            if (await _connection.WaitAsync(Quiet, ct))
                continue;
            // A quiet connection may be a dead one: this asks the server, not a table.
            await using var ping = new NpgsqlCommand("select 1", _connection) { CommandTimeout = 10 };
            await ping.ExecuteScalarAsync(ct);
        }
        _replaced = false;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The server ends a closed connection's session in its own time; whoever stands by need not wait for that.
            await using var release = new NpgsqlCommand("select pg_advisory_unlock($1)", _connection) { Parameters = { new() { Value = Key } }, CommandTimeout = 3 };
            await release.ExecuteScalarAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException or TimeoutException)
        {
            // The connection is gone, and the lock with it.
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }
}
