using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Serving.Tables;

/// <summary>One event of one meter: <c>end_device_events</c>.</summary>
public sealed class EndDeviceEventRow
{
    public long Id { get; set; }
    public ulong Xid { get; set; }
    public int UsagePointId { get; set; }
    public EndDeviceEventKind Kind { get; set; }
    public DateTime SourceTime { get; set; }
    public DateTime ReceivedAt { get; set; }
    public float? Value { get; set; }
    public ValueOrigin Origin { get; set; }
}

/// <summary>One entry of a station's sequence of events: <c>circuit_events</c>. FeederId is −1 for the station as a whole, DeviceId −1 (and its kind 0) where no line device is meant.</summary>
public sealed class CircuitEventRow
{
    public long Id { get; set; }
    public ulong Xid { get; set; }
    public int SubstationId { get; set; }
    public int FeederId { get; set; }
    public int DeviceId { get; set; } = -1;
    public AssetKind DeviceKind { get; set; }
    public CircuitEventKind Kind { get; set; }
    public DateTime SourceTime { get; set; }
    public DateTime ReceivedAt { get; set; }
    public ValueOrigin Origin { get; set; }
}

/// <summary>Who did what: <c>audit_log</c>.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTime At { get; set; }
    public required string UserName { get; set; }
    public required string Action { get; set; }
    public required string Target { get; set; }
    public string? Detail { get; set; }
}
