using FluxOps.Data.Bulk;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Data.Readings;

/// <summary>A usage point as pages show it.</summary>
public sealed record UsagePointRow(int Id, string Serial, string Address, int TransformerId, int FeederId, int SubstationId, CustomerClass Class, bool HasPv);

/// <summary>One interval of one meter, with where it came from and when.</summary>
/// <param name="IntervalStart">Unix seconds, UTC.</param>
public readonly record struct IntervalRow(long IntervalStart, float Kwh, float Volts, ReadingQuality Quality, ValueOrigin Origin, string? SourceCode, int IntervalSeconds, DateTimeOffset ReceivedAt);

/// <summary>Whose newest readings; at most one of the three, none is the whole fleet.</summary>
public readonly record struct LatestFilter(int? UsagePointId = null, int? FeederId = null, int? SubstationId = null);

/// <summary>A meter with its newest reading.</summary>
public sealed record LatestReading(int UsagePointId, string Serial, int FeederId, int SubstationId, IntervalRow Reading);

/// <summary>One page, by usage point; the next begins after <paramref name="NextAfter"/>, null at the end.</summary>
public sealed record LatestPage(IReadOnlyList<LatestReading> Items, int? NextAfter);

/// <summary>Finds meters and reads their intervals.</summary>
public sealed class ReadingQueries(ServingStore store)
{
    private const string PointColumns = "id, serial, address, transformer_id, feeder_id, substation_id, class, has_pv";

    public async Task<UsagePointRow?> FindAsync(int id, CancellationToken ct = default)
    {
        var found = await store.QueryAsync($"select {PointColumns} from usage_points where id = $1", [id], Point, ct);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>By its serial, in any case. The exact spelling is looked up by its index; only where there is none are all of them compared.</summary>
    public async Task<UsagePointRow?> FindAsync(string serial, CancellationToken ct = default)
    {
        var found = await store.QueryAsync(
            $"""
            select {PointColumns} from usage_points where serial = $1
            union all
            (select {PointColumns} from usage_points where not exists (select from usage_points where serial = $1) and lower(serial) = lower($1) order by id limit 1)
            """, [serial.Trim()], Point, ct);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The usage points with these ids, in no particular order; those that are not there are left out.</summary>
    public Task<IReadOnlyList<UsagePointRow>> PointsAsync(int[] ids, CancellationToken ct = default) =>
        ids.Length == 0 ? Task.FromResult<IReadOnlyList<UsagePointRow>>([]) : store.QueryAsync($"select {PointColumns} from usage_points where id = any($1)", [ids], Point, ct);

    /// <summary>
    /// One meter's intervals, oldest first. The key begins with the interval, so the intervals that exist (<c>ami_completeness</c> lists them)
    /// are each probed: 192 probes for two days, whatever the fleet's size.
    /// </summary>
    public Task<IReadOnlyList<IntervalRow>> IntervalsAsync(int usagePointId, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default) => store.QueryAsync(
        """
        select r.interval_start, r.kwh, r.volts, r.quality, r.origin, r.source_code, r.interval_s, r.received_at
        from ami_completeness c
        cross join lateral (select * from ami_realtime a where a.interval_start = c.interval_start and a.usage_point_id = $1 offset 0) r
        where c.interval_start >= $2 and c.interval_start < $3 order by r.interval_start
        """, [usagePointId, from.UtcDateTime, to.UtcDateTime], r => Interval(r, 0), ct);

    /// <summary>The newest reading of each meter of the filter, by usage point.</summary>
    public async Task<LatestPage> LatestAsync(LatestFilter filter, int take, int? afterUsagePointId = null, CancellationToken ct = default)
    {
        const string columns = "u.id, u.serial, u.feeder_id, u.substation_id, l.interval_start, l.kwh, l.volts, l.quality, l.origin, l.source_code, l.interval_s, l.received_at";
        var (condition, id) = filter switch
        {
            { UsagePointId: { } point } => ("u.id = $1", point),
            { FeederId: { } feeder } => ("u.feeder_id = $1", feeder),
            { SubstationId: { } substation } => ("u.substation_id = $1", substation),
            _ => ("$1 = 0", 0),
        };
        var items = await store.QueryAsync(
            $"""
            select {columns} from usage_points u cross join lateral (select * from ami_latest a where a.usage_point_id = u.id offset 0) l
            where {condition} and u.id > $2 order by u.id limit $3
            """, [id, afterUsagePointId ?? -1, take + 1],
            r => new LatestReading(r.GetInt32(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), Interval(r, 4)), ct);
        return items.Count > take ? new([.. items.Take(take)], items[take - 1].UsagePointId) : new(items, null);
    }

    private static IntervalRow Interval(NpgsqlDataReader r, int c) => new(
        Sql.ToSeconds(r.GetDateTime(c)), r.RealOrNaN(c + 1), r.RealOrNaN(c + 2), (ReadingQuality)r.GetInt16(c + 3), (ValueOrigin)r.GetInt16(c + 4),
        r.IsDBNull(c + 5) ? null : r.GetString(c + 5), r.GetInt16(c + 6), new DateTimeOffset(r.GetDateTime(c + 7), TimeSpan.Zero));

    private static UsagePointRow Point(NpgsqlDataReader r) => new(
        r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), (CustomerClass)r.GetInt16(6), r.GetBoolean(7));
}
