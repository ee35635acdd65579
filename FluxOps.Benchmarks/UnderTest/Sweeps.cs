using FluxOps.Data.Telemetry;

namespace FluxOps.Benchmarks.UnderTest;

/// <summary>Telemetry sweeps over the whole network whose system load is a chosen whole number of MW, so that a client can tell which sweep it sees.</summary>
internal sealed class Sweeps(int feeders, int substations)
{
    private const int MwEach = 8;

    /// <summary>System load of sweep <paramref name="number"/>, MW. Exact: whole numbers add up without rounding.</summary>
    public int SystemMw(int number) => feeders * MwEach + number;

    public TelemetrySweep Make(int number, long sourceTime) => new()
    {
        Origin = ValueOrigin.Simulated,
        Feeders = new FeederTelemetry
        {
            FeederId = [.. Enumerable.Range(0, feeders)],
            SourceTime = Filled(feeders, sourceTime),
            Mw = [.. Enumerable.Range(0, feeders).Select(id => id == 0 ? MwEach + (float)number : MwEach)],
            Mvar = Filled(feeders, 1f),
            Kv = Filled(feeders, 12.6f),
            // A tenth of the feeders change their load class from sweep to sweep: deltas of a busy day.
            Amps = [.. Enumerable.Range(0, feeders).Select(id => 180f + (id + number) % 10 * 30f)],
            Breaker = Filled(feeders, BreakerState.Closed),
            Quality = Filled(feeders, TelemetryQuality.Good),
        },
        Substations = new SubstationTelemetry
        {
            SubstationId = [.. Enumerable.Range(0, substations)],
            SourceTime = Filled(substations, sourceTime),
            Mw = [.. Enumerable.Range(0, substations).Select(id => 40f + (id + number) % 10)],
            Mvar = Filled(substations, 5f),
            Kv = Filled(substations, 12.6f),
            Quality = Filled(substations, TelemetryQuality.Good),
        },
    };

    private static T[] Filled<T>(int count, T value)
    {
        var array = new T[count];
        Array.Fill(array, value);
        return array;
    }
}
