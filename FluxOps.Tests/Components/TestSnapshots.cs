using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Components;

/// <summary>Small pictures of a grid to show components: a few stations with two feeders each, all live and normal unless said otherwise.</summary>
internal sealed class TestSnapshots
{
    public static readonly DateTimeOffset Now = new(2026, 8, 14, 21, 42, 7, TimeSpan.Zero);
    private static readonly string[] Names = ["Hobby", "Jensen", "Alief", "Katy", "Spring", "Bayou", "Ship", "Clinton"];
    private static readonly string[] Regions = ["South", "North", "West", "Central"];

    private readonly GridModel _grid;
    private readonly List<GridException> _exceptions = [];
    private long _version;

    public TestSnapshots(int stations = 4)
    {
        _grid = Grid(stations);
        var feeders = _grid.Feeders.Length;
        FeederStatus = Filled(feeders, AssetStatus.Normal);
        FeederPercent = Filled(feeders, 50f);
        FeederFreshness = Filled(feeders, Freshness.Live);
        Mw = [.. Enumerable.Range(0, stations).Select(i => 10f * (i + 1))];
        Status = Filled(stations, AssetStatus.Normal);
        Fresh = Filled(stations, Freshness.Live);
        Out = Filled<int?>(stations, 0);
        Over = Filled<int?>(stations, 0);
    }

    public AssetStatus[] FeederStatus { get; }
    public float[] FeederPercent { get; }
    public Freshness[] FeederFreshness { get; }
    public float[] Mw { get; }
    public AssetStatus[] Status { get; }
    public Freshness[] Fresh { get; }
    public int?[] Out { get; }
    public int?[] Over { get; }
    public bool Simulated { get; set; } = true;
    public FeedLink Link { get; set; } = new(true, Now, "");
    public GridKpis Kpis { get; set; } = new(1234.56, 0, 0, 0, 8, null, null, null, Now.ToUnixTimeMilliseconds(), 99.7);

    public TestSnapshots With(GridException exception)
    {
        _exceptions.Add(exception);
        return this;
    }

    /// <summary>The next version of the picture. Parts named here are said to be unchanged.</summary>
    public GridSnapshot Next(bool telemetryChanged = true)
    {
        _version++;
        var part = telemetryChanged ? _version : 1;
        var feeders = _grid.Feeders.Length;
        var stations = _grid.Substations.Length;
        var at = Now.ToUnixTimeMilliseconds();
        return new GridSnapshot
        {
            Version = _version, PublishedAt = Now, Grid = _grid, Link = Link, Kpis = Kpis, Exceptions = [.. _exceptions], Simulated = Simulated,
            TelemetryVersion = part, ReadingsVersion = 1, EventsVersion = 1, ExceptionsVersion = part, TrendsVersion = 1,
            Completeness = [], CircuitEvents = [],
            Feeders = new FeederStates
            {
                Mw = Filled(feeders, 5f), Mvar = Filled(feeders, 1f), Kv = Filled(feeders, 12.5f), Amps = Filled(feeders, 300f), LoadPercent = [.. FeederPercent],
                Breaker = [.. FeederStatus.Select(s => s == AssetStatus.DeEnergised ? BreakerState.Open : BreakerState.Closed)], Quality = new TelemetryQuality[feeders],
                SourceTime = [.. FeederFreshness.Select(f => f == Freshness.Never ? 0 : at)], Freshness = [.. FeederFreshness], Status = [.. FeederStatus],
                Code = [.. FeederStatus.Select((s, i) => CodeOf(s, FeederFreshness[i]))],
            },
            Substations = new SubstationStates
            {
                Mw = [.. Mw], Mvar = Filled(stations, 2f), Kv = Filled(stations, 12.58f), LoadPercent = [.. Mw.Select(m => m * 2)], Quality = new TelemetryQuality[stations],
                SourceTime = [.. Fresh.Select(f => f == Freshness.Never ? 0 : at)], Freshness = [.. Fresh], Status = [.. Status], Code = [.. Status.Select((s, i) => CodeOf(s, Fresh[i]))],
                FeedersOverLimit = [.. Over], FeedersOut = [.. Over.Select(o => o is null ? null : (int?)0)], CustomersOut = [.. Out],
            },
            Trends = new MinuteTrends
            {
                NewestMinute = Now.ToUnixTimeSeconds() / 60 * 60,
                SubstationMw = Series(stations), FeederMw = Series(feeders), Kpi = Series(6),
            },
        };
    }

    private static byte CodeOf(AssetStatus status, Freshness fresh) => AssetCode.Of(
        status is AssetStatus.DeEnergised, status is AssetStatus.Stale ? Freshness.Stale : status is AssetStatus.Never ? Freshness.Never : fresh,
        status is AssetStatus.VoltageOut ? VoltageBand.BelowB : VoltageBand.A, status <= AssetStatus.OverLimit ? StatusLimits.BandOf(status) : LoadBand.Unknown).Value;

    private static float[][] Series(int count) => [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, MinuteTrends.Length).Select(m => 5f + i + (m * 0.01f)).ToArray())];

    private static T[] Filled<T>(int count, T value)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }

    private static GridModel Grid(int stations) => new()
    {
        Network = new GridNetwork("test", 1, 28.34, "hash", true, "made for a test"),
        Substations = [.. Enumerable.Range(0, stations).Select(i => new Substation
        {
            Id = i, Mrid = new Guid(i + 1, 0, 0, new byte[8]), Code = $"SUB-{i:0000}", Name = i < Names.Length ? Names[i] : $"Station {i}", Region = Regions[i % Regions.Length],
            Latitude = 29.7, Longitude = -95.4, PrimaryKv = 138, SecondaryKv = 12.47f, RatedMva = 50, FirmMva = 40,
        })],
        Banks = [],
        Feeders = [.. Enumerable.Range(0, stations * 2).Select(i => new Feeder
        {
            Id = i, Mrid = new Guid(i + 1, 1, 0, new byte[8]), Name = $"F-{1200 + i}", SubstationId = i / 2, BankId = 0, NominalKv = 12.47f, RatedAmps = 600, RatedMva = 12.96f, PlannedMva = 8, Meters = 50, Customers = 1417, LengthKm = 12,
        })],
        Segments = new LineSegments { FeederId = [], ParentId = [], TieToId = [], Kind = [], Phases = [], RatedAmps = [], LengthM = [], FromLat = [], FromLon = [], ToLat = [], ToLon = [] },
        Devices = new LineDevices { Kind = [], SegmentId = [], NormallyOpen = [], RatedAmps = [] },
        Transformers = new ServiceTransformers { FeederId = [], SegmentId = [], Phases = [], RatedKva = [], Lat = [], Lon = [] },
        UsagePoints = new UsagePoints { TransformerId = [], FeederId = [], Class = [], HasPv = [], MeanKw = [], DropAtPeak = [], Lat = [], Lon = [], Serial = [], Address = [] },
    };
}
