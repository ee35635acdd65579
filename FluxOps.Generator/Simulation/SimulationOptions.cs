using System.ComponentModel.DataAnnotations;
using FluxOps.Generator.Load;

namespace FluxOps.Generator.Simulation;

/// <summary>The live simulation; section <c>FluxOps:Simulation</c>.</summary>
public sealed class SimulationOptions : IValidatableObject
{
    public const string Section = "FluxOps:Simulation";

    /// <summary>False leaves the network to real sources.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>s between sweeps of telemetry.</summary>
    [Range(1, 60, ErrorMessage = "FluxOps:Simulation:TelemetrySeconds must be 1 to 60.")]
    public int TelemetrySeconds { get; set; } = 2;

    /// <summary>s over which head-ends deliver a quarter hour's readings, after its end.</summary>
    [Range(30, 840, ErrorMessage = "FluxOps:Simulation:DeliveryWindowSeconds must be 30 to 840.")]
    public int DeliveryWindowSeconds { get; set; } = 600;

    /// <summary>Groups of stations that deliver one after the other within the window.</summary>
    [Range(1, 120, ErrorMessage = "FluxOps:Simulation:DeliveryWaves must be 1 to 120.")]
    public int DeliveryWaves { get; set; } = 20;

    /// <summary>Hours of readings to have behind a start; 0 leaves the past empty. No more than FluxOps:Serving:HotDays keeps is filled in.</summary>
    [Range(0, 168, ErrorMessage = "FluxOps:Simulation:BackfillHours must be 0 to 168.")]
    public int BackfillHours { get; set; } = 48;

    /// <summary>Share of one core that filling in the past may take, %.</summary>
    [Range(5, 100, ErrorMessage = "FluxOps:Simulation:BackfillPercent must be 5 to 100.")]
    public int BackfillPercent { get; set; } = 35;

    /// <summary>Feeder trips an hour, over the whole network. Each lasts 3 to 20 minutes.</summary>
    [Range(0, 240, ErrorMessage = "FluxOps:Simulation:OutagesPerHour must be 0 to 240.")]
    public double OutagesPerHour { get; set; } = 4;

    /// <summary>Fuses of laterals that blow an hour, over the whole network. Each is open for 5 to 40 minutes.</summary>
    [Range(0, 240, ErrorMessage = "FluxOps:Simulation:LateralOutagesPerHour must be 0 to 240.")]
    public double LateralOutagesPerHour { get; set; } = 6;

    /// <summary>Reclosers that lock out an hour, over the whole network. Each is open for 5 to 40 minutes.</summary>
    [Range(0, 240, ErrorMessage = "FluxOps:Simulation:RecloserLockoutsPerHour must be 0 to 240.")]
    public double RecloserLockoutsPerHour { get; set; } = 1;

    /// <summary>Losses of a station's communication an hour, over the whole network. Each lasts 1 to 3 minutes.</summary>
    [Range(0, 240, ErrorMessage = "FluxOps:Simulation:CommunicationLossesPerHour must be 0 to 240.")]
    public double CommunicationLossesPerHour { get; set; } = 6;

    /// <summary>Voltage sags and swells an hour at single meters.</summary>
    [Range(0, 3600, ErrorMessage = "FluxOps:Simulation:VoltageEventsPerHour must be 0 to 3600.")]
    public double VoltageEventsPerHour { get; set; } = 30;

    /// <summary>Zone that people and the sun in the simulation follow.</summary>
    [Required(ErrorMessage = "FluxOps:Simulation:TimeZone must name a zone, such as America/Chicago.")]
    public string TimeZone { get; set; } = LocalClock.DefaultZone;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult($"'{TimeZone}' is not a time zone known here; allowed: an IANA name such as America/Chicago", [nameof(TimeZone)]);
    }
}
