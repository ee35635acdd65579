using FluxOps.Data.Bulk;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Devices;

/// <summary>A device's position as it was last reported.</summary>
/// <param name="SourceTime">Since when, Unix milliseconds, UTC.</param>
public readonly record struct DevicePosition(bool Open, long SourceTime, TelemetryQuality Quality, ValueOrigin Origin);

/// <summary>Reads positions of line devices.</summary>
public sealed class DeviceQueries(ServingStore store)
{
    /// <summary>Null: it has never reported; as far as anyone knows it is in its normal position.</summary>
    public async Task<DevicePosition?> PositionAsync(int deviceId, CancellationToken ct = default)
    {
        var found = await store.QueryAsync("select open, source_time, quality, origin from device_status_realtime where device_id = $1", [deviceId],
            r => new DevicePosition(r.GetBoolean(0), Sql.ToMilliseconds(r.GetDateTime(1)), (TelemetryQuality)r.GetInt16(2), (ValueOrigin)r.GetInt16(3)), ct);
        return found.Count > 0 ? found[0] : null;
    }
}
