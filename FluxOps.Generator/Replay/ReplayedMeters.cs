using Npgsql;

namespace FluxOps.Generator.Replay;

/// <summary>Which meters a recording plays on (<c>replayed_meters</c>): the simulation reads it before each wave and leaves them alone.</summary>
public static class ReplayedMeters
{
    private const string Active = "select usage_point_id from replayed_meters where until > $1";

    // Everything that simulated readings left behind from the first replayed interval on goes with them: the intervals' completeness counts them,
    // and a newest value from the simulation would hide the replayed ones. The key begins with the interval, so each existing one is probed.
    private const string RemoveSimulated = """
        with gone as (
            delete from ami_realtime a using ami_completeness c
            where c.interval_start >= $2 and a.interval_start = c.interval_start and a.usage_point_id = $1 and a.origin = 1
            returning a.interval_start, a.quality)
        update ami_completeness c set good = c.good - (g.quality in (0, 4))::int, estimated = c.estimated - (g.quality = 1)::int,
            missing = c.missing - (g.quality = 2)::int, other = c.other - (g.quality in (3, 5))::int
        from gone g where c.interval_start = g.interval_start
        """;

    public static Task<HashSet<int>> ReadAsync(NpgsqlDataSource dataSource, CancellationToken ct) => ReadAsync(dataSource, TimeProvider.System.GetUtcNow(), ct);

    /// <summary>The meters that are being replayed at an instant.</summary>
    public static async Task<HashSet<int>> ReadAsync(NpgsqlDataSource dataSource, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Active);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var ids = new HashSet<int>();
        while (await rows.ReadAsync(ct))
            ids.Add(rows.GetInt32(0));
        return ids;
    }

    /// <summary>Takes a meter from the simulation: marks it, and removes its simulated readings from an instant on. How many went.</summary>
    public static async Task<int> TakeAsync(NpgsqlDataSource dataSource, int usagePointId, string source, DateTimeOffset since, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var mark = new NpgsqlCommand(
            """
            insert into replayed_meters (usage_point_id, source, since, until) values ($1, $2, $3, $4)
            on conflict (usage_point_id) do update set source = excluded.source, since = excluded.since, until = excluded.until
            """, connection)
        { Parameters = { new NpgsqlParameter<int> { TypedValue = usagePointId }, new NpgsqlParameter<string> { TypedValue = source }, Time(since), Time(until) } })
            await mark.ExecuteNonQueryAsync(ct);
        // In the order in which the writer takes them: newest values before completeness.
        await using (var newest = new NpgsqlCommand("delete from ami_latest where usage_point_id = $1 and origin = 1 and interval_start >= $2", connection)
        { Parameters = { new NpgsqlParameter<int> { TypedValue = usagePointId }, Time(from) } })
            await newest.ExecuteNonQueryAsync(ct);
        int removed;
        await using (var remove = new NpgsqlCommand(RemoveSimulated, connection) { Parameters = { new NpgsqlParameter<int> { TypedValue = usagePointId }, Time(from) } })
            removed = await remove.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return removed;
    }

    /// <summary>Keeps a meter that was taken until a later instant.</summary>
    public static async Task ExtendAsync(NpgsqlDataSource dataSource, int usagePointId, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("update replayed_meters set until = greatest(until, $2) where usage_point_id = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = usagePointId });
        command.Parameters.Add(Time(until));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives the meter back to the simulation.</summary>
    public static async Task ReleaseAsync(NpgsqlDataSource dataSource, int usagePointId, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("update replayed_meters set until = least(until, $2) where usage_point_id = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = usagePointId });
        command.Parameters.Add(Time(until));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter<DateTime> Time(DateTimeOffset at) => new() { TypedValue = at.UtcDateTime };
}
