using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Serving.Tables;

/// <summary>Newest values of one feeder head: <c>circuit_status_realtime</c>. <see cref="Xid"/> is the transaction that wrote it; the change feed reads by it.</summary>
public sealed class CircuitStatus
{
    public int FeederId { get; set; }
    public DateTime SourceTime { get; set; }
    public DateTime ReceivedAt { get; set; }
    public float? Mw { get; set; }
    public float? Mvar { get; set; }
    public float? Kv { get; set; }
    public float? Amps { get; set; }
    public BreakerState Breaker { get; set; }
    public TelemetryQuality Quality { get; set; }
    public ValueOrigin Origin { get; set; }
    public ulong Xid { get; set; }
}

/// <summary>Newest values of one substation: <c>substation_status_realtime</c>.</summary>
public sealed class SubstationStatus
{
    public int SubstationId { get; set; }
    public DateTime SourceTime { get; set; }
    public DateTime ReceivedAt { get; set; }
    public float? Mw { get; set; }
    public float? Mvar { get; set; }
    public float? Kv { get; set; }
    public TelemetryQuality Quality { get; set; }
    public ValueOrigin Origin { get; set; }
    public ulong Xid { get; set; }
}

/// <summary>Position of one line device: <c>device_status_realtime</c>. Its id is the index in LineDevices; a device without a row was never heard of and counts as in its normal position.</summary>
public sealed class DeviceStatus
{
    public int DeviceId { get; set; }
    public DateTime SourceTime { get; set; }
    public DateTime ReceivedAt { get; set; }
    public bool Open { get; set; }
    public TelemetryQuality Quality { get; set; }
    public ValueOrigin Origin { get; set; }
    public ulong Xid { get; set; }
}

/// <summary>Means over one minute for the whole grid: one row a minute, element = dense id + 1, NULL = gap. 1,500 feeders fit in 20 KB a minute.</summary>
public sealed class TelemetryMinuteRow
{
    public DateTime Minute { get; set; }
    public float?[] SubstationMw { get; set; } = [];
    public float?[] SubstationKv { get; set; } = [];
    public float?[] FeederMw { get; set; } = [];
    public float?[] FeederKv { get; set; } = [];
    public float?[] FeederAmps { get; set; } = [];
}

/// <summary>The KPI strip's values, one row a minute: <c>kpi_minutes</c>.</summary>
public sealed class KpiMinuteRow
{
    public DateTime Minute { get; set; }
    public float? SystemMw { get; set; }
    public int CustomersOut { get; set; }
    public int FeedersOverLimit { get; set; }
    public float? MetersReporting { get; set; }
    public float? OutsideRangeA { get; set; }
    public float? DataAgeS { get; set; }
}
