using System.Collections.Immutable;
using FluxOps.Data.Changes;
using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>How old a live value is, against its source's own period T (2 s for telemetry): live ≤ 1.5 T, late ≤ 3 T (10 s at least), stale beyond, never without a value.</summary>
public enum Freshness : byte { Live = 0, Late = 1, Stale = 2, Never = 3 }

/// <summary>
/// The one status an asset is shown with. It is the byte of the bulk lane and the index into
/// the palette that map worker, legend and tables share: the numbers are a wire contract.
/// </summary>
public enum AssetStatus : byte
{
    /// <summary>Energised, below 60 % of rating.</summary>
    Normal = 0,
    /// <summary>60 to 80 % of rating.</summary>
    Loaded = 1,
    /// <summary>80 to 100 % of rating.</summary>
    Heavy = 2,
    /// <summary>Over 100 % of rating (priority 2).</summary>
    OverLimit = 3,
    /// <summary>Breaker open (priority 1).</summary>
    DeEnergised = 4,
    /// <summary>No fresh value: what is shown is the last one known.</summary>
    Stale = 5,
    /// <summary>No value since the start.</summary>
    Never = 6,
    /// <summary>Voltage outside ANSI C84.1 range B (priority 3).</summary>
    VoltageOut = 7,
}

/// <summary>State of this process's connection to the serving store.</summary>
/// <param name="Connected">False while the change feed is down: everything shown is old.</param>
/// <param name="Since">When it came to be so.</param>
/// <param name="Reason">What failed, in words for an operator; empty while connected.</param>
public sealed record FeedLink(bool Connected, DateTimeOffset Since, string Reason);

/// <summary>Feeder values as flat arrays indexed by feeder id. Never mutated once published. NaN: no value.</summary>
public sealed class FeederStates
{
    public required float[] Mw { get; init; }
    public required float[] Mvar { get; init; }
    public required float[] Kv { get; init; }
    public required float[] Amps { get; init; }
    /// <summary>Amps over rated amps, %.</summary>
    public required float[] LoadPercent { get; init; }
    public required BreakerState[] Breaker { get; init; }
    public required TelemetryQuality[] Quality { get; init; }
    /// <summary>Unix milliseconds; 0: never.</summary>
    public required long[] SourceTime { get; init; }
    /// <summary>When the value was committed to the serving store, Unix milliseconds; empty where it is not known.</summary>
    public long[] ReceivedAt { get; init; } = [];
    /// <summary>Where the value comes from; empty where it is not known.</summary>
    public ValueOrigin[] Origin { get; init; } = [];
    public required Freshness[] Freshness { get; init; }
    public required AssetStatus[] Status { get; init; }
    /// <summary><see cref="AssetCode"/>, whose status is <see cref="Status"/>.</summary>
    public required byte[] Code { get; init; }
}

/// <summary>Substation values as flat arrays indexed by substation id. Never mutated once published.</summary>
public sealed class SubstationStates
{
    public required float[] Mw { get; init; }
    public required float[] Mvar { get; init; }
    public required float[] Kv { get; init; }
    /// <summary>Apparent power over the banks' rating, %.</summary>
    public required float[] LoadPercent { get; init; }
    public required TelemetryQuality[] Quality { get; init; }
    public required long[] SourceTime { get; init; }
    /// <summary>When the value was committed to the serving store, Unix milliseconds; empty where it is not known.</summary>
    public long[] ReceivedAt { get; init; } = [];
    /// <summary>Where the value comes from; empty where it is not known.</summary>
    public ValueOrigin[] Origin { get; init; } = [];
    public required Freshness[] Freshness { get; init; }
    /// <summary>Worst of its own and its feeders'.</summary>
    public required AssetStatus[] Status { get; init; }
    /// <summary><see cref="AssetCode"/>, whose status is <see cref="Status"/>: in each mode the worst of its own and its feeders'.</summary>
    public required byte[] Code { get; init; }
    /// <summary>Null, as the two below: none of its feeders has ever had a value.</summary>
    public required int?[] FeedersOverLimit { get; init; }
    public required int?[] FeedersOut { get; init; }
    /// <summary>Customers (weighted) on feeders that are out and below open devices.</summary>
    public required int?[] CustomersOut { get; init; }
}

/// <summary>The system's figures. Each is computed from the states beside it; null where nothing is known yet.</summary>
/// <param name="SystemMw">Sum over feeders with a value.</param>
/// <param name="CustomersOut">Weighted customers on feeders that are out and below open devices; null, as the two after it, while no feeder has ever had a value.</param>
/// <param name="IncidentCount">Feeders that are out and open devices that leave customers without power.</param>
/// <param name="MetersReportingPercent">Of the newest quarter hour whose delivery window is over: meters received over meters there are.</param>
/// <param name="ReportingInterval">Start of that quarter hour.</param>
/// <param name="OutsideRangeAPercent">Of the meters with a voltage in that interval: share outside 114–126 V (120 V base), ANSI C84.1 range A.</param>
/// <param name="NewestSourceTime">Source time of the newest telemetry, Unix milliseconds; 0 where there is none. Its age is the browser's to show.</param>
/// <param name="GoodDataPercent">Share of feeders whose value is fresh and good.</param>
public sealed record GridKpis(
    double? SystemMw, int? CustomersOut, int? IncidentCount, int? FeedersOverLimit, int FeedersTotal,
    double? MetersReportingPercent, DateTimeOffset? ReportingInterval, double? OutsideRangeAPercent,
    long NewestSourceTime, double GoodDataPercent);

/// <summary>What an exception is about.</summary>
public enum GridExceptionKind : byte { FeederOverLimit = 0, FeederDeEnergised = 1, SubstationWithoutData = 2, DeviceOpen = 3 }

/// <summary>One line of the exceptions banner. Priority 1 is the worst.</summary>
/// <param name="Value">Now: % of rating, customers out, or seconds without data.</param>
/// <param name="BreakerClosed">De-energised though its breaker is closed: there is no voltage.</param>
/// <param name="DeviceId">Index of the open device; −1 for other kinds.</param>
/// <param name="DeviceName">Such as <c>FU-012345</c>; empty for other kinds.</param>
public sealed record GridException(
    GridExceptionKind Kind, int Priority, int SubstationId, int FeederId, DateTimeOffset Since, double Value, int Customers, bool BreakerClosed = false,
    int DeviceId = -1, string DeviceName = "");

/// <summary>Load by the minute for the last hour and more; one column a minute, oldest first, NaN for a gap.</summary>
public sealed class MinuteTrends
{
    /// <summary>Minutes kept.</summary>
    public const int Length = 60;
    /// <summary>Start of the newest minute, Unix seconds.</summary>
    public required long NewestMinute { get; init; }
    /// <summary>How often the past was read from the store: a chart of a longer past reads again when this changes.</summary>
    public int Seeded { get; init; }
    /// <summary>[id][minute], MW.</summary>
    public required float[][] SubstationMw { get; init; }
    public required float[][] FeederMw { get; init; }
    /// <summary>[kpi][minute]: see <see cref="KpiTrend"/>.</summary>
    public required float[][] Kpi { get; init; }
}

/// <summary>Index into <see cref="MinuteTrends.Kpi"/>.</summary>
public enum KpiTrend { SystemMw = 0, CustomersOut = 1, FeedersOverLimit = 2, MetersReporting = 3, OutsideRangeA = 4, DataAge = 5 }

/// <summary>
/// One immutable, versioned picture of the grid. Published by <c>LiveGrid</c>; circuits and hub connections hold a cursor to it, never a copy.
/// The parts have versions of their own, so that a component renders only when what it shows has changed.
/// </summary>
public sealed class GridSnapshot
{
    public required long Version { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    /// <summary>Stations, banks and feeders; the rest is in <c>GridTopologies</c>.</summary>
    public required GridModel Grid { get; init; }
    public required FeedLink Link { get; init; }
    public required FeederStates Feeders { get; init; }
    public required SubstationStates Substations { get; init; }
    public required GridKpis Kpis { get; init; }
    /// <summary>Worst priority first, then newest.</summary>
    public required ImmutableArray<GridException> Exceptions { get; init; }
    public required MinuteTrends Trends { get; init; }
    /// <summary>Quarter hours, newest first, of the last 48 hours.</summary>
    public required ImmutableArray<IntervalCompleteness> Completeness { get; init; }
    /// <summary>Newest first, bounded.</summary>
    public required ImmutableArray<CircuitEvent> CircuitEvents { get; init; }
    /// <summary>Codes of segments, devices, transformers and meters; null until the network's parts are loaded.</summary>
    public AssetStates? Assets { get; init; }
    /// <summary>Where line devices said they are, by index in <c>LineDevices</c>; any other is in its normal position as far as anyone knows.</summary>
    public ImmutableDictionary<int, DevicePosition> Devices { get; init; } = ImmutableDictionary<int, DevicePosition>.Empty;
    /// <summary>Version at which each part last changed.</summary>
    public required long TelemetryVersion { get; init; }
    public required long ReadingsVersion { get; init; }
    public required long EventsVersion { get; init; }
    public required long ExceptionsVersion { get; init; }
    public required long TrendsVersion { get; init; }
    /// <summary>Of <see cref="Assets"/> and <see cref="Devices"/>.</summary>
    public long AssetsVersion { get; init; }
    /// <summary>True where any live value shown is simulated or the network is synthetic.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The same picture with another state of the link.</summary>
    internal GridSnapshot WithLink(FeedLink link, long version, DateTimeOffset at) => new()
    {
        Version = version, PublishedAt = at, Grid = Grid, Link = link, Feeders = Feeders, Substations = Substations, Kpis = Kpis, Exceptions = Exceptions, Trends = Trends,
        Completeness = Completeness, CircuitEvents = CircuitEvents, Assets = Assets, Devices = Devices, TelemetryVersion = TelemetryVersion, ReadingsVersion = ReadingsVersion,
        EventsVersion = EventsVersion, ExceptionsVersion = ExceptionsVersion, TrendsVersion = TrendsVersion, AssetsVersion = AssetsVersion, Simulated = Simulated,
    };
}
