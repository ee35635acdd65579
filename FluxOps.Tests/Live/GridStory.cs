using FluxOps.Data.Changes;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Live;

/// <summary>What happens on a small network of trees, made up step by step from seeds: sweeps, outages, voltages, readings, power events, devices, and time that passes.</summary>
internal sealed class GridStory(int seed)
{
    private readonly Random _random = new(seed);
    private float[] _amps = [], _kv = [];
    private readonly HashSet<int> _open = [];

    public GridTopology Topology { get; } = TestTrees.Make(seed);
    public List<IntervalReadings> Readings { get; } = [];
    public List<EndDeviceEvent> Events { get; } = [];
    public Dictionary<int, bool> Positions { get; } = [];

    public IEnumerable<GridChange> Next(Stage stage)
    {
        if (_amps.Length == 0)
        {
            _amps = [.. stage.Grid.Feeders.Select(_ => 300f)];
            _kv = [.. stage.Grid.Feeders.Select(_ => 12.5f)];
            yield return stage.Sweep(full: true);
        }

        stage.Pass(TimeSpan.FromSeconds(_random.Next(8) switch { 0 => 900, 1 => 2700, 2 => 12, _ => 2 }));
        for (var n = _random.Next(1, 4); n > 0; n--)
        {
            GridChange? change = _random.Next(5) switch { 0 => Read(stage), 1 => Happen(stage), 2 => Turn(stage), _ => Sweep(stage) };
            if (change is not null) yield return change;
        }
    }

    private TelemetryChange Sweep(Stage stage)
    {
        var f = _random.Next(_amps.Length);
        _amps[f] = _random.Next(5) == 0 ? float.NaN : _random.Next(700);
        _kv[_random.Next(_kv.Length)] = _random.Next(3) == 0 ? 11 + (float)_random.NextDouble() * 3 : 12.5f;
        if (_random.Next(4) == 0 && !_open.Add(f)) _open.Remove(f);
        return stage.Sweep(amps: [.. _amps], open: [.. _open], kv: i => _kv[i], silentStations: _random.Next(4) == 0 ? [_random.Next(stage.Grid.Substations.Length)] : null);
    }

    private ReadingsChange Read(Stage stage)
    {
        var meters = Topology.Model.UsagePoints.Count;
        int[] ids = [.. Enumerable.Range(0, meters).Where(_ => _random.Next(4) != 0)];
        var interval = stage.Milliseconds / 1000 / 900 * 900 - 900 * _random.Next(1, 4);
        var readings = new IntervalReadings
        {
            Origin = ValueOrigin.Measured, UsagePointId = ids, IntervalStart = [.. ids.Select(_ => interval)],
            Kwh = [.. ids.Select(_ => _random.Next(20) == 0 ? float.NaN : (float)_random.NextDouble() * 4)],
            Volts = [.. ids.Select(_ => _random.Next(20) == 0 ? float.NaN : 215 + (float)_random.NextDouble() * 42)],
            Quality = [.. ids.Select(_ => (ReadingQuality)_random.Next(6))],
        };
        Readings.Add(readings);
        return new(false, readings, [], stage.Milliseconds);
    }

    private EventsChange? Happen(Stage stage)
    {
        if (Topology.Model.UsagePoints.Count == 0) return null;
        EndDeviceEvent[] events = [.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => new EndDeviceEvent(
            _random.Next(Topology.Model.UsagePoints.Count), (EndDeviceEventKind)_random.Next(1, 4), stage.Milliseconds - _random.Next(100_000), float.NaN, ValueOrigin.Measured))];
        Events.AddRange(events);
        return new(false, events, [], stage.Milliseconds);
    }

    private DeviceChange? Turn(Stage stage)
    {
        if (Topology.Model.Devices.Count == 0) return null;
        var full = _random.Next(6) == 0;
        if (full) Positions.Clear();
        for (var n = _random.Next(1, 4); n > 0; n--) Positions[_random.Next(Topology.Model.Devices.Count)] = _random.Next(2) == 0;
        return stage.Devices(full, [.. Positions.Select(p => (p.Key, p.Value))]);
    }
}
