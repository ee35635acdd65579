using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>Whether the store has the newest migration, without building EF Core's model: that alone costs a second of a start.</summary>
internal static class SchemaVersion
{
    public static string Newest { get; } = typeof(FluxOpsContext).Assembly.GetTypes()
        .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Max(StringComparer.Ordinal)!;

    public static async Task<bool> IsCurrentAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        await using var exists = dataSource.CreateCommand("select to_regclass('\"__EFMigrationsHistory\"') is not null");
        if (await exists.ExecuteScalarAsync(ct) is not true)
            return false;
        await using var newest = dataSource.CreateCommand("select max(migration_id) from \"__EFMigrationsHistory\"");
        return await newest.ExecuteScalarAsync(ct) is string id && string.CompareOrdinal(id, Newest) >= 0;
    }
}
