using FluxOps.Data.Grid;
using FluxOps.Generator.Load;

namespace FluxOps.Generator.Simulation;

/// <summary>One network with everything that simulates it, and how far each stream has been written. Kept over a loss of the store, so that nothing is skipped.</summary>
internal sealed class SimulatedUtility
{
    public SimulatedUtility(GridModel model, TimeZoneInfo zone, SimulationOptions options)
    {
        Model = model;
        Load = new LoadModel(model, zone);
        Incidents = new Incidents(model, options);
        Telemetry = new SimulatedTelemetry(model, Load, Incidents);
        History = new SimulatedTelemetry(model, Load, Incidents);
        Readings = new SimulatedReadings(model, Load, Incidents, options);
    }

    public GridModel Model { get; }
    public LoadModel Load { get; }
    public Incidents Incidents { get; }
    public SimulatedTelemetry Telemetry { get; }
    /// <summary>Work arrays of its own, because the past is filled while sweeps go on.</summary>
    public SimulatedTelemetry History { get; }
    public SimulatedReadings Readings { get; }

    /// <summary>Events up to this source time are stored, Unix milliseconds.</summary>
    public long? EventsUpTo { get; set; }
    /// <summary>Deliveries due up to this time are stored, Unix seconds.</summary>
    public long? ReadingsUpTo { get; set; }
}
