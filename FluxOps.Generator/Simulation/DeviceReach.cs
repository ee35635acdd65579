using System.Collections.Concurrent;
using FluxOps.Data.Grid;

namespace FluxOps.Generator.Simulation;

/// <summary>The fuses and reclosers that can cut customers off, and what hangs below each. Empty for a network whose lines were not loaded.</summary>
internal sealed class DeviceReach
{
    private readonly GridModel _model;
    private readonly GridTopology? _topology;
    /// <summary>Mean demand below the head of each segment, and of each feeder, kW.</summary>
    private readonly double[] _kwBelow = [], _kwOfFeeder = [];
    // Trips are few: the meters below are gathered at a device's first.
    private readonly ConcurrentDictionary<int, int[]> _meters = new();

    public DeviceReach(GridModel model)
    {
        _model = model;
        if (model.Devices.Count == 0)
            return;
        _topology = new GridTopology(model);
        var (segments, points, transformers) = (model.Segments, model.UsagePoints, model.Transformers);
        (_kwBelow, _kwOfFeeder) = (new double[segments.Count], new double[model.Feeders.Length]);
        for (var m = 0; m < points.Count; m++)
        {
            if (transformers.SegmentId[points.TransformerId[m]] is var at && (uint)at < (uint)_kwBelow.Length)
                _kwBelow[at] += points.MeanKw[m];
            _kwOfFeeder[points.FeederId[m]] += points.MeanKw[m];
        }
        // A parent comes before its children, so from the end each segment is complete when its turn comes.
        for (var s = segments.Count - 1; s >= 0; s--)
            if (segments.Kind[s] != SegmentKind.Tie && segments.ParentId[s] is >= 0 and var parent)
                _kwBelow[parent] += _kwBelow[s];
        Fuses = WithLoad(AssetKind.Fuse);
        Reclosers = WithLoad(AssetKind.Recloser);
    }

    /// <summary>By index in LineDevices; those with meters below.</summary>
    public int[] Fuses { get; } = [];
    public int[] Reclosers { get; } = [];

    public int FeederOf(int device) => _model.Segments.FeederId[_model.Devices.SegmentId[device]];

    /// <summary>Meters that are without power while the device is open, ascending.</summary>
    public int[] MetersBelow(int device) => _meters.GetOrAdd(device, Gather);

    /// <summary>Share of its feeder's load that is lost while the device is open, by the mean demand of the meters below it.</summary>
    public double ShareBelow(int device) => _kwBelow[_model.Devices.SegmentId[device]] / _kwOfFeeder[FeederOf(device)];

    private int[] WithLoad(AssetKind kind)
    {
        var devices = _model.Devices;
        return [.. Enumerable.Range(0, devices.Count).Where(d => devices.Kind[d] == kind && !devices.NormallyOpen[d] && (uint)devices.SegmentId[d] < (uint)_kwBelow.Length && _kwBelow[devices.SegmentId[d]] > 0)];
    }

    private int[] Gather(int device)
    {
        List<int> found = [];
        Stack<int> open = new([_model.Devices.SegmentId[device]]);
        while (open.TryPop(out int segment))
        {
            foreach (int t in _topology!.TransformersAt(segment))
                for (int m = _topology.FirstMeterOfTransformer[t]; m < _topology.FirstMeterOfTransformer[t + 1]; m++)
                    found.Add(m);
            foreach (int child in _topology.ChildrenOf(segment))
                open.Push(child);
        }
        found.Sort();
        return [.. found];
    }
}
