using System.ComponentModel.DataAnnotations;

namespace FluxOps.Blazor.Live;

/// <summary>Section <c>FluxOps:Live</c>.</summary>
public sealed class LiveGridOptions
{
    public const string Section = "FluxOps:Live";

    /// <summary>How often the sources send telemetry, s. Live up to 1.5 of it, late up to 3 (10 s at least), stale beyond.</summary>
    [Range(0.1, 3600)]
    public double TelemetrySeconds { get; set; } = 2;

    /// <summary>How long after its end a quarter hour may take to be delivered before it is counted, min.</summary>
    [Range(0, 1440)]
    public int DeliveryWindowMinutes { get; set; } = 15;

    /// <summary>Shortest time between two snapshots, ms. What arrives within it is applied together and published once.</summary>
    [Range(10, 10_000)]
    public int PublishMilliseconds { get; set; } = 100;

    /// <summary>Circuit events kept in memory, newest first. Older ones are in the store.</summary>
    [Range(10, 100_000)]
    public int CircuitEventsKept { get; set; } = 500;

    /// <summary>Origins beside the page's own that may open a WebSocket, such as <c>https://wall.example</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];
}
