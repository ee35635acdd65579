namespace FluxOps.Generator.Simulation;

/// <summary>What the simulation is doing, for whoever wants to show it. Replaced whole, so a reader sees one moment.</summary>
public sealed class SimulationStatus
{
    private volatile State _current = new("Not started", false, 0, 0);

    /// <param name="Message">For a person.</param>
    /// <param name="Writing">True while this process simulates.</param>
    /// <param name="BackfilledIntervals">Quarter hours of the past that are filled in.</param>
    /// <param name="BackfillTotal">Quarter hours to fill in; 0 where none.</param>
    public sealed record State(string Message, bool Writing, int BackfilledIntervals, int BackfillTotal);

    public State Current => _current;

    internal void Set(State state) => _current = state;
}
