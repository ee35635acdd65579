using System.Collections.Immutable;
using FluxOps.Data.Devices;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>Codes of everything below the feeders, kept up with what moves. Written by one thread, as soon as the network's parts are loaded.</summary>
internal sealed class AssetBoard
{
    private readonly Energisation _energised;
    private readonly LineCodes _lines;
    private readonly DarkCustomers _dark;
    private readonly AssetCode[] _feeders;
    private readonly List<int> _movedFeeders = [], _movedSegments = [], _refedSegments = [];
    private ImmutableDictionary<int, DevicePosition> _positions = ImmutableDictionary<int, DevicePosition>.Empty;
    private AssetStates? _published;

    public AssetBoard(GridTopology topology, MeterBoard meters, LiveGridOptions options)
    {
        Topology = topology;
        meters.Reserve(topology.Model.UsagePoints.Count);
        _energised = new(topology);
        _lines = new(topology, _energised);
        Meters = new(topology, meters, _energised, new(options.DeliveryWindowMinutes));
        _dark = new(topology, _energised);
        _feeders = new AssetCode[topology.Model.Feeders.Length];
        Array.Fill(_feeders, AssetCode.Unknown);
    }

    public GridTopology Topology { get; }
    /// <summary>The meter board tells it what moved.</summary>
    public MeterCodes Meters { get; }
    /// <summary>Customers without power below open devices and on feeders that are out.</summary>
    public DarkCustomers Dark => _dark;

    /// <summary>After the feeders were classified; now in Unix milliseconds.</summary>
    public void Settle(FeederBoard feeders, ImmutableDictionary<int, DevicePosition> positions, long now)
    {
        var turned = Turn(positions);
        for (var f = 0; f < _feeders.Length; f++)
        {
            var code = feeders.Code(f);
            if (code == _feeders[f]) continue;
            _energised.SetSource(f, !code.Dead);
            turned |= code.Dead != _feeders[f].Dead;
            _feeders[f] = code;
            _movedFeeders.Add(f);
        }

        _energised.Settle(_movedSegments, _refedSegments);
        foreach (var f in _movedFeeders)
        {
            _lines.FeederMoved(f, _feeders[f]);
            Meters.FeederMoved(f, _feeders[f]);
        }

        foreach (var s in _movedSegments)
        {
            _lines.SegmentMoved(s, _feeders[Topology.Model.Segments.FeederId[s]]);
            Meters.SegmentMoved(s);
        }

        foreach (var s in _refedSegments) _lines.SegmentMoved(s, _feeders[Topology.Model.Segments.FeederId[s]]);

        if (turned || _movedSegments.Count > 0) _dark.Count(feeders, positions);
        _movedFeeders.Clear();
        _movedSegments.Clear();
        _refedSegments.Clear();
        Meters.Settle(now);
    }

    /// <summary>The codes as they are, never to change; tells in <paramref name="changed"/> (and leaves it alone otherwise) when they are others than the last time.</summary>
    public AssetStates Freeze(ref bool changed)
    {
        var any = _published is null;
        var segments = _lines.FreezeSegments(ref any);
        var devices = _lines.FreezeDevices(ref any);
        var transformers = Meters.FreezeTransformers(ref any);
        var meters = Meters.FreezeMeters(ref any);
        if (any) _published = new(segments, devices, transformers, meters);
        changed |= any;
        return _published!;
    }

    /// <summary>Brings the devices to their positions; one that tells none any longer is in its normal one.</summary>
    private bool Turn(ImmutableDictionary<int, DevicePosition> positions)
    {
        if (ReferenceEquals(positions, _positions)) return false;
        foreach (var (device, _) in _positions)
        {
            if (_energised.Knows(device) && !positions.ContainsKey(device)) Turn(device, Topology.Model.Devices.NormallyOpen[device]);
        }

        foreach (var (device, position) in positions)
        {
            if (_energised.Knows(device)) Turn(device, position.Open);
        }

        _positions = positions;
        return true;
    }

    private void Turn(int device, bool open)
    {
        if (_energised.SetOpen(device, open)) _lines.DeviceMoved(device, _feeders[Topology.FeederOfDevice(device)]);
    }
}
