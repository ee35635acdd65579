using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>Codes of segments and devices: what their feeder says of itself, and where an open device leaves them without power.</summary>
internal sealed class LineCodes
{
    /// <summary>Devices' ids are in no order of substations: they are chunked by number.</summary>
    private const int DevicesEach = 1024;

    private readonly GridTopology _topology;
    private readonly Energisation _energised;
    private readonly CodeColumn _segments, _devices;

    public LineCodes(GridTopology topology, Energisation energised)
    {
        (_topology, _energised) = (topology, energised);
        _segments = new(topology.FirstSegmentOfSubstation);
        var devices = topology.Model.Devices.Count;
        _devices = new([.. Enumerable.Range(0, (devices + DevicesEach - 1) / DevicesEach).Select(c => c * DevicesEach), devices]);
    }

    public AssetCodes FreezeSegments(ref bool changed) => _segments.Freeze(ref changed);
    public AssetCodes FreezeDevices(ref bool changed) => _devices.Freeze(ref changed);

    /// <summary>The feeder's code is another than before.</summary>
    public void FeederMoved(int feeder, AssetCode now)
    {
        for (var s = _topology.FirstSegmentOfFeeder[feeder]; s < _topology.FirstSegmentOfFeeder[feeder + 1]; s++)
        {
            SegmentMoved(s, now);
            foreach (var device in _topology.DevicesAt(s)) DeviceMoved(device, now);
        }
    }

    /// <summary>It lost or got power, or its feeder's code changed.</summary>
    public void SegmentMoved(int segment, AssetCode feeder)
    {
        var dead = _energised.IsDead(segment);
        // Without power there is neither voltage nor load; where a closed tie gives it, this one's do not tell of it.
        var code = dead || feeder.Dead || _energised.IsFedBack(segment) ? AssetCode.Of(dead, dead ? DeadAge(feeder) : feeder.Age, VoltageBand.Unknown, LoadBand.Unknown) : feeder;
        _segments.Set(segment, _topology.SubstationOfFeeder(_topology.Model.Segments.FeederId[segment]), code);
    }

    /// <summary>Age of what says that something below has no power: the feeder's word where that itself is out, otherwise an open device's, which stands until it tells another.</summary>
    public static Freshness DeadAge(AssetCode feeder) => feeder.Dead ? feeder.Age : Freshness.Live;

    /// <summary>Of a device "dead" is: out of its normal position, as it said itself. Whether it has power, its segment tells.</summary>
    public void DeviceMoved(int device, AssetCode feeder)
    {
        var code = _energised.IsAbnormal(device)
            ? AssetCode.Of(true, Freshness.Live, VoltageBand.Unknown, LoadBand.Unknown)
            : AssetCode.Of(false, feeder.Age, VoltageBand.Unknown, LoadBand.Unknown);
        _devices.Set(device, device / DevicesEach, code);
    }
}
