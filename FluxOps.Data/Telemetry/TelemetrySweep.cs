namespace FluxOps.Data.Telemetry;

/// <summary>Position of a feeder's breaker.</summary>
public enum BreakerState : byte { Open = 0, Closed = 1 }

/// <summary>Quality of a live value as its source gave it (after OPC UA: good, uncertain, bad). Age is not a quality: it is computed from the source time.</summary>
public enum TelemetryQuality : byte { Good = 0, Uncertain = 1, Bad = 2, Manual = 3 }

/// <summary>Where a value comes from. Simulated and replayed values wear a badge wherever they are shown.</summary>
public enum ValueOrigin : byte { Measured = 0, Simulated = 1, Replayed = 2 }

/// <summary>
/// One sweep of telemetry, as flat arrays of equal length per part, ids ascending. A station that did not answer is simply absent.
/// Times are Unix milliseconds, UTC, as the source stamped them.
/// </summary>
public sealed class TelemetrySweep
{
    /// <summary>Of all rows; where the parts carry their own, the one furthest from measured.</summary>
    public required ValueOrigin Origin { get; init; }
    public required FeederTelemetry Feeders { get; init; }
    public required SubstationTelemetry Substations { get; init; }
}

/// <summary>Feeder head values. Arrays are of equal length; NaN where the source gave none.</summary>
public sealed class FeederTelemetry
{
    public required int[] FeederId { get; init; }
    public required long[] SourceTime { get; init; }
    public required float[] Mw { get; init; }
    public required float[] Mvar { get; init; }
    /// <summary>Line to line, kV.</summary>
    public required float[] Kv { get; init; }
    /// <summary>Mean of the three phases, A.</summary>
    public required float[] Amps { get; init; }
    public required BreakerState[] Breaker { get; init; }
    public required TelemetryQuality[] Quality { get; init; }
    /// <summary>When each row was committed to the store, Unix milliseconds; null: with the sweep.</summary>
    public long[]? ReceivedAt { get; init; }
    /// <summary>Null: the sweep's.</summary>
    public ValueOrigin[]? Origin { get; init; }
    public int Count => FeederId.Length;
}

/// <summary>Substation values: totals over its banks and the bus voltage.</summary>
public sealed class SubstationTelemetry
{
    public required int[] SubstationId { get; init; }
    public required long[] SourceTime { get; init; }
    public required float[] Mw { get; init; }
    public required float[] Mvar { get; init; }
    /// <summary>Distribution bus, line to line, kV.</summary>
    public required float[] Kv { get; init; }
    public required TelemetryQuality[] Quality { get; init; }
    /// <summary>When each row was committed to the store, Unix milliseconds; null: with the sweep.</summary>
    public long[]? ReceivedAt { get; init; }
    /// <summary>Null: the sweep's.</summary>
    public ValueOrigin[]? Origin { get; init; }
    public int Count => SubstationId.Length;
}
