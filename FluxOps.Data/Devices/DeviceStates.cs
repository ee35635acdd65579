using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Devices;

/// <summary>
/// Positions of line devices as their controllers report them, flat arrays of equal length. A device without a row is in its normal position as far as anyone knows.
/// </summary>
public sealed class DeviceStates
{
    /// <summary>Index in <c>LineDevices</c>.</summary>
    public required int[] DeviceId { get; init; }
    public required bool[] Open { get; init; }
    /// <summary>When it came to be so, as the source stamped it, Unix milliseconds, UTC.</summary>
    public required long[] SourceTime { get; init; }
    public required TelemetryQuality[] Quality { get; init; }
    public required ValueOrigin[] Origin { get; init; }
    public int Count => DeviceId.Length;
}
