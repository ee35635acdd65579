using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>Who did what. Only ever appended to.</summary>
public sealed class AuditLog(ServingStore store)
{
    public async Task WriteAsync(string user, string action, string target, string? detail = null, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var command = store.DataSource.CreateCommand("insert into audit_log (user_name, action, target, detail) values ($1, $2, $3, $4)");
        command.Parameters.Add(Sql.Value(user));
        command.Parameters.Add(Sql.Value(action));
        command.Parameters.Add(Sql.Value(target));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)detail ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
