using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Benchmarks.Map;

/// <summary>
/// Real sweeps, written to the store, that turn feeders from normal to over their limit and back: every row of a sweep is a change that the map must draw.
/// </summary>
internal sealed class MapChanges(GridModel grid, TelemetryWriter writer)
{
    private const float Normal = 0.4f, Over = 1.3f; // of the rating: far from any hysteresis
    private readonly bool[] _over = new bool[grid.Feeders.Length];
    private readonly Random _random = new(8901);

    public int Feeders => _over.Length;

    /// <summary>All feeders and substations as normal as can be.</summary>
    public async Task CalmAsync(CancellationToken stop)
    {
        Array.Clear(_over);
        await WriteAsync([.. Enumerable.Range(0, Feeders)], withStations: true, stop);
    }

    /// <summary>This many feeders, chosen at random, become what they were not.</summary>
    public Task ChangeAsync(int count, CancellationToken stop)
    {
        var ids = Enumerable.Range(0, Feeders).ToArray();
        _random.Shuffle(ids);
        return FlipAsync([.. ids.Take(count).Order()], stop);
    }

    /// <summary>One feeder; whether it is over its limit now.</summary>
    public async Task<bool> FlipAsync(int feeder, CancellationToken stop)
    {
        await FlipAsync([feeder], stop);
        return _over[feeder];
    }

    private Task FlipAsync(int[] ids, CancellationToken stop)
    {
        foreach (var id in ids)
            _over[id] = !_over[id];
        return WriteAsync(ids, withStations: false, stop);
    }

    /// <summary>So many a second for a while; each a change of <paramref name="count"/> feeders.</summary>
    public async Task StreamAsync(int count, int sweeps, int perSecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var i = 0; i < sweeps; i++)
        {
            await ChangeAsync(count, stop);
            await timer.WaitForNextTickAsync(stop);
        }
    }

    private async Task WriteAsync(int[] ids, bool withStations, CancellationToken stop)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        int[] stations = withStations ? [.. grid.Substations.Select(s => s.Id)] : [];
        await writer.WriteAsync(new TelemetrySweep
        {
            Origin = ValueOrigin.Simulated,
            Feeders = new FeederTelemetry
            {
                FeederId = ids,
                SourceTime = Filled(ids.Length, time),
                Mw = Filled(ids.Length, 5f),
                Mvar = Filled(ids.Length, 1f),
                Kv = [.. ids.Select(id => grid.Feeders[id].NominalKv)],
                Amps = [.. ids.Select(id => grid.Feeders[id].RatedAmps * (_over[id] ? Over : Normal))],
                Breaker = Filled(ids.Length, BreakerState.Closed),
                Quality = Filled(ids.Length, TelemetryQuality.Good),
            },
            Substations = new SubstationTelemetry
            {
                SubstationId = stations,
                SourceTime = Filled(stations.Length, time),
                Mw = Filled(stations.Length, 40f),
                Mvar = Filled(stations.Length, 5f),
                Kv = [.. stations.Select(id => grid.Substations[id].SecondaryKv)],
                Quality = Filled(stations.Length, TelemetryQuality.Good),
            },
        }, stop);
    }

    private static T[] Filled<T>(int count, T value)
    {
        var array = new T[count];
        Array.Fill(array, value);
        return array;
    }
}
