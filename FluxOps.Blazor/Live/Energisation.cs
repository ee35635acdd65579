using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>
/// What of the lines has power, by the positions of switching devices and the feeders that are out: everything that no closed way joins to a feeder with power is dead.
/// A device sits at the head of its segment, so an open one cuts off the segment and all below it, but for what a closed tie feeds back.
/// A change costs the feeders it touches, and those that closed ties join to them. Written by one thread.
/// </summary>
internal sealed class Energisation
{
    private readonly GridTopology _topology;
    private readonly LineSegments _segments;
    private readonly LineDevices _devices;
    private readonly bool[] _open, _dead, _fedBack, _source;
    /// <summary>Open switches at a segment's head; a tie without any counts as open.</summary>
    private readonly int[] _openAt;
    /// <summary>By node while settling: the far end of a segment, or after all of those, the head of a feeder.</summary>
    private readonly bool[] _live;
    /// <summary>Likewise: live, but not from its own breaker.</summary>
    private readonly bool[] _flooded;
    private readonly HashSet<int> _closedTies = [];
    private readonly HashSet<int> _dirty = [];
    private readonly Stack<int> _reached = [];

    public Energisation(GridTopology topology)
    {
        (_topology, _segments, _devices) = (topology, topology.Model.Segments, topology.Model.Devices);
        var feeders = topology.Model.Feeders.Length;
        _open = [.. _devices.NormallyOpen];
        _dead = new bool[_segments.Count];
        _fedBack = new bool[_segments.Count];
        _source = new bool[feeders];
        Array.Fill(_source, true);
        _live = new bool[_segments.Count + feeders];
        _flooded = new bool[_live.Length];
        _openAt = new int[_segments.Count];
        for (var s = 0; s < _segments.Count; s++)
        {
            var switches = 0;
            foreach (var device in topology.DevicesAt(s))
            {
                if (!Cuts(device)) continue;
                switches++;
                if (_open[device]) _openAt[s]++;
            }

            if (_segments.Kind[s] != SegmentKind.Tie) continue;
            if (switches == 0) _openAt[s] = 1;
            if (_openAt[s] == 0) _closedTies.Add(s);
        }

        for (var f = 0; f < feeders; f++) _dirty.Add(f);
    }

    public bool IsDead(int segment) => _dead[segment];
    /// <summary>It has power through a closed tie, and none from its own feeder's breaker: what the feeder measures says nothing of it.</summary>
    public bool IsFedBack(int segment) => _fedBack[segment];
    /// <summary>A device of this network, at one of its segments.</summary>
    public bool Knows(int device) => (uint)device < (uint)_devices.Count && (uint)_devices.SegmentId[device] < (uint)_segments.Count;
    public bool IsOpen(int device) => _open[device];
    /// <summary>Out of its normal position.</summary>
    public bool IsAbnormal(int device) => _open[device] != _devices.NormallyOpen[device];

    /// <summary>An open device of this kind interrupts its line. A capacitor bank hangs beside it.</summary>
    public bool Cuts(int device) => _devices.Kind[device] != AssetKind.Capacitor;

    /// <summary>Takes effect with <see cref="Settle"/>. True where it is another position than before.</summary>
    public bool SetOpen(int device, bool open)
    {
        if (_open[device] == open) return false;
        _open[device] = open;
        if (!Cuts(device)) return true;
        var segment = _devices.SegmentId[device];
        _openAt[segment] += open ? 1 : -1;
        _dirty.Add(_segments.FeederId[segment]);
        if (_segments.Kind[segment] != SegmentKind.Tie) return true;
        if (_segments.TieToId[segment] is >= 0 and var other) _dirty.Add(_segments.FeederId[other]);
        if (_openAt[segment] == 0) _closedTies.Add(segment);
        else _closedTies.Remove(segment);
        return true;
    }

    /// <summary>Whether a feeder's breaker gives it power. Takes effect with <see cref="Settle"/>.</summary>
    public void SetSource(int feeder, bool alive)
    {
        if (_source[feeder] == alive) return;
        _source[feeder] = alive;
        _dirty.Add(feeder);
    }

    /// <summary>Brings everything up to date; adds the segments that lost or got power, and apart from them those that are fed back from now on, or no longer.</summary>
    public void Settle(List<int> changed, List<int>? refed = null)
    {
        if (_dirty.Count == 0) return;
        Join();
        foreach (var feeder in _dirty) Radiate(feeder);
        foreach (var tie in _closedTies)
        {
            if (!_dirty.Contains(_segments.FeederId[tie]) || _segments.TieToId[tie] < 0) continue;
            var (from, to) = (FromOf(tie), _segments.TieToId[tie]);
            if (_live[from] != _live[to]) Flood(_live[from] ? to : from);
        }

        foreach (var feeder in _dirty) CompareFeeder(feeder, changed, refed);
        _dirty.Clear();
    }

    private bool IsClosed(int segment) => _openAt[segment] == 0;
    private bool IsTie(int segment) => _segments.Kind[segment] == SegmentKind.Tie;
    private int HeadOf(int feeder) => _segments.Count + feeder;
    private int FromOf(int segment) => _segments.ParentId[segment] is >= 0 and var parent ? parent : HeadOf(_segments.FeederId[segment]);

    /// <summary>Feeders that closed ties join to a dirty one share its fate.</summary>
    private void Join()
    {
        for (var grown = _closedTies.Count > 0; grown;)
        {
            grown = false;
            foreach (var tie in _closedTies)
            {
                if (_segments.TieToId[tie] < 0) continue;
                var (one, other) = (_segments.FeederId[tie], _segments.FeederId[_segments.TieToId[tie]]);
                if (_dirty.Contains(one) != _dirty.Contains(other)) grown = _dirty.Add(one) | _dirty.Add(other);
            }
        }
    }

    /// <summary>From the breaker down: parents come before their children.</summary>
    private void Radiate(int feeder)
    {
        _live[HeadOf(feeder)] = _source[feeder];
        _flooded[HeadOf(feeder)] = false;
        for (var s = _topology.FirstSegmentOfFeeder[feeder]; s < _topology.FirstSegmentOfFeeder[feeder + 1]; s++)
        {
            _flooded[s] = false;
            if (!IsTie(s)) _live[s] = IsClosed(s) && _live[FromOf(s)];
        }
    }

    /// <summary>Power from a closed tie, up and down whatever is closed, and through the next tie.</summary>
    private void Flood(int node)
    {
        Reach(node);
        while (_reached.TryPop(out var at))
        {
            if (at >= _segments.Count)
            {
                var feeder = at - _segments.Count;
                for (var s = _topology.FirstSegmentOfFeeder[feeder]; s < _topology.FirstSegmentOfFeeder[feeder + 1]; s++)
                {
                    if (_segments.ParentId[s] >= 0 || !IsClosed(s)) continue;
                    if (!IsTie(s)) Reach(s);
                    else if (_segments.TieToId[s] is >= 0 and var far) Reach(far);
                }

                continue;
            }

            if (IsClosed(at)) Reach(FromOf(at));
            foreach (var child in _topology.ChildrenOf(at))
            {
                if (IsClosed(child)) Reach(child);
            }

            foreach (var tie in _topology.TiesAt(at))
            {
                if (IsClosed(tie) && _segments.TieToId[tie] is >= 0 and var to) Reach(to == at ? FromOf(tie) : to);
            }
        }
    }

    private void Reach(int node)
    {
        if (_live[node]) return;
        _live[node] = _flooded[node] = true;
        _reached.Push(node);
    }

    private void CompareFeeder(int feeder, List<int> changed, List<int>? refed)
    {
        for (var s = _topology.FirstSegmentOfFeeder[feeder]; s < _topology.FirstSegmentOfFeeder[feeder + 1]; s++)
        {
            Compare(s, changed, refed);
            // Ties of other feeders may end here.
            foreach (var tie in _topology.TiesAt(s)) Compare(tie, changed, refed);
        }
    }

    private void Compare(int segment, List<int> changed, List<int>? refed)
    {
        // An open tie's line hangs on the far end: its switch is at its head.
        var end = !IsTie(segment) ? segment : _segments.TieToId[segment] is >= 0 and var to && !IsClosed(segment) ? to : FromOf(segment);
        if (_fedBack[segment] != _flooded[end])
        {
            _fedBack[segment] = _flooded[end];
            refed?.Add(segment);
        }

        if (_dead[segment] == !_live[end]) return;
        _dead[segment] = !_live[end];
        changed.Add(segment);
    }
}
