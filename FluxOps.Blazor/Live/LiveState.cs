using System.Collections.Immutable;
using FluxOps.Data.Changes;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The grid as this process knows it. One thread applies changes in order and asks for a snapshot; nothing here waits or locks.
/// </summary>
internal sealed class LiveState
{
    private const long CompletenessSeconds = 48 * 3600;

    private readonly GridModel _grid;
    private readonly LiveGridOptions _options;
    private readonly TimeProvider _time;
    private readonly FeederBoard _feeders;
    private readonly SubstationBoard _substations;
    private readonly MeterBoard _meters;
    private readonly TrendBoard _trends;
    private readonly ExceptionBoard _exceptions;
    private readonly CompletenessBoard _completeness = new();
    private readonly DeviceBoard _devices = new();
    private readonly int _meterCount;
    private readonly List<KpiColumn> _closed = [];
    private AssetBoard? _assets;
    private ImmutableArray<CircuitEvent> _events = [];
    private FeedLink _link;
    private bool _restored, _known, _meterSimulated;
    private bool _telemetryMoved, _readingsMoved, _eventsMoved, _linkMoved, _trendsMoved, _devicesMoved;
    private long _version;
    private GridSnapshot? _last;
    private Exception? _assetsFault;

    /// <param name="previous">The state that this one takes over from: versions go on from there.</param>
    public LiveState(GridModel grid, LiveGridOptions options, TimeProvider time, LiveState? previous = null)
    {
        (_grid, _options, _time, _version) = (grid, options, time, previous?._version ?? 0);
        _feeders = new(grid, options.TelemetrySeconds);
        _substations = new(grid, options.TelemetrySeconds);
        _meterCount = grid.Feeders.Sum(f => f.Meters);
        _meters = new(_meterCount, previous?._meters.Versions ?? []);
        _trends = new(grid.Substations.Length, grid.Feeders);
        _exceptions = new(grid);
        _link = new(true, time.GetUtcNow(), "");
        _trends.OpenAt(Now);
        Meters = new(_meters, null);
        if (previous?._assets is { } assets && ReferenceEquals(previous._grid, grid)) Attach(assets.Topology);
    }

    public GridModel Grid => _grid;
    /// <summary>Newest values of meters and transformers, for anyone who asks.</summary>
    public MeterValues Meters { get; private set; }
    /// <summary>Whether segments, devices, transformers and meters have codes.</summary>
    public bool HasAssets => _assets is not null;
    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What the store knows of the last hour: trends at once, and since when what is wrong has been so.</summary>
    public void Seed(IReadOnlyList<MinuteColumn> minutes, IReadOnlyList<KpiColumn> kpis)
    {
        _trends.Seed(Now, minutes, kpis);
        if (!_known) _exceptions.Recover(minutes, Now);
        _trendsMoved = true;
    }

    /// <summary>Why the assets were dropped, once; null where they were not.</summary>
    public Exception? TakeAssetsFault()
    {
        var fault = _assetsFault;
        _assetsFault = null;
        return fault;
    }

    /// <summary>Everything below the feeders has codes from now on, made of what is known already; where that fails, it has none.</summary>
    public void Attach(GridTopology topology)
    {
        try
        {
            _assets = new(topology, _meters, _options);
            Meters = new(_meters, topology);
        }
        catch (Exception e)
        {
            DropAssets(e);
        }
    }

    /// <summary>Feeders and substations are not to fall with what hangs below them.</summary>
    private void DropAssets(Exception fault)
    {
        _assetsFault = fault;
        _assets = null;
        Meters = new(_meters, null);
        _devicesMoved = true;
    }

    public void Apply(GridChange change)
    {
        switch (change)
        {
            case TelemetryChange telemetry: Apply(telemetry); break;
            case TopologyLoaded loaded when _assets is null: Attach(loaded.Topology); break;
            case DeviceChange devices:
                _devices.Apply(devices.States, devices.Full);
                _devicesMoved = true;
                break;
            case ReadingsChange readings:
                Apply(readings.Latest, static (meters, latest, codes) => meters.Apply(latest, codes));
                _completeness.Apply(readings.Completeness, Now);
                _meterSimulated |= readings.Latest is { Count: > 0, Origin: not Data.Telemetry.ValueOrigin.Measured };
                _readingsMoved = true;
                break;
            case EventsChange events: Apply(events); break;
            case FeedLost lost:
                _link = new(false, lost.Since, lost.Reason);
                _restored = false;
                _linkMoved = true;
                break;
            case FeedRestored:
                _restored = true;
                break;
        }
    }

    /// <summary>A second time without codes where they fail: what was applied already comes to the same again.</summary>
    private void Apply<T>(T change, Action<MeterBoard, T, MeterCodes?> apply)
    {
        try
        {
            apply(_meters, change, _assets?.Meters);
        }
        catch (Exception e) when (_assets is not null)
        {
            DropAssets(e);
            apply(_meters, change, null);
        }
    }

    private void Apply(TelemetryChange change)
    {
        var origin = change.Sweep.Origin;
        _feeders.Apply(change.Sweep.Feeders, origin, change.ReceivedAt, change.Full);
        _substations.Apply(change.Sweep.Substations, origin, change.ReceivedAt, change.Full);
        var feeders = change.Sweep.Feeders;
        for (var i = 0; i < feeders.Count; i++) _trends.AddFeeder(feeders.FeederId[i], feeders.SourceTime[i], feeders.Mw[i]);
        var substations = change.Sweep.Substations;
        for (var i = 0; i < substations.Count; i++) _trends.AddSubstation(substations.SubstationId[i], substations.SourceTime[i], substations.Mw[i]);
        _telemetryMoved = true;
        _known |= change.Full;
        // The link is up again once the values are, not when the socket is.
        if (_link.Connected || !_restored || !change.Full) return;
        _link = new(true, _time.GetUtcNow(), "");
        _restored = false;
        _linkMoved = true;
    }

    private void Apply(EventsChange change)
    {
        Apply(change.Meters, static (meters, events, codes) => meters.Apply(events, codes));
        _exceptions.Apply(change.Circuits);
        if (change.Circuits.Length > 0 || change.Full)
        {
            var merged = change.Full ? change.Circuits.AsEnumerable() : change.Circuits.Concat(_events);
            _events = [.. merged.OrderByDescending(e => e.SourceTime).Take(_options.CircuitEventsKept)];
        }

        _eventsMoved = true;
    }

    /// <summary>Figures of the minutes closed since the last call, to be stored.</summary>
    public IReadOnlyList<KpiColumn> TakeClosedMinutes()
    {
        if (_closed.Count == 0) return [];
        KpiColumn[] taken = [.. _closed];
        _closed.Clear();
        return taken;
    }

    /// <summary>Classifies everything as of now. A new snapshot where that changed something to see, otherwise null; null as well until the first values (or the first fault) are known.</summary>
    public GridSnapshot? Settle()
    {
        var now = Now;
        _feeders.Classify(now);
        var assetsMoved = false;
        var assets = SettleAssets(now, ref assetsMoved);
        _substations.Classify(_feeders, _assets?.Dark, now);
        var exceptionsMoved = _exceptions.Settle(_feeders, _substations, _assets?.Dark, now, _link.Connected, _telemetryMoved);
        var kpis = Kpis(now);
        _trendsMoved |= _trends.Tick(now, kpis, _closed.Add);
        if (!_known && _link.Connected) return null;

        var telemetry = _telemetryMoved;
        var feeders = _feeders.Freeze(ref telemetry);
        var substations = _substations.Freeze(ref telemetry);
        var kpisMoved = _last?.Kpis != kpis;
        if (_last is not null && !(telemetry || assetsMoved || _devicesMoved || _readingsMoved || _eventsMoved || _linkMoved || _trendsMoved || exceptionsMoved || kpisMoved)) return null;

        _version++;
        _last = new GridSnapshot
        {
            Version = _version,
            PublishedAt = _time.GetUtcNow(),
            Grid = _grid,
            Link = _link,
            Feeders = feeders,
            Substations = substations,
            Kpis = kpisMoved ? kpis : _last!.Kpis,
            Exceptions = _exceptions.Current,
            Trends = _trends.Current,
            Completeness = _completeness.Current,
            CircuitEvents = _events,
            Assets = assets,
            Devices = _devices.Current,
            TelemetryVersion = Moved(telemetry, s => s.TelemetryVersion),
            // The figures of the meters also move with the clock, when a quarter hour's delivery window ends.
            ReadingsVersion = Moved(_readingsMoved || MeterFiguresMoved(kpis), s => s.ReadingsVersion),
            EventsVersion = Moved(_eventsMoved, s => s.EventsVersion),
            ExceptionsVersion = Moved(exceptionsMoved, s => s.ExceptionsVersion),
            TrendsVersion = Moved(_trendsMoved, s => s.TrendsVersion),
            AssetsVersion = Moved(assetsMoved || _devicesMoved, s => s.AssetsVersion),
            Simulated = _grid.Network.Simulated || _feeders.AnySimulated || _substations.AnySimulated || _devices.AnySimulated || _meterSimulated,
        };
        _telemetryMoved = _readingsMoved = _eventsMoved = _linkMoved = _trendsMoved = _devicesMoved = false;
        return _last;
    }

    /// <summary>Of a state that failed: the last picture that was published, with the link down. Nothing is computed, so nothing can fail again. Null where it says so already.</summary>
    public GridSnapshot? Lose(FeedLost lost, GridSnapshot last)
    {
        _version = Math.Max(_version, last.Version);
        if (!last.Link.Connected) return null;
        return last.WithLink(new(false, lost.Since, lost.Reason), ++_version, lost.Since);
    }

    private AssetStates? SettleAssets(long now, ref bool moved)
    {
        try
        {
            _assets?.Settle(_feeders, _devices.Current, now);
            return _assets?.Freeze(ref moved);
        }
        catch (Exception e)
        {
            DropAssets(e);
            return null;
        }
    }

    private bool MeterFiguresMoved(GridKpis kpis) =>
        (kpis.ReportingInterval, kpis.MetersReportingPercent, kpis.OutsideRangeAPercent) != (_last?.Kpis.ReportingInterval, _last?.Kpis.MetersReportingPercent, _last?.Kpis.OutsideRangeAPercent);

    private long Moved(bool moved, Func<GridSnapshot, long> before) => moved || _last is null ? _version : before(_last);

    private GridKpis Kpis(long now)
    {
        double system = 0;
        int known = 0, good = 0;
        long newest = 0;
        var heard = false;
        for (var id = 0; id < _feeders.Count; id++)
        {
            newest = Math.Max(newest, _feeders.SourceTime(id));
            heard |= _feeders.SourceTime(id) != 0;
            if (_feeders.FreshAndGood(id)) good++;
            if (float.IsNaN(_feeders.Mw(id))) continue;
            system += _feeders.Mw(id);
            known++;
        }

        for (var id = 0; id < _substations.Count; id++) newest = Math.Max(newest, _substations.SourceTime(id));
        // What the fleet reported before the window of the completeness says nothing of now.
        var interval = _completeness.Reported(now, _options.DeliveryWindowMinutes) is { } reported && now / 1000 - reported.IntervalStart <= CompletenessSeconds ? reported : (IntervalCompleteness?)null;
        return new GridKpis(
            known > 0 ? Math.Round(system, 3) : null,
            heard ? _exceptions.CustomersOut : null,
            heard ? _exceptions.FeedersOut + _exceptions.DevicesOut : null,
            heard ? _exceptions.FeedersOverLimit : null,
            _feeders.Count,
            interval is { } counted && _meterCount > 0 ? Math.Min(100.0, 100.0 * counted.Received / _meterCount) : null,
            interval is { } started ? DateTimeOffset.FromUnixTimeSeconds(started.IntervalStart) : null,
            interval is { } measured ? _meters.OutsideRangeAPercent(measured.IntervalStart, measured.Received) : null,
            newest,
            _feeders.Count > 0 ? 100.0 * good / _feeders.Count : 0);
    }
}
