using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Generator.Simulation;

/// <summary>Postgres's advisory lock that lets one process at a time simulate; held as long as its connection lives.</summary>
internal sealed class SimulationLock : IAsyncDisposable
{
    /// <summary>"FluxOpsS".</summary>
    private const long Key = 0x466C75784F707353;
    private readonly NpgsqlConnection _connection;

    private SimulationLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>The lock, or null where another process has it.</summary>
    public static async Task<SimulationLock?> TryTakeAsync(ServingStore store, CancellationToken ct)
    {
        var connection = await store.DataSource.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
            if (await command.ExecuteScalarAsync(ct) is true)
                return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Throws where the connection, and with it the lock, is gone. Returns the content hash of the network that is there now.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        // While a network is being stored its tables are locked: patience here, or the lock would be lost for nothing.
        await using var command = new NpgsqlCommand("select content_hash from grid_networks", _connection) { CommandTimeout = 120 };
        return await command.ExecuteScalarAsync(ct) as string;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
