using System.Collections.Concurrent;
using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Readings;

/// <summary>What became of a batch. Ignored ones were there already, as good or better.</summary>
public readonly record struct ReadingWriteResult(int Inserted, int Replaced, int Ignored);

/// <summary>
/// Writes interval readings. New ones go straight into <c>ami_realtime</c> by raw binary COPY; a batch that meets readings already there is
/// compared with them. Newest values, completeness and the feed's batch record are written in the same transaction.
/// </summary>
public sealed class ReadingWriter(ServingStore store)
{
    // 23505: a reading is there already. 23514: no partition takes the row (retention has dropped the day since).
    private readonly ConcurrentDictionary<DateOnly, bool> _days = [];

    /// <summary>Idempotent: deliver a batch as often as you like.</summary>
    public Task<ReadingWriteResult> WriteAsync(IntervalReadings readings, CancellationToken ct = default) => WriteAsync(readings, newest: true, ct);

    /// <summary>The same for history, in bulk: leaves the meters' newest values alone, and tells the feed of the intervals only.</summary>
    public Task<ReadingWriteResult> BackfillAsync(IntervalReadings readings, CancellationToken ct = default) => WriteAsync(readings, newest: false, ct);

    private async Task<ReadingWriteResult> WriteAsync(IntervalReadings readings, bool newest, CancellationToken ct)
    {
        if (readings.Count == 0)
            return default;
        await store.Ready.WaitAsync(ct);
        return await store.IdempotentAsync(async (connection, token) =>
        {
            await EnsureDaysAsync(connection, readings, token);
            try
            {
                return await InsertAsync(connection, readings, newest, token);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                return await ReadingMerge.RunAsync(connection, readings, newest, token);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
            {
                _days.Clear();
                await EnsureDaysAsync(connection, readings, token);
                return await ReadingMerge.RunAsync(connection, readings, newest, token);
            }
        }, ct);
    }

    private static async Task<ReadingWriteResult> InsertAsync(NpgsqlConnection connection, IntervalReadings readings, bool newest, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ReadingRows.CopyAsync(connection, "ami_realtime", readings, null, ct);
        var effect = new ReadingEffect(readings);
        for (var i = 0; i < readings.Count; i++)
            effect.Inserted(i);
        await effect.WriteAsync(connection, newest, ct);
        await transaction.CommitAsync(ct);
        return new(readings.Count, 0, 0);
    }

    private async Task EnsureDaysAsync(NpgsqlConnection connection, IntervalReadings readings, CancellationToken ct)
    {
        const int day = 86_400;
        var last = long.MinValue;
        foreach (var start in readings.IntervalStart)
        {
            if (start / day == last)
                continue;
            last = start / day;
            var date = DateOnly.FromDateTime(Sql.FromSeconds(start));
            if (_days.ContainsKey(date))
                continue;
            await using var ensure = new NpgsqlCommand("select ami_ensure_day($1)", connection) { Parameters = { Sql.Value(date) } };
            await ensure.ExecuteScalarAsync(ct);
            _days[date] = true;
        }
    }
}
