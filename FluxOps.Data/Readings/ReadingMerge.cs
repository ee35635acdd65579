using FluxOps.Data.Bulk;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Data.Readings;

/// <summary>
/// The slower path, for a batch that meets readings already stored: staged, inserted where new, and where not, compared under a row lock;
/// the better one stands.
/// </summary>
internal static class ReadingMerge
{
    // The joins go from the few staged rows by index into the many stored ones; without statistics the planner would scan all partitions.
    private const string Prepare = """
        set local enable_hashjoin = off;
        set local enable_mergejoin = off;
        create temp table readings_in (ordinal int not null, like ami_realtime) on commit drop;
        """;

    private const string InsertNew = $"""
        insert into ami_realtime ({ReadingRows.Columns}) select {ReadingRows.Columns} from readings_in order by interval_start, usage_point_id
        on conflict do nothing returning interval_start, usage_point_id
        """;

    private const string LockStored = """
        select s.ordinal, a.kwh, a.volts, a.quality, a.source_code, a.origin
        from readings_in s join ami_realtime a on a.interval_start = s.interval_start and a.usage_point_id = s.usage_point_id
        where s.ordinal = any($1) order by a.interval_start, a.usage_point_id for update of a
        """;

    private const string Replace = """
        update ami_realtime a set received_at = s.received_at, kwh = s.kwh, volts = s.volts, quality = s.quality, origin = s.origin,
            interval_s = s.interval_s, source_code = s.source_code
        from readings_in s
        where s.ordinal = any($1) and a.interval_start = s.interval_start and a.usage_point_id = s.usage_point_id
        """;

    public static async Task<ReadingWriteResult> RunAsync(NpgsqlConnection connection, IntervalReadings readings, bool newest, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var prepare = new NpgsqlCommand(Prepare, connection))
            await prepare.ExecuteNonQueryAsync(ct);
        var best = BestPerKey(readings);
        await ReadingRows.CopyAsync(connection, "readings_in", readings, [.. best.Values], ct);
        await using (var analyze = new NpgsqlCommand("analyze readings_in", connection))
            await analyze.ExecuteNonQueryAsync(ct);

        var effect = new ReadingEffect(readings);
        var inserted = await InsertAsync(connection, best, effect, ct);
        var replaced = await ReplaceAsync(connection, readings, [.. best.Values.Where(i => !inserted.Contains(i))], effect, ct);
        if (effect.Touched > 0)
            await effect.WriteAsync(connection, newest, ct);
        await transaction.CommitAsync(ct);
        return new(inserted.Count, replaced, readings.Count - inserted.Count - replaced);
    }

    /// <summary>One reading for each meter and interval: within a batch, too, the better or later one stands.</summary>
    private static Dictionary<(long Start, int Id), int> BestPerKey(IntervalReadings r)
    {
        var best = new Dictionary<(long, int), int>(r.Count);
        for (var i = 0; i < r.Count; i++)
        {
            var key = (r.IntervalStart[i], r.UsagePointId[i]);
            if (!best.TryGetValue(key, out var other) || ReadingRank.Wins(At(r, i), At(r, other)))
                best[key] = i;
        }
        return best;
    }

    private static async Task<HashSet<int>> InsertAsync(NpgsqlConnection connection, Dictionary<(long, int), int> best, ReadingEffect effect, CancellationToken ct)
    {
        var inserted = new HashSet<int>();
        await using var insert = new NpgsqlCommand(InsertNew, connection);
        await using var rows = await insert.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var i = best[(Sql.ToSeconds(rows.GetDateTime(0)), rows.GetInt32(1))];
            inserted.Add(i);
            effect.Inserted(i);
        }
        return inserted;
    }

    private static async Task<int> ReplaceAsync(NpgsqlConnection connection, IntervalReadings readings, int[] met, ReadingEffect effect, CancellationToken ct)
    {
        if (met.Length == 0)
            return 0;
        var replaced = new List<int>();
        await using (var find = new NpgsqlCommand(LockStored, connection) { Parameters = { Sql.Ints(met) } })
        await using (var rows = await find.ExecuteReaderAsync(ct))
            while (await rows.ReadAsync(ct))
            {
                var i = rows.GetInt32(0);
                var stored = new StoredReading(rows.RealOrNaN(1), rows.RealOrNaN(2), (ReadingQuality)rows.GetInt16(3), rows.IsDBNull(4) ? null : rows.GetString(4), (ValueOrigin)rows.GetInt16(5));
                if (!ReadingRank.Wins(At(readings, i), stored))
                    continue;
                replaced.Add(i);
                effect.Replaced(i, stored.Quality);
            }
        if (replaced.Count == 0)
            return 0;
        await using var replace = new NpgsqlCommand(Replace, connection) { Parameters = { Sql.Ints([.. replaced]) } };
        return await replace.ExecuteNonQueryAsync(ct);
    }

    private static StoredReading At(IntervalReadings r, int i) => new(r.Kwh[i], r.Volts[i], r.Quality[i], r.SourceCode?[i], r.OriginOf(i));
}
