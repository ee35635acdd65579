using System.CommandLine;
using FluxOps.Data.Serving;

namespace FluxOps.Generator.Cli;

/// <summary>Which serving store a command writes to: the option, else the app's own setting, else the app's embedded server.</summary>
internal static class StoreOption
{
    private const string Variable = "FluxOps__ConnectionStrings__Serving";

    public static Option<string?> Create() => new("--connection")
    {
        Description = $"Postgres connection string; otherwise ${Variable}, otherwise the embedded server (of the running app, or started for this)",
    };

    public static ServingStore Store(string? connection)
    {
        var given = string.IsNullOrEmpty(connection) ? Environment.GetEnvironmentVariable(Variable) : connection;
        return new ServingStore(new ServingOptions { ConnectionString = string.IsNullOrEmpty(given) ? null : given });
    }
}
