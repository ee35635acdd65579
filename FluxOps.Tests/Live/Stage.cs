using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Data;
using Microsoft.Extensions.Time.Testing;

namespace FluxOps.Tests.Live;

/// <summary>A live state over a small network (2 stations, 4 feeders of 600 A, 20 meters each) at a time of its own.</summary>
internal sealed class Stage
{
    public static readonly DateTimeOffset Start = new(2026, 8, 14, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);
    public GridModel Grid { get; }
    public LiveGridOptions Options { get; } = new();
    public LiveState State { get; }
    public GridSnapshot Now { get; private set; } = null!;

    public Stage(GridModel? grid = null)
    {
        Grid = grid ?? TestGrid.Make();
        State = new LiveState(Grid, Options, Time);
    }

    public long Milliseconds => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Applies and settles; true where a new snapshot came.</summary>
    public bool Take(params GridChange[] changes)
    {
        foreach (var change in changes) State.Apply(change);
        if (State.Settle() is not { } snapshot) return false;
        Now = snapshot;
        return true;
    }

    /// <summary>Lets time pass: <c>stage.Pass(2 s).Take(stage.Sweep())</c> takes a sweep stamped after it.</summary>
    public Stage Pass(TimeSpan passed)
    {
        Time.Advance(passed);
        return this;
    }

    /// <summary>A sweep of everything as of now; amps by feeder, 300 where not said. NaN: that feeder sent nothing.</summary>
    public TelemetryChange Sweep(
        bool full = false, float[]? amps = null, int[]? open = null, int[]? silentStations = null, ValueOrigin origin = ValueOrigin.Measured, Func<int, float>? kv = null)
    {
        var current = amps ?? [.. Grid.Feeders.Select(_ => 300f)];
        int[] feeders = [.. Enumerable.Range(0, Grid.Feeders.Length).Where(i => !float.IsNaN(current[i]))];
        int[] stations = [.. Enumerable.Range(0, Grid.Substations.Length).Where(i => silentStations?.Contains(i) != true)];
        return new(full, new TelemetrySweep
        {
            Origin = origin,
            Feeders = new FeederTelemetry
            {
                FeederId = feeders, SourceTime = [.. feeders.Select(_ => Milliseconds)], Mw = [.. feeders.Select(i => open?.Contains(i) == true ? 0 : current[i] / 60)],
                Mvar = new float[feeders.Length], Kv = [.. feeders.Select(i => kv?.Invoke(i) ?? 12.5f)], Amps = [.. feeders.Select(i => open?.Contains(i) == true ? 0 : current[i])],
                Breaker = [.. feeders.Select(i => open?.Contains(i) == true ? BreakerState.Open : BreakerState.Closed)], Quality = new TelemetryQuality[feeders.Length],
            },
            Substations = new SubstationTelemetry
            {
                SubstationId = stations, SourceTime = [.. stations.Select(_ => Milliseconds)], Mw = [.. stations.Select(i => 10f + i)], Mvar = new float[stations.Length],
                Kv = [.. stations.Select(_ => 12.5f)], Quality = new TelemetryQuality[stations.Length],
            },
        }, Milliseconds + 1);
    }

    public static ReadingsChange Readings(long start, (int Meter, float Volts)[] meters, params IntervalCompleteness[] completeness) =>
        new(false, new IntervalReadings
        {
            Origin = ValueOrigin.Measured, UsagePointId = [.. meters.Select(m => m.Meter)], IntervalStart = [.. meters.Select(_ => start)], Kwh = new float[meters.Length],
            Volts = [.. meters.Select(m => m.Volts)], Quality = new ReadingQuality[meters.Length],
        }, completeness, 0);

    public DeviceChange Devices(bool full, params (int Device, bool Open)[] positions) => new(full, new DeviceStates
    {
        DeviceId = [.. positions.Select(p => p.Device)], Open = [.. positions.Select(p => p.Open)], SourceTime = [.. positions.Select(_ => Milliseconds)],
        Quality = new TelemetryQuality[positions.Length], Origin = new ValueOrigin[positions.Length],
    }, Milliseconds + 1);

    public EventsChange Event(CircuitEventKind kind, int feeder, DateTimeOffset at, bool full = false) =>
        new(full, [], [new CircuitEvent(Grid.Feeders[feeder].SubstationId, feeder, kind, at.ToUnixTimeMilliseconds(), ValueOrigin.Measured)], 0);
}
