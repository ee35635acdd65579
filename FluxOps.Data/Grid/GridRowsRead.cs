using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Grid;

/// <summary>Reading the network's rows by binary COPY into flat arrays, each at its id: the order of the rows does not matter.</summary>
internal static partial class GridRows
{
    public static async Task<GridModel> ReadAsync(NpgsqlConnection connection, GridHead head, GridParts parts, CancellationToken ct)
    {
        int If(GridParts part, int count) => parts.HasFlag(part) ? count : 0;
        var (substations, banks, feeders) = await ReadStationsAsync(connection, head, parts, ct);
        var segments = NewSegments(If(GridParts.Segments, head.Segments));
        if (segments.Count > 0)
            await ReadSegmentsAsync(connection, segments, ct);
        var transformers = NewTransformers(If(GridParts.Transformers, head.Transformers));
        if (transformers.Count > 0)
            await ReadTransformersAsync(connection, transformers, ct);
        var devices = NewDevices(If(GridParts.Devices, head.Devices));
        if (devices.Count > 0)
            await ReadDevicesAsync(connection, devices, head.Transformers, ct);
        var points = NewUsagePoints(If(GridParts.UsagePoints, head.UsagePoints), If(GridParts.Texts, head.UsagePoints));
        if (points.Count > 0)
            await ReadUsagePointsAsync(connection, points, ct);
        if (points.Serial.Length > 0)
            await ReadTextsAsync(connection, points, ct);
        return new GridModel
        {
            Network = head.Network, Substations = substations, Banks = banks, Feeders = feeders,
            Segments = segments, Devices = devices, Transformers = transformers, UsagePoints = points,
            Counts = new(head.Substations, head.Feeders, head.Segments, head.Devices, head.Transformers, head.UsagePoints),
        };
    }

    private static async Task<(Substation[], TransformerBank[], Feeder[])> ReadStationsAsync(NpgsqlConnection connection, GridHead head, GridParts parts, CancellationToken ct)
    {
        if (!parts.HasFlag(GridParts.Stations))
            return ([], [], []);
        var substations = new Substation[head.Substations];
        await using (var r = await CopyReader.BeginAsync(connection, $"copy substations ({SubstationColumns}) to stdout binary", ct))
            while (await r.NextAsync(ct))
            {
                var s = new Substation
                {
                    Id = r.Int(), Mrid = r.Uuid(), Code = r.Text(), Name = r.Text(), Region = r.Text(), Latitude = r.Double(), Longitude = r.Double(),
                    PrimaryKv = r.Real(), SecondaryKv = r.Real(), RatedMva = r.Real(), FirmMva = r.Real(),
                };
                substations[s.Id] = s;
            }
        var banks = new TransformerBank[head.Banks];
        await using (var r = await CopyReader.BeginAsync(connection, $"copy transformer_banks ({BankColumns}) to stdout binary", ct))
            while (await r.NextAsync(ct))
            {
                var b = new TransformerBank
                {
                    Id = r.Int(), Mrid = r.Uuid(), SubstationId = r.Int(), Name = r.Text(),
                    PrimaryKv = r.Real(), SecondaryKv = r.Real(), RatedMva = r.Real(), EmergencyMva = r.Real(),
                };
                banks[b.Id] = b;
            }
        var feeders = new Feeder[head.Feeders];
        await using (var r = await CopyReader.BeginAsync(connection, $"copy feeders ({FeederColumns}) to stdout binary", ct))
            while (await r.NextAsync(ct))
            {
                var f = new Feeder
                {
                    Id = r.Int(), Mrid = r.Uuid(), Name = r.Text(), SubstationId = r.Int(), BankId = r.Int(), NominalKv = r.Real(), RatedAmps = r.Real(),
                    RatedMva = r.Real(), PlannedMva = r.Real(), Meters = r.Int(), Customers = r.Int(), LengthKm = r.Real(),
                };
                feeders[f.Id] = f;
            }
        return (substations, banks, feeders);
    }

    private static async Task ReadSegmentsAsync(NpgsqlConnection connection, LineSegments s, CancellationToken ct)
    {
        await using var r = await CopyReader.BeginAsync(connection, $"copy topology_connections_cache ({SegmentColumns}) to stdout binary", ct);
        while (await r.NextAsync(ct))
        {
            var i = r.Int();
            s.FeederId[i] = r.Int();
            s.ParentId[i] = r.Int();
            s.TieToId[i] = r.Int();
            s.Kind[i] = (SegmentKind)r.Short();
            s.Phases[i] = (Phases)r.Short();
            s.RatedAmps[i] = r.Real();
            s.LengthM[i] = r.Real();
            s.FromLat[i] = r.Double();
            s.FromLon[i] = r.Double();
            s.ToLat[i] = r.Double();
            s.ToLon[i] = r.Double();
        }
    }

    private static async Task ReadTransformersAsync(NpgsqlConnection connection, ServiceTransformers t, CancellationToken ct)
    {
        await using var r = await CopyReader.BeginAsync(connection, "copy (select id, feeder_id, segment_id, phases, rating, lat, lon from grid_assets_cache where kind = 1) to stdout binary", ct);
        while (await r.NextAsync(ct))
        {
            var i = r.Int();
            t.FeederId[i] = r.Int();
            t.SegmentId[i] = r.Int();
            t.Phases[i] = (Phases)r.Short();
            t.RatedKva[i] = r.Real();
            t.Lat[i] = r.Double();
            t.Lon[i] = r.Double();
        }
    }

    private static async Task ReadDevicesAsync(NpgsqlConnection connection, LineDevices d, int firstId, CancellationToken ct)
    {
        await using var r = await CopyReader.BeginAsync(connection, "copy (select id, kind, segment_id, rating, normally_open from grid_assets_cache where kind <> 1) to stdout binary", ct);
        while (await r.NextAsync(ct))
        {
            var i = r.Int() - firstId;
            d.Kind[i] = (AssetKind)r.Short();
            d.SegmentId[i] = r.Int();
            d.RatedAmps[i] = r.Real();
            d.NormallyOpen[i] = r.Bool();
        }
    }

    private static async Task ReadUsagePointsAsync(NpgsqlConnection connection, UsagePoints u, CancellationToken ct)
    {
        await using var r = await CopyReader.BeginAsync(connection, $"copy usage_points ({UsagePointColumns}) to stdout binary", ct);
        while (await r.NextAsync(ct))
        {
            var i = r.Int();
            u.TransformerId[i] = r.Int();
            u.FeederId[i] = r.Int();
            u.Class[i] = (CustomerClass)r.Short();
            u.HasPv[i] = r.Bool();
            u.MeanKw[i] = r.Real();
            u.DropAtPeak[i] = r.Real();
            u.Lat[i] = r.Double();
            u.Lon[i] = r.Double();
        }
    }

    private static async Task ReadTextsAsync(NpgsqlConnection connection, UsagePoints u, CancellationToken ct)
    {
        await using var r = await CopyReader.BeginAsync(connection, "copy usage_points (id, serial, address) to stdout binary", ct);
        while (await r.NextAsync(ct))
        {
            var i = r.Int();
            u.Serial[i] = r.Text();
            u.Address[i] = r.Text();
        }
    }

    private static LineSegments NewSegments(int n) => new()
    {
        FeederId = new int[n], ParentId = new int[n], TieToId = new int[n], Kind = new SegmentKind[n], Phases = new Phases[n], RatedAmps = new float[n],
        LengthM = new float[n], FromLat = new double[n], FromLon = new double[n], ToLat = new double[n], ToLon = new double[n],
    };

    private static ServiceTransformers NewTransformers(int n) => new()
    {
        FeederId = new int[n], SegmentId = new int[n], Phases = new Phases[n], RatedKva = new float[n], Lat = new double[n], Lon = new double[n],
    };

    private static LineDevices NewDevices(int n) => new()
    {
        Kind = new AssetKind[n], SegmentId = new int[n], NormallyOpen = new bool[n], RatedAmps = new float[n],
    };

    private static UsagePoints NewUsagePoints(int n, int texts) => new()
    {
        TransformerId = new int[n], FeederId = new int[n], Class = new CustomerClass[n], HasPv = new bool[n], MeanKw = new float[n],
        DropAtPeak = new float[n], Lat = new double[n], Lon = new double[n], Serial = new string[texts], Address = new string[texts],
    };
}
