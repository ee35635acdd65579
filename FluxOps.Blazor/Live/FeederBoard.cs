using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>Newest values of every feeder and what follows from them. Written by one thread.</summary>
internal sealed class FeederBoard(GridModel grid, double periodSeconds)
{
    private readonly Feeder[] _feeders = grid.Feeders;
    private readonly Column<float> _mw = new(grid.Feeders.Length, float.NaN), _mvar = new(grid.Feeders.Length, float.NaN),
        _kv = new(grid.Feeders.Length, float.NaN), _amps = new(grid.Feeders.Length, float.NaN), _percent = new(grid.Feeders.Length, float.NaN);
    private readonly Column<BreakerState> _breaker = new(grid.Feeders.Length, BreakerState.Closed);
    private readonly Column<TelemetryQuality> _quality = new(grid.Feeders.Length);
    private readonly Column<ValueOrigin> _origin = new(grid.Feeders.Length);
    private readonly Column<long> _source = new(grid.Feeders.Length), _received = new(grid.Feeders.Length);
    private readonly Column<Freshness> _freshness = new(grid.Feeders.Length, Freshness.Never);
    private readonly Column<AssetStatus> _status = new(grid.Feeders.Length, AssetStatus.Never);
    private readonly Column<byte> _code = new(grid.Feeders.Length, AssetCode.Unknown.Value);
    private readonly AssetStatus[] _load = new AssetStatus[grid.Feeders.Length];
    private readonly VoltageBand[] _volt = new VoltageBand[grid.Feeders.Length];
    private readonly LoadBand[] _band = new LoadBand[grid.Feeders.Length];
    private FeederStates? _states;

    public int Count => _feeders.Length;
    public Feeder this[int id] => _feeders[id];
    public float Mw(int id) => _mw[id];
    public float LoadPercent(int id) => _percent[id];
    public long SourceTime(int id) => _source[id];
    public AssetStatus Status(int id) => _status[id];
    public AssetCode Code(int id) => new(_code[id]);
    public bool FreshAndGood(int id) => _freshness[id] is Freshness.Live or Freshness.Late && _quality[id] is TelemetryQuality.Good;

    /// <summary>As last known: an outage does not end because its telemetry did.</summary>
    public bool IsOut(int id) => _source[id] != 0 && (_breaker[id] is BreakerState.Open || _kv[id] < StatusLimits.DeadVoltage * _feeders[id].NominalKv);

    public bool BreakerClosed(int id) => _breaker[id] is BreakerState.Closed;

    /// <summary>As last known, with hysteresis.</summary>
    public bool IsOverLimit(int id) => _source[id] != 0 && !IsOut(id) && _load[id] is AssetStatus.OverLimit;

    /// <summary>True where any value is not measured.</summary>
    public bool AnySimulated { get; private set; }

    /// <param name="origin">Of rows that do not carry their own; so is <paramref name="receivedAt"/>.</param>
    public void Apply(FeederTelemetry sweep, ValueOrigin origin, long receivedAt, bool full)
    {
        for (var i = 0; i < sweep.Count; i++)
        {
            var id = sweep.FeederId[i];
            // A value of a network that this process has not loaded yet, or one that was overtaken. The full state is believed even where its clock went back.
            if ((uint)id >= (uint)_feeders.Length || (!full && sweep.SourceTime[i] < _source[id])) continue;
            _mw[id] = sweep.Mw[i];
            _mvar[id] = sweep.Mvar[i];
            _kv[id] = sweep.Kv[i];
            _amps[id] = sweep.Amps[i];
            _breaker[id] = sweep.Breaker[i];
            _quality[id] = sweep.Quality[i];
            _origin[id] = sweep.Origin?[i] ?? origin;
            _source[id] = sweep.SourceTime[i];
            _received[id] = sweep.ReceivedAt?[i] ?? receivedAt;
            _percent[id] = 100 * sweep.Amps[i] / _feeders[id].RatedAmps;
            _load[id] = StatusLimits.OfLoad(_percent[id], _load[id]);
            if (!float.IsNaN(_percent[id])) _band[id] = StatusLimits.BandOf(_load[id]);
            _volt[id] = StatusLimits.OfPrimary(sweep.Kv[i], _feeders[id].NominalKv);
            AnySimulated |= _origin[id] is not ValueOrigin.Measured;
        }
    }

    /// <summary>Classifies every feeder as of now, Unix milliseconds.</summary>
    public void Classify(long now)
    {
        for (var id = 0; id < _feeders.Length; id++)
        {
            var freshness = StatusLimits.OfAge(_source[id], now, periodSeconds);
            _freshness[id] = freshness;
            var dead = IsOut(id);
            _status[id] = freshness switch
            {
                Freshness.Never => AssetStatus.Never,
                Freshness.Stale => AssetStatus.Stale,
                _ when dead => AssetStatus.DeEnergised,
                _ when _load[id] is AssetStatus.OverLimit => AssetStatus.OverLimit,
                _ => StatusLimits.OutsideRangeB(_volt[id]) ? AssetStatus.VoltageOut : _load[id],
            };
            // Without power there is neither voltage nor load to have a band.
            _code[id] = (dead
                ? AssetCode.Of(true, freshness, VoltageBand.Unknown, LoadBand.Unknown)
                : AssetCode.Of(false, freshness, _volt[id], _band[id])).Value;
        }
    }

    public FeederStates Freeze(ref bool changed)
    {
        var any = _states is null;
        var states = new FeederStates
        {
            Mw = _mw.Freeze(ref any), Mvar = _mvar.Freeze(ref any), Kv = _kv.Freeze(ref any), Amps = _amps.Freeze(ref any), LoadPercent = _percent.Freeze(ref any),
            Breaker = _breaker.Freeze(ref any), Quality = _quality.Freeze(ref any), Origin = _origin.Freeze(ref any), SourceTime = _source.Freeze(ref any),
            ReceivedAt = _received.Freeze(ref any), Freshness = _freshness.Freeze(ref any), Status = _status.Freeze(ref any), Code = _code.Freeze(ref any),
        };
        if (any) _states = states;
        changed |= any;
        return _states!;
    }
}
