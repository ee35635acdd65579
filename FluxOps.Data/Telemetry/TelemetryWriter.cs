using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Telemetry;

/// <summary>
/// Writes sweeps: the newest values of feeders and substations, the means of each minute once it is over, and the ring of the feed's doorbell, in one transaction.
/// Writing a sweep twice is harmless; a value older than the one stored is ignored.
/// </summary>
public sealed class TelemetryWriter(ServingStore store) : IDisposable
{
    // xid is set on update too: the change feed reads by it.
    private const string UpsertFeeders = """
        insert into circuit_status_realtime as c (feeder_id, source_time, received_at, mw, mvar, kv, amps, breaker, quality, origin)
        select id, at, clock_timestamp(), nullif(mw, 'NaN'), nullif(mvar, 'NaN'), nullif(kv, 'NaN'), nullif(amps, 'NaN'), breaker, quality, $9
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as t(id, at, mw, mvar, kv, amps, breaker, quality) order by id
        on conflict (feeder_id) do update set source_time = excluded.source_time, received_at = excluded.received_at, mw = excluded.mw, mvar = excluded.mvar,
            kv = excluded.kv, amps = excluded.amps, breaker = excluded.breaker, quality = excluded.quality, origin = excluded.origin, xid = pg_current_xact_id()
        where excluded.source_time >= c.source_time
        """;

    private const string UpsertSubstations = """
        insert into substation_status_realtime as s (substation_id, source_time, received_at, mw, mvar, kv, quality, origin)
        select id, at, clock_timestamp(), nullif(mw, 'NaN'), nullif(mvar, 'NaN'), nullif(kv, 'NaN'), quality, $7
        from unnest($1, $2, $3, $4, $5, $6) as t(id, at, mw, mvar, kv, quality) order by id
        on conflict (substation_id) do update set source_time = excluded.source_time, received_at = excluded.received_at, mw = excluded.mw, mvar = excluded.mvar,
            kv = excluded.kv, quality = excluded.quality, origin = excluded.origin, xid = pg_current_xact_id()
        where excluded.source_time >= s.source_time
        """;

    private readonly MinuteRollup _rollup = new();
    private readonly SemaphoreSlim _one = new(1);

    public async Task WriteAsync(TelemetrySweep sweep, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await _one.WaitAsync(ct);
        try
        {
            _rollup.Add(sweep);
            var minutes = _rollup.Finished();
            await store.IdempotentAsync((connection, token) => WriteAsync(connection, sweep, minutes, token), ct);
            _rollup.Forget(minutes);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Writes the minute that is not over yet, at a stop.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        await _one.WaitAsync(ct);
        try
        {
            var minutes = _rollup.All();
            if (minutes.Count == 0)
                return;
            await store.IdempotentAsync(async (connection, token) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                foreach (var minute in minutes)
                    batch.BatchCommands.Add(MinuteRows.Merge(minute));
                return await batch.ExecuteNonQueryAsync(token);
            }, ct);
            _rollup.Forget(minutes);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Fills in history by the minute; minutes that are there stay. The feed says so when all are in.</summary>
    public async Task BackfillAsync(IEnumerable<TelemetryMinute> minutes, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await MinuteRows.InsertAsync(connection, minutes, ct);
        await using var ring = new NpgsqlCommand("select pg_notify('fluxops', 'minutes')", connection);
        await ring.ExecuteNonQueryAsync(ct);
    }

    public void Dispose() => _one.Dispose();

    private static async Task<int> WriteAsync(NpgsqlConnection connection, TelemetrySweep sweep, IReadOnlyList<TelemetryMinute> minutes, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var (f, s, origin) = (sweep.Feeders, sweep.Substations, Sql.Value((short)sweep.Origin));
        if (f.Count > 0)
            batch.BatchCommands.Add(Sql.Command(UpsertFeeders, Sql.Ints(f.FeederId), Sql.TimesFromMilliseconds(f.SourceTime), Sql.Reals(f.Mw), Sql.Reals(f.Mvar),
                Sql.Reals(f.Kv), Sql.Reals(f.Amps), Sql.Shorts(Sql.ToShorts(f.Breaker)), Sql.Shorts(Sql.ToShorts(f.Quality)), origin));
        if (s.Count > 0)
            batch.BatchCommands.Add(Sql.Command(UpsertSubstations, Sql.Ints(s.SubstationId), Sql.TimesFromMilliseconds(s.SourceTime), Sql.Reals(s.Mw), Sql.Reals(s.Mvar),
                Sql.Reals(s.Kv), Sql.Shorts(Sql.ToShorts(s.Quality)), Sql.Value((short)sweep.Origin)));
        foreach (var minute in minutes)
            batch.BatchCommands.Add(MinuteRows.Merge(minute));
        batch.BatchCommands.Add(Sql.Command("select pg_notify('fluxops', 'telemetry')"));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return f.Count + s.Count;
    }
}
