using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Grid;

/// <summary>Writing the network's rows by binary COPY. <see cref="ReadAsync"/> is in the other half.</summary>
internal static partial class GridRows
{
    private const string SubstationColumns = "id, mrid, code, name, region, latitude, longitude, primary_kv, secondary_kv, rated_mva, firm_mva";
    private const string BankColumns = "id, mrid, substation_id, name, primary_kv, secondary_kv, rated_mva, emergency_mva";
    private const string FeederColumns = "id, mrid, name, substation_id, bank_id, nominal_kv, rated_amps, rated_mva, planned_mva, meters, customers, length_km";
    private const string SegmentColumns = "id, feeder_id, parent_id, tie_to_id, kind, phases, rated_amps, length_m, from_lat, from_lon, to_lat, to_lon";
    private const string AssetColumns = "id, kind, feeder_id, segment_id, phases, rating, normally_open, lat, lon";
    private const string UsagePointColumns = "id, transformer_id, feeder_id, class, has_pv, mean_kw, drop_at_peak, lat, lon";

    public static async Task ClearAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            truncate grid_networks, substations, transformer_banks, feeders, topology_connections_cache, grid_assets_cache, usage_points,
                circuit_status_realtime, substation_status_realtime, device_status_realtime, telemetry_minutes, kpi_minutes,
                ami_realtime, ami_latest, ami_completeness, reading_batches, replayed_meters, end_device_events, circuit_events
            """, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task WriteStationsAsync(NpgsqlConnection connection, GridModel model, CancellationToken ct)
    {
        await using (var copy = await CopyWriter.BeginAsync(connection, $"copy substations ({SubstationColumns}) from stdin binary", ct))
        {
            foreach (var s in model.Substations)
            {
                await copy.RowAsync(11, ct);
                copy.Int(s.Id);
                copy.Uuid(s.Mrid);
                copy.Text(s.Code);
                copy.Text(s.Name);
                copy.Text(s.Region);
                copy.Double(s.Latitude);
                copy.Double(s.Longitude);
                copy.Real(s.PrimaryKv);
                copy.Real(s.SecondaryKv);
                copy.Real(s.RatedMva);
                copy.Real(s.FirmMva);
            }
            await copy.CompleteAsync(ct);
        }
        await using (var copy = await CopyWriter.BeginAsync(connection, $"copy transformer_banks ({BankColumns}) from stdin binary", ct))
        {
            foreach (var b in model.Banks)
            {
                await copy.RowAsync(8, ct);
                copy.Int(b.Id);
                copy.Uuid(b.Mrid);
                copy.Int(b.SubstationId);
                copy.Text(b.Name);
                copy.Real(b.PrimaryKv);
                copy.Real(b.SecondaryKv);
                copy.Real(b.RatedMva);
                copy.Real(b.EmergencyMva);
            }
            await copy.CompleteAsync(ct);
        }
        await using (var copy = await CopyWriter.BeginAsync(connection, $"copy feeders ({FeederColumns}) from stdin binary", ct))
        {
            foreach (var f in model.Feeders)
            {
                await copy.RowAsync(12, ct);
                copy.Int(f.Id);
                copy.Uuid(f.Mrid);
                copy.Text(f.Name);
                copy.Int(f.SubstationId);
                copy.Int(f.BankId);
                copy.Real(f.NominalKv);
                copy.Real(f.RatedAmps);
                copy.Real(f.RatedMva);
                copy.Real(f.PlannedMva);
                copy.Int(f.Meters);
                copy.Int(f.Customers);
                copy.Real(f.LengthKm);
            }
            await copy.CompleteAsync(ct);
        }
    }

    public static async Task WriteSegmentsAsync(NpgsqlConnection connection, LineSegments s, CancellationToken ct)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, $"copy topology_connections_cache ({SegmentColumns}) from stdin binary", ct);
        for (var i = 0; i < s.Count; i++)
        {
            await copy.RowAsync(12, ct);
            copy.Int(i);
            copy.Int(s.FeederId[i]);
            copy.Int(s.ParentId[i]);
            copy.Int(s.TieToId[i]);
            copy.Short((short)s.Kind[i]);
            copy.Short((short)s.Phases[i]);
            copy.Real(s.RatedAmps[i]);
            copy.Real(s.LengthM[i]);
            copy.Double(s.FromLat[i]);
            copy.Double(s.FromLon[i]);
            copy.Double(s.ToLat[i]);
            copy.Double(s.ToLon[i]);
        }
        await copy.CompleteAsync(ct);
    }

    public static async Task WriteAssetsAsync(NpgsqlConnection connection, GridModel model, CancellationToken ct)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, $"copy grid_assets_cache ({AssetColumns}) from stdin binary", ct);
        var t = model.Transformers;
        for (var i = 0; i < t.Count; i++)
        {
            await copy.RowAsync(9, ct);
            copy.Int(i);
            copy.Short((short)AssetKind.ServiceTransformer);
            copy.Int(t.FeederId[i]);
            copy.Int(t.SegmentId[i]);
            copy.Short((short)t.Phases[i]);
            copy.Real(t.RatedKva[i]);
            copy.Bool(false);
            copy.Double(t.Lat[i]);
            copy.Double(t.Lon[i]);
        }
        var (d, s) = (model.Devices, model.Segments);
        for (var i = 0; i < d.Count; i++)
        {
            var segment = d.SegmentId[i];
            await copy.RowAsync(9, ct);
            copy.Int(t.Count + i);
            copy.Short((short)d.Kind[i]);
            copy.Int(s.FeederId[segment]);
            copy.Int(segment);
            copy.Short((short)s.Phases[segment]);
            copy.Real(d.RatedAmps[i]);
            copy.Bool(d.NormallyOpen[i]);
            copy.Double(s.FromLat[segment]);
            copy.Double(s.FromLon[segment]);
        }
        await copy.CompleteAsync(ct);
    }

    public static async Task WriteUsagePointsAsync(NpgsqlConnection connection, GridModel model, CancellationToken ct)
    {
        await using var copy = await CopyWriter.BeginAsync(connection,
            "copy usage_points (id, mrid, serial, address, transformer_id, feeder_id, substation_id, class, has_pv, mean_kw, drop_at_peak, lat, lon) from stdin binary", ct);
        var u = model.UsagePoints;
        for (var i = 0; i < u.Count; i++)
        {
            await copy.RowAsync(13, ct);
            copy.Int(i);
            copy.Uuid(NameGuid.Of("UsagePoint", u.Serial[i]));
            copy.Text(u.Serial[i]);
            copy.Text(u.Address[i]);
            copy.Int(u.TransformerId[i]);
            copy.Int(u.FeederId[i]);
            copy.Int(model.Feeders[u.FeederId[i]].SubstationId);
            copy.Short((short)u.Class[i]);
            copy.Bool(u.HasPv[i]);
            copy.Real(u.MeanKw[i]);
            copy.Real(u.DropAtPeak[i]);
            copy.Double(u.Lat[i]);
            copy.Double(u.Lon[i]);
        }
        await copy.CompleteAsync(ct);
    }
}
