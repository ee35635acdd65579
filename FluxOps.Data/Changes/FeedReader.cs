using FluxOps.Data.Bulk;
using FluxOps.Data.Events;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Data.Changes;

/// <summary>Reads what a transaction's snapshot shows and an older snapshot did not; everything where there is no older one.</summary>
internal sealed class FeedReader(NpgsqlConnection connection, string? since)
{
    // How much of the past a full reading brings of events: a screen shows the newest, a page asks for more.
    private const int MostEvents = 2000;
    private const int AnswerSeconds = 4;
    private const int FullSeconds = 60;

    private bool Full => since is null;

    /// <summary>The condition on xid, for the parameter $1.</summary>
    private string New(string xid = "xid") => Full ? "true" : $"{xid} >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot({xid}, $1::pg_snapshot)";

    public async Task<(string Snapshot, string? Network)> HeadAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_current_snapshot()::text, (select content_hash from grid_networks)", connection) { CommandTimeout = AnswerSeconds };
        await using var r = await command.ExecuteReaderAsync(ct);
        await r.ReadAsync(ct);
        return (r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1));
    }

    public async Task AddAsync(List<GridChange> changes, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Full ? FullSeconds : AnswerSeconds };
        Add(batch, $"select feeder_id, source_time, mw, mvar, kv, amps, breaker, quality, origin, received_at from circuit_status_realtime where {New()} order by feeder_id");
        Add(batch, $"select substation_id, source_time, mw, mvar, kv, quality, origin, received_at from substation_status_realtime where {New()} order by substation_id");
        Add(batch, $"select device_id, open, source_time, quality, origin, received_at from device_status_realtime where {New()} order by device_id");
        Add(batch, LatestText());
        Add(batch, CompletenessText());
        var window = Full ? "source_time > now() - interval '24 hours'" : New();
        Add(batch, $"select usage_point_id, kind, source_time, value, origin, received_at from (select * from end_device_events where {window} order by source_time desc {Bound()}) e order by source_time");
        Add(batch, $"select {EventQueries.CircuitColumns}, received_at from (select * from circuit_events where {window} order by source_time desc {Bound()}) e order by source_time");
        await using var r = await batch.ExecuteReaderAsync(ct);
        await AddTelemetryAsync(changes, r, ct);
        await r.NextResultAsync(ct);
        await AddDevicesAsync(changes, r, ct);
        await r.NextResultAsync(ct);
        await AddReadingsAsync(changes, r, ct);
        await r.NextResultAsync(ct);
        await AddEventsAsync(changes, r, ct);
    }

    private string Bound() => Full ? $"limit {MostEvents}" : "";

    private void Add(NpgsqlBatch batch, string text)
    {
        var command = new NpgsqlBatchCommand(text);
        if (since is not null)
            command.Parameters.Add(Sql.Value(since));
        batch.BatchCommands.Add(command);
    }

    // OFFSET 0 keeps the probe of each meter by index: a hash join would scan all of ami_latest for every batch.
    private string LatestText() => Full
        ? "select usage_point_id, interval_start, kwh, volts, quality, origin, source_code, interval_s, received_at from ami_latest"
        : $"""
          select l.usage_point_id, l.interval_start, l.kwh, l.volts, l.quality, l.origin, l.source_code, l.interval_s, l.received_at
          from (select distinct unnest(usage_point_ids) as id from reading_batches where {New()}) b
          cross join lateral (select * from ami_latest a where a.usage_point_id = b.id offset 0) l
          """;

    private string CompletenessText() => Full
        ? "select interval_start, good, estimated, missing, other from ami_completeness order by interval_start"
        : $"""
          select interval_start, good, estimated, missing, other from ami_completeness
          where interval_start = any(array(select distinct unnest(interval_starts) from reading_batches where {New()})) order by interval_start
          """;

    private async Task AddTelemetryAsync(List<GridChange> changes, NpgsqlDataReader r, CancellationToken ct)
    {
        var feeders = new FeederColumns();
        while (await r.ReadAsync(ct))
            feeders.Add(r);
        await r.NextResultAsync(ct);
        var substations = new SubstationColumns();
        while (await r.ReadAsync(ct))
            substations.Add(r);
        var origin = (ValueOrigin)Math.Max((byte)feeders.Origin, (byte)substations.Origin);
        var received = Math.Max(feeders.ReceivedAt, substations.ReceivedAt);
        if (Full || received > 0)
            changes.Add(new TelemetryChange(Full, new TelemetrySweep { Origin = origin, Feeders = feeders.Done(), Substations = substations.Done() }, received));
    }

    private async Task AddDevicesAsync(List<GridChange> changes, NpgsqlDataReader r, CancellationToken ct)
    {
        var devices = new DeviceColumns();
        while (await r.ReadAsync(ct))
            devices.Add(r);
        if (Full || devices.Count > 0)
            changes.Add(new DeviceChange(Full, devices.Done(), devices.ReceivedAt));
    }

    private async Task AddReadingsAsync(List<GridChange> changes, NpgsqlDataReader r, CancellationToken ct)
    {
        var latest = new ReadingColumns();
        while (await r.ReadAsync(ct))
            latest.Add(r);
        await r.NextResultAsync(ct);
        List<IntervalCompleteness> completeness = [];
        while (await r.ReadAsync(ct))
            completeness.Add(new(Sql.ToSeconds(r.GetDateTime(0)), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4)));
        if (Full || latest.Count > 0 || completeness.Count > 0)
            changes.Add(new ReadingsChange(Full, latest.Done(), [.. completeness], latest.ReceivedAt));
    }

    private async Task AddEventsAsync(List<GridChange> changes, NpgsqlDataReader r, CancellationToken ct)
    {
        var received = 0L;
        List<EndDeviceEvent> meters = [];
        while (await r.ReadAsync(ct))
        {
            meters.Add(EventQueries.MeterEvent(r));
            received = Math.Max(received, Sql.ToMilliseconds(r.GetDateTime(5)));
        }
        await r.NextResultAsync(ct);
        List<CircuitEvent> circuits = [];
        while (await r.ReadAsync(ct))
        {
            circuits.Add(EventQueries.CircuitEventOf(r));
            received = Math.Max(received, Sql.ToMilliseconds(r.GetDateTime(7)));
        }
        if (Full || meters.Count + circuits.Count > 0)
            changes.Add(new EventsChange(Full, [.. meters], [.. circuits], received));
    }
}
