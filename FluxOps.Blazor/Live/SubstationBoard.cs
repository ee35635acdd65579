using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>Newest values of every substation, and the sums over its feeders. Written by one thread.</summary>
internal sealed class SubstationBoard(GridModel grid, double periodSeconds)
{
    private readonly Substation[] _substations = grid.Substations;
    private readonly Column<float> _mw = new(grid.Substations.Length, float.NaN), _mvar = new(grid.Substations.Length, float.NaN),
        _kv = new(grid.Substations.Length, float.NaN), _percent = new(grid.Substations.Length, float.NaN);
    private readonly Column<TelemetryQuality> _quality = new(grid.Substations.Length);
    private readonly Column<ValueOrigin> _origin = new(grid.Substations.Length);
    private readonly Column<long> _source = new(grid.Substations.Length), _received = new(grid.Substations.Length);
    private readonly Column<Freshness> _freshness = new(grid.Substations.Length, Freshness.Never);
    private readonly Column<AssetStatus> _status = new(grid.Substations.Length, AssetStatus.Never);
    private readonly Column<int?> _over = new(grid.Substations.Length), _out = new(grid.Substations.Length), _customersOut = new(grid.Substations.Length);
    private readonly Column<byte> _code = new(grid.Substations.Length, AssetCode.Unknown.Value);
    private readonly VoltageBand[] _volt = new VoltageBand[grid.Substations.Length];
    private readonly LoadBand[] _band = new LoadBand[grid.Substations.Length];
    private readonly Worst[] _bands = new Worst[grid.Substations.Length];
    private readonly AssetStatus[] _load = new AssetStatus[grid.Substations.Length];
    private readonly AssetStatus[] _worst = new AssetStatus[grid.Substations.Length];
    private readonly int[] _overNow = new int[grid.Substations.Length], _outNow = new int[grid.Substations.Length], _customersNow = new int[grid.Substations.Length];
    private readonly bool[] _known = new bool[grid.Substations.Length];
    private readonly int[] _customers = CustomersOf(grid);
    private SubstationStates? _states;

    public int Count => _substations.Length;
    public float Mw(int id) => _mw[id];
    public long SourceTime(int id) => _source[id];
    public Freshness FreshnessOf(int id) => _freshness[id];
    /// <summary>Customers fed from the station, weighted.</summary>
    public int Customers(int id) => _customers[id];
    public bool AnySimulated { get; private set; }

    /// <param name="origin">Of rows that do not carry their own; so is <paramref name="receivedAt"/>.</param>
    public void Apply(SubstationTelemetry sweep, ValueOrigin origin, long receivedAt, bool full)
    {
        for (var i = 0; i < sweep.Count; i++)
        {
            var id = sweep.SubstationId[i];
            if ((uint)id >= (uint)_substations.Length || (!full && sweep.SourceTime[i] < _source[id])) continue;
            _mw[id] = sweep.Mw[i];
            _mvar[id] = sweep.Mvar[i];
            _kv[id] = sweep.Kv[i];
            _quality[id] = sweep.Quality[i];
            _origin[id] = sweep.Origin?[i] ?? origin;
            _source[id] = sweep.SourceTime[i];
            _received[id] = sweep.ReceivedAt?[i] ?? receivedAt;
            _percent[id] = 100 * MathF.Sqrt(sweep.Mw[i] * sweep.Mw[i] + sweep.Mvar[i] * sweep.Mvar[i]) / _substations[id].RatedMva;
            _load[id] = StatusLimits.OfLoad(_percent[id], _load[id]);
            if (!float.IsNaN(_percent[id])) _band[id] = StatusLimits.BandOf(_load[id]);
            _volt[id] = StatusLimits.OfPrimary(sweep.Kv[i], _substations[id].SecondaryKv);
            AnySimulated |= _origin[id] is not ValueOrigin.Measured;
        }
    }

    /// <summary>Classifies every substation as of now, after its feeders were.</summary>
    /// <param name="dark">Who is without power below open devices; null until that is known.</param>
    public void Classify(FeederBoard feeders, DarkCustomers? dark, long now)
    {
        Array.Clear(_overNow);
        Array.Clear(_outNow);
        Array.Clear(_customersNow);
        Array.Clear(_known);
        for (var id = 0; id < _substations.Length; id++)
        {
            var freshness = StatusLimits.OfAge(_source[id], now, periodSeconds);
            _freshness[id] = freshness;
            _worst[id] = freshness switch
            {
                Freshness.Never => AssetStatus.Never,
                Freshness.Stale => AssetStatus.Stale,
                _ when _load[id] is AssetStatus.OverLimit => AssetStatus.OverLimit,
                _ => StatusLimits.OutsideRangeB(_volt[id]) ? AssetStatus.VoltageOut : _load[id],
            };
            _bands[id] = default(Worst).With(AssetCode.Of(false, freshness, _volt[id], _band[id]));
        }

        for (var id = 0; id < feeders.Count; id++)
        {
            var station = feeders[id].SubstationId;
            _worst[station] = StatusLimits.Worse(_worst[station], feeders.Status(id));
            _bands[station] = _bands[station].With(feeders.Code(id));
            _known[station] |= feeders.SourceTime(id) != 0;
            if (feeders.IsOverLimit(id)) _overNow[station]++;
            if (!feeders.IsOut(id)) continue;
            _outNow[station]++;
            _customersNow[station] += dark?.OfFeeder(feeders[id]) ?? feeders[id].Customers;
        }

        for (var id = 0; id < _substations.Length; id++)
        {
            _status[id] = _worst[id];
            _code[id] = _bands[id].As(_worst[id]).Value;
            // Of feeders never heard of, nobody knows whether they are out: that is no zero.
            _over[id] = _known[id] ? _overNow[id] : null;
            _out[id] = _known[id] ? _outNow[id] : null;
            _customersOut[id] = _known[id] ? _customersNow[id] + (dark?.BelowDevicesOf(id) ?? 0) : null;
        }
    }

    public SubstationStates Freeze(ref bool changed)
    {
        var any = _states is null;
        var states = new SubstationStates
        {
            Mw = _mw.Freeze(ref any), Mvar = _mvar.Freeze(ref any), Kv = _kv.Freeze(ref any), LoadPercent = _percent.Freeze(ref any),
            Quality = _quality.Freeze(ref any), Origin = _origin.Freeze(ref any), SourceTime = _source.Freeze(ref any), ReceivedAt = _received.Freeze(ref any),
            Freshness = _freshness.Freeze(ref any), Status = _status.Freeze(ref any), Code = _code.Freeze(ref any),
            FeedersOverLimit = _over.Freeze(ref any), FeedersOut = _out.Freeze(ref any), CustomersOut = _customersOut.Freeze(ref any),
        };
        if (any) _states = states;
        changed |= any;
        return _states!;
    }

    /// <summary>The worst of what is known now, field by field: each mode of the map shows its own worst.</summary>
    private readonly record struct Worst(Freshness Age, VoltageBand Volt, LoadBand Load)
    {
        /// <summary>What is old, or without power, has no band.</summary>
        public Worst With(AssetCode code) => code.Age > Freshness.Late ? this
            : new(code.Age > Age ? code.Age : Age, code.Dead ? Volt : StatusLimits.Worse(Volt, code.Volt), code.Dead || Load > code.Load ? Load : code.Load);

        /// <summary>Not knowing is the worst only where nothing worse is known.</summary>
        public AssetCode As(AssetStatus status) => status switch
        {
            AssetStatus.Never => AssetCode.Of(false, Freshness.Never, Volt, Load),
            AssetStatus.Stale => AssetCode.Of(false, Freshness.Stale, Volt, Load),
            _ => AssetCode.Of(status is AssetStatus.DeEnergised, Age, Volt, Load),
        };
    }

    private static int[] CustomersOf(GridModel grid)
    {
        var customers = new int[grid.Substations.Length];
        foreach (var feeder in grid.Feeders) customers[feeder.SubstationId] += feeder.Customers;
        return customers;
    }
}
