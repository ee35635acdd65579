using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using FluxOps.Tests.Shared;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace FluxOps.Tests.Shared;

/// <summary>
/// One private server per test process, started when the first test asks and gone with the process.
/// Each database is a copy of a migrated template: about 50 ms.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"fluxops-tests-{Environment.ProcessId}");
    private static readonly Lazy<Task<EmbeddedPostgresServer>> Server = new(StartAsync);
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static int _databases;

    /// <summary>A fresh, migrated database; its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await Server.Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await OneAtATime.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await using var maintenance = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false");
            await using var create = maintenance.CreateCommand($"create database {name} template fluxops_template");
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            OneAtATime.Release();
        }
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 10, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>A fresh, migrated database, opened.</summary>
    public static async Task<ServingStore> OpenStoreAsync()
    {
        var store = ServingStore.For(await CreateDatabaseAsync());
        await store.OpenAsync(null, TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A server for one test alone, which may kill it. The folder is made when null.</summary>
    public static EmbeddedPostgresOptions PrivateServer(string? folder = null)
    {
        var options = new EmbeddedPostgresOptions { DataFolder = folder ?? NewFolder() };
        options.Settings["shared_buffers"] = "32MB";
        options.Settings["max_wal_size"] = "128MB";
        return options;
    }

    /// <summary>An empty folder that goes away with the process.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N")[..8])).FullName;

    private static async Task<EmbeddedPostgresServer> StartAsync()
    {
        Directory.CreateDirectory(Folder);
        var options = new EmbeddedPostgresOptions { DataFolder = Path.Combine(Folder, "pg") };
        options.Settings["fsync"] = "off"; // these data need to survive nothing
        options.Settings["max_connections"] = "400";
        var server = new EmbeddedPostgresServer(options);
        await server.StartAsync();
        await using var maintenance = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false");
        await using (var create = maintenance.CreateCommand("create database fluxops_template"))
            await create.ExecuteNonQueryAsync();
        await using (var template = ServingStore.For(server.ConnectionString.Replace("Database=postgres", "Database=fluxops_template") + ";Pooling=false"))
            await template.OpenAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
