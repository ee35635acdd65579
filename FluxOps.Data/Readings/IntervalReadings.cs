using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Readings;

/// <summary>Quality of an interval reading: our one vocabulary, onto which ESPI, CIM, SMT and vendor codes are mapped (the original code is kept beside it). Numbers are stored.</summary>
public enum ReadingQuality : byte
{
    /// <summary>Measured by the meter.</summary>
    Good = 0,
    /// <summary>Filled by validation and estimation.</summary>
    Estimated = 1,
    /// <summary>Known to be absent: the head-end delivered the interval without a value.</summary>
    Missing = 2,
    /// <summary>Failed a plausibility check.</summary>
    Suspect = 3,
    /// <summary>Edited by a person.</summary>
    Edited = 4,
    /// <summary>Power failed within the interval: an actual zero or a partial value, never estimated.</summary>
    PowerFail = 5,
}

/// <summary>
/// Interval readings as a head-end delivers them: flat arrays of equal length. Start times are Unix seconds, UTC, on the quarter hour
/// (or the length of the interval that the source uses).
/// </summary>
public sealed class IntervalReadings
{
    public required ValueOrigin Origin { get; init; }
    public required int[] UsagePointId { get; init; }
    public required long[] IntervalStart { get; init; }
    /// <summary>Energy delivered in the interval, kWh. NaN where missing.</summary>
    public required float[] Kwh { get; init; }
    /// <summary>Average voltage, 240 V base. NaN where the source gives none.</summary>
    public required float[] Volts { get; init; }
    public required ReadingQuality[] Quality { get; init; }
    /// <summary>The source's own quality codes, one a reading, or null where the source is the simulation.</summary>
    public string?[]? SourceCode { get; init; }
    /// <summary>Length of an interval, s (900 for a quarter hour).</summary>
    public int IntervalSeconds { get; init; } = 900;
    /// <summary>Origins of the single readings where they differ (several sources in one reading of the store); null: all are <see cref="Origin"/>.</summary>
    public ValueOrigin[]? Origins { get; init; }
    public int Count => UsagePointId.Length;
    public ValueOrigin OriginOf(int index) => Origins is null ? Origin : Origins[index];
}
