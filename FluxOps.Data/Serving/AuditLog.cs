using Npgsql;
using NpgsqlTypes;

namespace FluxOps.Data.Serving;

/// <summary>Who did what to whom. Rows are only ever added.</summary>
public sealed class AuditLog(ServingStore store)
{
    /// <param name="target">The person or asset acted upon; empty where there is none.</param>
    public async Task WriteAsync(string user, string action, string target, string? detail, CancellationToken ct = default)
    {
        await using var command = store.DataSource.CreateCommand("insert into audit_log (user_name, action, target, detail) values ($1, $2, $3, $4)");
        command.Parameters.Add(new NpgsqlParameter { Value = user });
        command.Parameters.Add(new NpgsqlParameter { Value = action });
        command.Parameters.Add(new NpgsqlParameter { Value = target });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(ct);
    }
}
