using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Events;

/// <summary>What happened at a meter. CIM end device event codes are in <see cref="EndDeviceEventCodes"/>. Numbers are stored.</summary>
public enum EndDeviceEventKind : byte { PowerDown = 1, PowerRestore = 2, VoltageSag = 3, VoltageSwell = 4, Tamper = 5, ClockSet = 6 }

/// <summary>One event of one meter (CIM EndDeviceEvent). Value is in volts (240 V base) for voltage events, NaN otherwise. Times are Unix milliseconds, UTC.</summary>
public readonly record struct EndDeviceEvent(int UsagePointId, EndDeviceEventKind Kind, long SourceTime, float Value, ValueOrigin Origin);

/// <summary>CIM codes, domain.part dotted, per IEC 61968-9 as seen in the field (see the grid reference's list).</summary>
public static class EndDeviceEventCodes
{
    public static string Of(EndDeviceEventKind kind) => kind switch
    {
        EndDeviceEventKind.PowerDown => "3.26.9.185",
        EndDeviceEventKind.PowerRestore => "3.26.9.216",
        EndDeviceEventKind.VoltageSag => "3.26.131.223",
        EndDeviceEventKind.VoltageSwell => "3.26.131.248",
        EndDeviceEventKind.Tamper => "3.12.29.212",
        EndDeviceEventKind.ClockSet => "0.36.116.24",
        _ => "0.0.0.0",
    };
}

/// <summary>What happened to a circuit. Numbers are stored.</summary>
public enum CircuitEventKind : byte { BreakerOpened = 1, BreakerClosed = 2, CommunicationLost = 3, CommunicationRestored = 4, DeviceOpened = 5, DeviceClosed = 6 }

/// <summary>One entry of a station's sequence of events. FeederId is −1 for the station as a whole.</summary>
/// <param name="DeviceId">Index in LineDevices of the device that <see cref="CircuitEventKind.DeviceOpened"/> and DeviceClosed are of; −1 for other kinds.</param>
/// <param name="DeviceKind">What that device is, so that its name needs no line devices at hand; 0 without one.</param>
public readonly record struct CircuitEvent(
    int SubstationId, int FeederId, CircuitEventKind Kind, long SourceTime, ValueOrigin Origin, int DeviceId = -1, AssetKind DeviceKind = default);
