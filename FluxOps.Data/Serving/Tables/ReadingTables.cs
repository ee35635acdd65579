using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Serving.Tables;

/// <summary>One interval reading: <c>ami_realtime</c>, partitioned by UTC day. The key starts with the interval: it ingests 1.4 times as fast as meter first.</summary>
public sealed class AmiReading
{
    public DateTime IntervalStart { get; set; }
    public DateTime ReceivedAt { get; set; }
    public int UsagePointId { get; set; }
    public float? Kwh { get; set; }
    public float? Volts { get; set; }
    public ReadingQuality Quality { get; set; }
    public ValueOrigin Origin { get; set; }
    public short IntervalS { get; set; }
    public string? SourceCode { get; set; }
}

/// <summary>The newest reading of one meter: <c>ami_latest</c>. Fill factor 50 keeps its updates HOT; no column that changes may be indexed.</summary>
public sealed class AmiLatest
{
    public int UsagePointId { get; set; }
    public DateTime IntervalStart { get; set; }
    public DateTime ReceivedAt { get; set; }
    public float? Kwh { get; set; }
    public float? Volts { get; set; }
    public ReadingQuality Quality { get; set; }
    public ValueOrigin Origin { get; set; }
    public short IntervalS { get; set; }
    public string? SourceCode { get; set; }
}

/// <summary>How many meters have delivered one interval, by class of quality: <c>ami_completeness</c>. Also the list of intervals that have readings at all.</summary>
public sealed class AmiCompleteness
{
    public DateTime IntervalStart { get; set; }
    public int Good { get; set; }
    public int Estimated { get; set; }
    public int Missing { get; set; }
    public int Other { get; set; }
}

/// <summary>What one committed batch touched; the change feed reads it by <see cref="Xid"/>. Pruned after an hour.</summary>
public sealed class ReadingBatch
{
    public long Id { get; set; }
    public ulong Xid { get; set; }
    public DateTime ReceivedAt { get; set; }
    public int[] UsagePointIds { get; set; } = [];
    public DateTime[] IntervalStarts { get; set; } = [];
}

/// <summary>A meter that a recording plays on, which the simulation leaves alone from <see cref="Since"/> to <see cref="Until"/>: <c>replayed_meters</c>.</summary>
public sealed class ReplayedMeter
{
    public int UsagePointId { get; set; }
    public required string Source { get; set; }
    public DateTime Since { get; set; }
    public DateTime Until { get; set; }
}
