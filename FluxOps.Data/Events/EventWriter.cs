using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Events;

/// <summary>Writes events. One delivered twice (same meter, or circuit and device, same kind and source time) is stored once.</summary>
public sealed class EventWriter(ServingStore store)
{
    private const string InsertMeters = """
        insert into end_device_events (usage_point_id, kind, source_time, received_at, value, origin)
        select id, kind, at, clock_timestamp(), nullif(value, 'NaN'), origin
        from unnest($1, $2, $3, $4, $5) as t(id, kind, at, value, origin)
        on conflict (usage_point_id, source_time, kind) do nothing
        """;

    private const string InsertCircuits = """
        insert into circuit_events (substation_id, feeder_id, kind, source_time, received_at, origin, device_id, device_kind)
        select station, feeder, kind, at, clock_timestamp(), origin, device, device_kind
        from unnest($1, $2, $3, $4, $5, $6, $7) as t(station, feeder, kind, at, origin, device, device_kind)
        on conflict (substation_id, source_time, feeder_id, kind, device_id) do nothing
        """;

    public async Task WriteAsync(ReadOnlyMemory<EndDeviceEvent> meters, ReadOnlyMemory<CircuitEvent> circuits, CancellationToken ct = default)
    {
        if (meters.IsEmpty && circuits.IsEmpty)
            return;
        await store.Ready.WaitAsync(ct);
        await store.IdempotentAsync(async (connection, token) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(token);
            await using var batch = new NpgsqlBatch(connection, transaction);
            if (!meters.IsEmpty)
            {
                var m = meters.ToArray();
                batch.BatchCommands.Add(Sql.Command(InsertMeters, Sql.Ints(Array.ConvertAll(m, e => e.UsagePointId)), Sql.Shorts(Array.ConvertAll(m, e => (short)e.Kind)),
                    Sql.TimesFromMilliseconds(Array.ConvertAll(m, e => e.SourceTime)), Sql.Reals(Array.ConvertAll(m, e => e.Value)), Sql.Shorts(Array.ConvertAll(m, e => (short)e.Origin))));
            }
            if (!circuits.IsEmpty)
            {
                var c = circuits.ToArray();
                batch.BatchCommands.Add(Sql.Command(InsertCircuits, Sql.Ints(Array.ConvertAll(c, e => e.SubstationId)), Sql.Ints(Array.ConvertAll(c, e => e.FeederId)),
                    Sql.Shorts(Array.ConvertAll(c, e => (short)e.Kind)), Sql.TimesFromMilliseconds(Array.ConvertAll(c, e => e.SourceTime)), Sql.Shorts(Array.ConvertAll(c, e => (short)e.Origin)),
                    Sql.Ints(Array.ConvertAll(c, e => e.DeviceId)), Sql.Shorts(Array.ConvertAll(c, e => (short)e.DeviceKind))));
            }
            batch.BatchCommands.Add(Sql.Command("select pg_notify('fluxops', 'events')"));
            await batch.ExecuteNonQueryAsync(token);
            await transaction.CommitAsync(token);
            return 0;
        }, ct);
    }
}
