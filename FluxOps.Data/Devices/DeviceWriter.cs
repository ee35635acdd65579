using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Devices;

/// <summary>Writes positions of line devices and rings the feed's doorbell, in one transaction. Of one device the newer source time wins; writing twice changes nothing.</summary>
public sealed class DeviceWriter(ServingStore store)
{
    // One batch may tell a device's opening and its closing: only its newest goes in, of equal times the one told last. A repetition keeps the row's xid, so the
    // feed does not tell it again.
    private const string Upsert = """
        insert into device_status_realtime as d (device_id, open, source_time, received_at, quality, origin)
        select distinct on (id) id, open, at, clock_timestamp(), quality, origin
        from unnest($1, $2, $3, $4, $5) with ordinality as t(id, open, at, quality, origin, told) order by id, at desc, told desc
        on conflict (device_id) do update set open = excluded.open, source_time = excluded.source_time, received_at = excluded.received_at,
            quality = excluded.quality, origin = excluded.origin, xid = pg_current_xact_id()
        where excluded.source_time > d.source_time
            or excluded.source_time = d.source_time and (excluded.open, excluded.quality, excluded.origin) is distinct from (d.open, d.quality, d.origin)
        """;

    public async Task WriteAsync(DeviceStates states, CancellationToken ct = default)
    {
        if (states.Count == 0)
            return;
        await store.Ready.WaitAsync(ct);
        await store.IdempotentAsync(async (connection, token) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(token);
            await using var batch = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands =
                {
                    Sql.Command(Upsert, Sql.Ints(states.DeviceId), Sql.Bools(states.Open), Sql.TimesFromMilliseconds(states.SourceTime), Sql.Shorts(Sql.ToShorts(states.Quality)),
                        Sql.Shorts(Sql.ToShorts(states.Origin))),
                    Sql.Command("select pg_notify('fluxops', 'devices')"),
                },
            };
            await batch.ExecuteNonQueryAsync(token);
            await transaction.CommitAsync(token);
            return 0;
        }, ct);
    }
}
