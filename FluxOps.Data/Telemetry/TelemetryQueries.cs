using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Telemetry;

/// <summary>Values by the minute, NaN for a gap; minutes without any value at all are absent. Amps is empty for a substation.</summary>
public sealed record MinuteSeries(long[] UnixSeconds, float[] Mw, float[] Kv, float[] Amps);

/// <summary>The system's figures of one minute. Null where there was nothing to say.</summary>
/// <param name="MetersReporting">Per cent of the fleet.</param>
/// <param name="OutsideRangeA">Per cent of the meters that report a voltage.</param>
/// <param name="DataAgeS">Age of the oldest station's newest value, s.</param>
public sealed record KpiMinute(DateTimeOffset Minute, double? SystemMw, int CustomersOut = 0, int FeedersOverLimit = 0, double? MetersReporting = null, double? OutsideRangeA = null, double? DataAgeS = null);

/// <summary>Reads the minutes.</summary>
public sealed class TelemetryQueries(ServingStore store)
{
    public Task<MinuteSeries> FeederAsync(int id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default) =>
        SeriesAsync("select minute, feeder_mw[$3], feeder_kv[$3], feeder_amps[$3] from telemetry_minutes where minute >= $1 and minute < $2 order by minute", from, to, id, true, ct);

    public Task<MinuteSeries> SubstationAsync(int id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default) =>
        SeriesAsync("select minute, substation_mw[$3], substation_kv[$3] from telemetry_minutes where minute >= $1 and minute < $2 order by minute", from, to, id, false, ct);

    /// <summary>The whole system: MW summed over the feeders that had a value, without kV and amps.</summary>
    public Task<MinuteSeries> SystemAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default) =>
        SeriesAsync("""
            select minute, (select sum(mw) from unnest(feeder_mw) mw)::real, null::real from telemetry_minutes
            where minute >= $1 and minute < $2 order by minute
            """, from, to, null, false, ct);

    private async Task<MinuteSeries> SeriesAsync(string text, DateTimeOffset from, DateTimeOffset to, int? id, bool amps, CancellationToken ct)
    {
        // Arrays of Postgres count from 1.
        object[] arguments = id is { } i ? [from.UtcDateTime, to.UtcDateTime, i + 1] : [from.UtcDateTime, to.UtcDateTime];
        var rows = await store.QueryAsync(text, arguments,
            r => (At: Sql.ToSeconds(r.GetDateTime(0)), Mw: r.RealOrNaN(1), Kv: r.RealOrNaN(2), Amps: amps ? r.RealOrNaN(3) : 0), ct);
        return new MinuteSeries([.. rows.Select(r => r.At)], [.. rows.Select(r => r.Mw)], [.. rows.Select(r => r.Kv)], amps ? [.. rows.Select(r => r.Amps)] : []);
    }

    /// <summary>The newest minutes of the whole grid, oldest first: what trends start from.</summary>
    public Task<IReadOnlyList<TelemetryMinute>> RecentMinutesAsync(int minutes, CancellationToken ct = default)
    {
        return store.QueryAsync("""
            select minute, substation_mw, substation_kv, feeder_mw, feeder_kv, feeder_amps from telemetry_minutes
            where minute > (select max(minute) from telemetry_minutes) - make_interval(mins => $1) order by minute
            """, [minutes], r => new TelemetryMinute(Sql.ToSeconds(r.GetDateTime(0)), Reals(r, 1), Reals(r, 2), Reals(r, 3), Reals(r, 4), Reals(r, 5)), ct);

        static float[] Reals(NpgsqlDataReader r, int column) => Array.ConvertAll(r.GetFieldValue<float?[]>(column), v => v ?? float.NaN);
    }

    /// <summary>The newest minutes of the KPI strip, oldest first.</summary>
    public Task<IReadOnlyList<KpiMinute>> KpiMinutesAsync(int minutes, CancellationToken ct = default)
    {
        return store.QueryAsync("""
            select minute, system_mw, customers_out, feeders_over_limit, meters_reporting, outside_range_a, data_age_s from kpi_minutes
            where minute > (select max(minute) from kpi_minutes) - make_interval(mins => $1) order by minute
            """, [minutes],
            r => new KpiMinute(new DateTimeOffset(r.GetDateTime(0), TimeSpan.Zero), Real(r, 1), r.GetInt32(2), r.GetInt32(3), Real(r, 4), Real(r, 5), Real(r, 6)), ct);

        static double? Real(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFloat(column);
    }

    /// <summary>Stores a minute of the KPI strip. Of several instances the first one's stands.</summary>
    public async Task WriteKpiMinuteAsync(KpiMinute minute, CancellationToken ct = default)
    {
        await store.Ready.WaitAsync(ct);
        await store.IdempotentAsync(async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("""
                insert into kpi_minutes (minute, system_mw, customers_out, feeders_over_limit, meters_reporting, outside_range_a, data_age_s)
                values ($1, $2, $3, $4, $5, $6, $7) on conflict (minute) do nothing
                """, connection)
            {
                Parameters =
                {
                    Sql.Value(minute.Minute.UtcDateTime), Real(minute.SystemMw), Sql.Value(minute.CustomersOut), Sql.Value(minute.FeedersOverLimit),
                    Real(minute.MetersReporting), Real(minute.OutsideRangeA), Real(minute.DataAgeS),
                },
            };
            return await command.ExecuteNonQueryAsync(token);
        }, ct);

        static NpgsqlParameter Real(double? value) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Real, Value = value is { } v ? (float)v : DBNull.Value };
    }
}
