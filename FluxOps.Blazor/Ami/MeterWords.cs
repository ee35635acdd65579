using FluxOps.Blazor.Shell;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Ami;

/// <summary>Meter terms in words, and the letters of the quality badges.</summary>
public static class MeterWords
{
    public static string Of(CustomerClass value) => value switch
    {
        CustomerClass.ResidentialLowWinter => "residential, other heat",
        CustomerClass.ResidentialHighWinter => "residential, electric heat",
        CustomerClass.SmallCommercial => "small commercial",
        CustomerClass.Industrial => "industrial",
        CustomerClass.Lighting => "lighting",
        _ => "unknown class",
    };

    public static string Of(EndDeviceEventKind kind) => kind switch
    {
        EndDeviceEventKind.PowerDown => "power down (last gasp)",
        EndDeviceEventKind.PowerRestore => "power restored",
        EndDeviceEventKind.VoltageSag => "voltage sag",
        EndDeviceEventKind.VoltageSwell => "voltage swell",
        EndDeviceEventKind.Tamper => "tamper",
        EndDeviceEventKind.ClockSet => "clock set",
        _ => "event",
    };

    public static string Shape(EndDeviceEventKind kind) => kind switch { EndDeviceEventKind.PowerDown => "■", EndDeviceEventKind.VoltageSag or EndDeviceEventKind.VoltageSwell or EndDeviceEventKind.Tamper => "▼", _ => "" };

    public static string Value(EndDeviceEvent e) => float.IsFinite(e.Value) ? Format.Volts(e.Value) + " V" : "";

    /// <summary>Letter of the badge, or null for a plain good value.</summary>
    public static string? Letter(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Estimated => "E",
        ReadingQuality.Missing => "M",
        ReadingQuality.Suspect => "?",
        ReadingQuality.Edited => "ED",
        ReadingQuality.PowerFail => "PF",
        _ => null,
    };

    public static string Of(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Estimated => "estimated",
        ReadingQuality.Missing => "missing",
        ReadingQuality.Suspect => "suspect",
        ReadingQuality.Edited => "edited",
        ReadingQuality.PowerFail => "power failed in the interval",
        _ => "measured",
    };

    public static string? Letter(ValueOrigin origin) => origin switch { ValueOrigin.Simulated => "S", ValueOrigin.Replayed => "R", _ => null };
    public static string Of(ValueOrigin origin) => origin switch { ValueOrigin.Simulated => "simulated", ValueOrigin.Replayed => "replayed", _ => "measured" };
}
