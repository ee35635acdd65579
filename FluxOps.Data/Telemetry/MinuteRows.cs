using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Telemetry;

/// <summary>Rows of <c>telemetry_minutes</c>.</summary>
internal static class MinuteRows
{
    private const string Columns = "minute, substation_mw, substation_kv, feeder_mw, feeder_kv, feeder_amps";

    // Two writers may each know a part of the grid, and a restart splits a minute: what the newer does not say stays.
    private const string MergeText = $"""
        insert into telemetry_minutes as t ({Columns}) values ($1, $2, $3, $4, $5, $6)
        on conflict (minute) do update set
            substation_mw = coalesce((select array_agg(coalesce(excluded.substation_mw[i], t.substation_mw[i]) order by i) from generate_series(1, greatest(cardinality(excluded.substation_mw), cardinality(t.substation_mw))) i), array[]::real[]),
            substation_kv = coalesce((select array_agg(coalesce(excluded.substation_kv[i], t.substation_kv[i]) order by i) from generate_series(1, greatest(cardinality(excluded.substation_kv), cardinality(t.substation_kv))) i), array[]::real[]),
            feeder_mw = coalesce((select array_agg(coalesce(excluded.feeder_mw[i], t.feeder_mw[i]) order by i) from generate_series(1, greatest(cardinality(excluded.feeder_mw), cardinality(t.feeder_mw))) i), array[]::real[]),
            feeder_kv = coalesce((select array_agg(coalesce(excluded.feeder_kv[i], t.feeder_kv[i]) order by i) from generate_series(1, greatest(cardinality(excluded.feeder_kv), cardinality(t.feeder_kv))) i), array[]::real[]),
            feeder_amps = coalesce((select array_agg(coalesce(excluded.feeder_amps[i], t.feeder_amps[i]) order by i) from generate_series(1, greatest(cardinality(excluded.feeder_amps), cardinality(t.feeder_amps))) i), array[]::real[])
        """;

    public static NpgsqlBatchCommand Merge(TelemetryMinute m) => Sql.Command(MergeText, Sql.Value(Sql.FromSeconds(m.Minute)),
        Sql.RealsOrNulls(m.SubstationMw), Sql.RealsOrNulls(m.SubstationKv), Sql.RealsOrNulls(m.FeederMw), Sql.RealsOrNulls(m.FeederKv), Sql.RealsOrNulls(m.FeederAmps));

    public static async Task InsertAsync(NpgsqlConnection connection, IEnumerable<TelemetryMinute> minutes, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var make = new NpgsqlCommand($"create temp table telemetry_minutes_in on commit drop as select {Columns} from telemetry_minutes limit 0", connection))
            await make.ExecuteNonQueryAsync(ct);
        await using (var copy = await CopyWriter.BeginAsync(connection, $"copy telemetry_minutes_in ({Columns}) from stdin binary", ct))
        {
            foreach (var m in minutes)
            {
                await copy.RowAsync(6, ct);
                copy.TimeFromSeconds(m.Minute);
                copy.RealArray(m.SubstationMw);
                copy.RealArray(m.SubstationKv);
                copy.RealArray(m.FeederMw);
                copy.RealArray(m.FeederKv);
                copy.RealArray(m.FeederAmps);
            }
            await copy.CompleteAsync(ct);
        }
        await using (var insert = new NpgsqlCommand($"insert into telemetry_minutes ({Columns}) select {Columns} from telemetry_minutes_in on conflict (minute) do nothing", connection))
            await insert.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
