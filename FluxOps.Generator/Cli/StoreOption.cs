using System.CommandLine;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;

namespace FluxOps.Generator.Cli;

/// <summary>Which serving store a command writes to: the option, else the app's own setting, else the app's embedded server.</summary>
internal static class StoreOption
{
    private const string Variable = "FluxOps__ConnectionStrings__Serving", DataFolder = "FluxOps__EmbeddedPostgres__DataFolder";

    public static Option<string?> Create() => new("--connection")
    {
        Description = $"Postgres connection string; otherwise ${Variable}, otherwise the embedded server (of the running app, or started for this)",
    };

    /// <summary>Opens it. Where the app runs its embedded server, that one is used: the socket takes whoever may read the data folder.</summary>
    public static async Task<ServingStore> OpenAsync(string? connection, CancellationToken ct)
    {
        var given = string.IsNullOrEmpty(connection) ? Environment.GetEnvironmentVariable(Variable) : connection;
        var embedded = new EmbeddedPostgresOptions { DataFolder = Environment.GetEnvironmentVariable(DataFolder) };
        try
        {
            return await OpenAsync(new ServingStore(new ServingOptions { ConnectionString = string.IsNullOrEmpty(given) ? null : given }, embedded), ct);
        }
        catch (ServingStoreException e) when (e.Fault == ServingFault.AlreadyRunning)
        {
            return await OpenAsync(ServingStore.For(EmbeddedPostgresServer.RunningAt(embedded)), ct);
        }
    }

    private static async Task<ServingStore> OpenAsync(ServingStore store, CancellationToken ct)
    {
        try
        {
            await store.OpenAsync(null, ct);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
