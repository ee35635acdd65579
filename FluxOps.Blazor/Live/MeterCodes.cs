using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Codes of transformers and their meters. A reading writes its meter's code at once and marks the transformer, whose code is made anew when settling; all of them are
/// gone through only when the clock takes some to another age. Nothing here allocates per reading.
/// </summary>
internal sealed class MeterCodes
{
    /// <summary>Age is looked at in steps of this, s: a quarter hour's readings come in within minutes, and their limits pass together.</summary>
    private const long AgeingStep = 10;

    private readonly GridTopology _topology;
    private readonly MeterBoard _board;
    private readonly Energisation _energised;
    private readonly ReadingLimits _limits;
    private readonly CodeColumn _meters, _transformers;
    private readonly int[] _transformerOf, _segmentOf, _feederOf, _firstMeter;
    private readonly ushort[] _stationOf;
    private readonly float[] _kva;
    private readonly Freshness[] _deadAge;
    private readonly bool[] _isDirty;
    private readonly int[] _dirty;
    private int _dirtyCount;
    private long _now;
    private long _nextAgeing = long.MinValue;

    public MeterCodes(GridTopology topology, MeterBoard board, Energisation energised, ReadingLimits limits)
    {
        (_topology, _board, _energised, _limits) = (topology, board, energised, limits);
        var transformers = topology.Model.Transformers;
        _meters = new(topology.FirstMeterOfSubstation);
        _transformers = new(topology.FirstTransformerOfSubstation);
        _transformerOf = topology.Model.UsagePoints.TransformerId;
        (_segmentOf, _feederOf, _firstMeter, _kva) = (transformers.SegmentId, transformers.FeederId, topology.FirstMeterOfTransformer, transformers.RatedKva);
        _stationOf = Array.ConvertAll(_feederOf, f => (ushort)topology.SubstationOfFeeder(f));
        _deadAge = new Freshness[topology.Model.Feeders.Length];
        Array.Fill(_deadAge, Freshness.Live);
        _isDirty = new bool[transformers.Count];
        _dirty = new int[transformers.Count];
    }

    public AssetCodes FreezeMeters(ref bool changed) => _meters.Freeze(ref changed);
    public AssetCodes FreezeTransformers(ref bool changed) => _transformers.Freeze(ref changed);

    /// <summary>A reading or a power event of it came in.</summary>
    public void MeterMoved(int meter)
    {
        // A meter that the topology does not have yet.
        if ((uint)meter >= (uint)_transformerOf.Length) return;
        SetMeter(meter, _transformerOf[meter]);
        MarkTransformer(_transformerOf[meter]);
    }

    /// <summary>It lost or got power.</summary>
    public void SegmentMoved(int segment)
    {
        foreach (var transformer in _topology.TransformersAt(segment)) TransformerMoved(transformer);
    }

    /// <summary>How old the feeder's word is, is how old it is that its dead ones are dead.</summary>
    public void FeederMoved(int feeder, AssetCode now)
    {
        var age = LineCodes.DeadAge(now);
        if (_deadAge[feeder] == age) return;
        _deadAge[feeder] = age;
        for (var t = _topology.FirstTransformerOfFeeder[feeder]; t < _topology.FirstTransformerOfFeeder[feeder + 1]; t++)
        {
            if (IsDark(t)) TransformerMoved(t);
        }
    }

    /// <summary>Everything as of now, Unix milliseconds.</summary>
    public void Settle(long now)
    {
        var seconds = now / 1000;
        _now = seconds - seconds % AgeingStep;
        if (_now >= _nextAgeing)
        {
            _nextAgeing = long.MaxValue;
            for (var t = 0; t < _transformers.Count; t++) TransformerMoved(t);
        }

        for (; _dirtyCount > 0; _dirtyCount--)
        {
            var transformer = _dirty[_dirtyCount - 1];
            _isDirty[transformer] = false;
            _transformers.Set(transformer, _stationOf[transformer], CodeOf(transformer));
        }
    }

    private void TransformerMoved(int transformer)
    {
        for (var m = _firstMeter[transformer]; m < _firstMeter[transformer + 1]; m++) SetMeter(m, transformer);
        MarkTransformer(transformer);
    }

    private void MarkTransformer(int transformer)
    {
        if (_isDirty[transformer]) return;
        _isDirty[transformer] = true;
        _dirty[_dirtyCount++] = transformer;
    }

    private void SetMeter(int meter, int transformer)
    {
        ref readonly var row = ref _board.Rows[meter];
        var code = row.Down ? AssetCode.Of(true, Freshness.Live, VoltageBand.Unknown, LoadBand.Unknown)
            : IsDark(transformer) ? AssetCode.Of(true, _deadAge[_feederOf[transformer]], VoltageBand.Unknown, LoadBand.Unknown)
            : row.Start == 0 ? AssetCode.Unknown
            : AssetCode.Of(false, AgeOf(row), StatusLimits.OfService(row.Volts), LoadBand.Unknown);
        _meters.Set(meter, _stationOf[transformer], code);
    }

    /// <summary>Its line has no power. Of one that hangs on no known line nobody can say so.</summary>
    private bool IsDark(int transformer) => _segmentOf[transformer] is >= 0 and var segment && _energised.IsDead(segment);

    private Freshness AgeOf(in MeterRow row)
    {
        var age = _limits.OfAge(row, _now, out var until);
        // A row that is newest today and has grown old has its limits behind it: it asks for no pass.
        if (until < _nextAgeing) _nextAgeing = until;
        return age;
    }

    private AssetCode CodeOf(int transformer)
    {
        var rows = _board.Rows[_firstMeter[transformer].._firstMeter[transformer + 1]];
        if (IsDark(transformer)) return AssetCode.Of(true, _deadAge[_feederOf[transformer]], VoltageBand.Unknown, LoadBand.Unknown);
        var down = 0;
        foreach (ref readonly var row in rows)
        {
            if (row.Down) down++;
        }

        // Two and half of all say so: it is more than a house's own fuse.
        if (down >= 2 && 2 * down >= rows.Length) return AssetCode.Of(true, Freshness.Live, VoltageBand.Unknown, LoadBand.Unknown);
        var sum = TransformerSum.Of(rows);
        return sum.Newest == 0 ? AssetCode.Unknown
            : AssetCode.Of(false, AgeOf(rows[sum.NewestAt]), sum.Volts(), StatusLimits.BandOf(sum.Percent(_kva[transformer])));
    }
}
