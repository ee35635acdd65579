using FluxOps.Data.Bulk;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Data.Events;

/// <summary>An event with the meter it is of.</summary>
public sealed record RecentMeterEvent(EndDeviceEvent Event, string Serial, string Address);

/// <summary>Reads events, newest first.</summary>
public sealed class EventQueries(ServingStore store)
{
    /// <summary>What <see cref="CircuitEventOf"/> reads, in its order.</summary>
    internal const string CircuitColumns = "substation_id, feeder_id, kind, source_time, origin, device_id, device_kind";

    public Task<IReadOnlyList<EndDeviceEvent>> ForMeterAsync(int usagePointId, int take, CancellationToken ct = default) => store.QueryAsync(
        "select usage_point_id, kind, source_time, value, origin from end_device_events where usage_point_id = $2 order by source_time desc limit $1",
        [take, usagePointId], MeterEvent, ct);

    /// <summary>The fleet's newest.</summary>
    public Task<IReadOnlyList<RecentMeterEvent>> RecentAsync(int take, CancellationToken ct = default) => store.QueryAsync(
        """
        select e.usage_point_id, e.kind, e.source_time, e.value, e.origin, u.serial, u.address
        from (select * from end_device_events order by source_time desc limit $1) e join usage_points u on u.id = e.usage_point_id order by e.source_time desc
        """,
        [take], r => new RecentMeterEvent(MeterEvent(r), r.GetString(5), r.GetString(6)), ct);

    public Task<IReadOnlyList<CircuitEvent>> ForSubstationAsync(int substationId, int take, CancellationToken ct = default) => store.QueryAsync(
        $"select {CircuitColumns} from circuit_events where substation_id = $2 order by source_time desc limit $1",
        [take, substationId], CircuitEventOf, ct);

    internal static EndDeviceEvent MeterEvent(NpgsqlDataReader r) =>
        new(r.GetInt32(0), (EndDeviceEventKind)r.GetInt16(1), Sql.ToMilliseconds(r.GetDateTime(2)), r.RealOrNaN(3), (ValueOrigin)r.GetInt16(4));

    internal static CircuitEvent CircuitEventOf(NpgsqlDataReader r) =>
        new(r.GetInt32(0), r.GetInt32(1), (CircuitEventKind)r.GetInt16(2), Sql.ToMilliseconds(r.GetDateTime(3)), (ValueOrigin)r.GetInt16(4), r.GetInt32(5), (AssetKind)r.GetInt16(6));
}
