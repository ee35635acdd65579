using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Benchmarks.UnderTest;

/// <summary>A Postgres of the benchmarks' own, with the embedded server's settings, so that its processor time is not the console's. Emptied at each start.</summary>
internal sealed class BenchmarkPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer _server;

    private BenchmarkPostgres(EmbeddedPostgresServer server) => _server = server;

    public static async Task<BenchmarkPostgres> StartAsync(CancellationToken stop)
    {
        var folder = Path.Combine(ConsoleApp.SolutionRoot(), "artifacts", "benchmark", "postgres");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var server = new EmbeddedPostgresServer(new EmbeddedPostgresOptions { DataFolder = folder });
        await server.StartAsync(null, stop);
        return new BenchmarkPostgres(server);
    }

    /// <summary>A database with the live schema, open.</summary>
    public async Task<ServingStore> CreateDatabaseAsync(string name, CancellationToken stop)
    {
        await using (var maintenance = NpgsqlDataSource.Create(_server.ConnectionString + ";Pooling=false"))
        await using (var create = maintenance.CreateCommand($"create database \"{name}\""))
            await create.ExecuteNonQueryAsync(stop);
        var store = ServingStore.For(Target(name));
        await store.OpenAsync(null, stop);
        return store;
    }

    /// <summary>Connection string of a database.</summary>
    public string Target(string name) => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
