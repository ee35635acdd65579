using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

public enum TraceDirection { Up = 0, Down = 1, Both = 2 }

/// <summary>Ids that follow one another.</summary>
public readonly record struct IdRange(int First, int Count);

/// <summary>A device that the trace passes, and its position.</summary>
public readonly record struct PassedDevice(int Id, bool Open, bool NormallyOpen);

/// <summary>
/// The way from an asset to its source, what hangs on it by construction, or both. Positions of devices change nothing of what is listed: what is below an open one still hangs there.
/// They tell what is de-energised now.
/// </summary>
public sealed record NetworkTrace
{
    public required AssetRef From { get; init; }
    public required TraceDirection Direction { get; init; }

    /// <summary>The source: its breaker. None for a trace from a substation.</summary>
    public required int? FeederId { get; init; }
    public required int? BankId { get; init; }
    public required int SubstationId { get; init; }

    /// <summary>Segments on the way up, from the asset to the feeder's head.</summary>
    public required int[] Upstream { get; init; }
    /// <summary>Segments below, ascending, so each after its parent. A segment that is traced from is in both.</summary>
    public required int[] Downstream { get; init; }
    /// <summary>All of them, ascending, each once.</summary>
    public required int[] Segments { get; init; }
    /// <summary>Normally open ties, by segment, at the far ends of segments below: other feeders could carry it from there. They carry nothing now unless their switch is closed.</summary>
    public required int[] Ties { get; init; }
    /// <summary>Below, ascending; on the way up, the meter's own.</summary>
    public required int[] Transformers { get; init; }
    /// <summary>Below, ascending.</summary>
    public required IdRange[] Meters { get; init; }
    /// <summary>Passed on the way up, from the asset to the head, then those below, along the lines.</summary>
    public required PassedDevice[] Devices { get; init; }

    /// <summary>The first on the way up that is open: what is traced hangs below it, without supply from its own source.</summary>
    public int? FirstOpenUpstream { get; init; }
    /// <summary>Length of the segments, km.</summary>
    public required double Km { get; init; }
    /// <summary>Nameplate of the transformers below, kVA.</summary>
    public required double Kva { get; init; }
    public required int MeterCount { get; init; }
    /// <summary>Meters times what each stands for.</summary>
    public required int Customers { get; init; }

    /// <summary>What of it is de-energised in the picture that it was traced in.</summary>
    public required int SegmentsOut { get; init; }
    public required int TransformersOut { get; init; }
    public required int MetersOut { get; init; }
    public required int CustomersOut { get; init; }

    public int OpenDevices => Devices.Count(d => d.Open);

    public static NetworkTrace Of(GridTopology topology, PictureCodes codes, AssetRef from, TraceDirection direction) => new Walk(topology, codes).Trace(from, direction);

    private sealed class Walk(GridTopology topology, PictureCodes codes)
    {
        private readonly GridModel _model = topology.Model;
        private readonly List<int> _up = [], _down = [], _ties = [], _transformers = [];
        private readonly List<PassedDevice> _devicesUp = [], _devicesDown = [];
        private readonly List<IdRange> _meters = [];

        public NetworkTrace Trace(AssetRef from, TraceDirection direction)
        {
            if (direction is not TraceDirection.Down) Up(from);
            if (direction is not TraceDirection.Up) Down(from);
            _down.Sort();
            _ties.Sort();
            _transformers.Sort();
            // A tie that starts and ends below is found from both ends.
            int[] ties = [.. _ties.Distinct()], segments = _up.Count == 0 ? [.. _down] : [.. _up.Concat(_down).Distinct().Order()];
            var feeder = FeederOf(from);
            var meters = MetersIn();
            var (metersOut, customers) = (Out(AssetLayer.Meter, meters.SelectMany(r => Enumerable.Range(r.First, r.Count))), meters.Sum(r => r.Count));
            return new()
            {
                From = from, Direction = direction, FeederId = feeder, BankId = feeder is { } f ? _model.Feeders[f].BankId : null,
                SubstationId = feeder is { } g ? topology.SubstationOfFeeder(g) : from.Id,
                Upstream = [.. _up], Downstream = [.. _down], Segments = segments, Ties = ties, Transformers = [.. _transformers], Meters = meters,
                Devices = [.. _devicesUp, .. _devicesDown], // A capacitor bank that is switched off cuts nothing.
                FirstOpenUpstream = _devicesUp.FirstOrDefault(d => d.Open && _model.Devices.Kind[d.Id] is not AssetKind.Capacitor, new(-1, false, false)).Id is >= 0 and var open ? open : null,
                Km = segments.Sum(s => (double)_model.Segments.LengthM[s]) / 1000, Kva = _transformers.Sum(t => (double)_model.Transformers.RatedKva[t]),
                MeterCount = customers, Customers = Weighted(customers),
                SegmentsOut = Out(AssetLayer.Segment, segments), TransformersOut = Out(AssetLayer.Transformer, _transformers), MetersOut = metersOut, CustomersOut = Weighted(metersOut),
            };
        }

        private int? FeederOf(AssetRef from) => from.Layer switch
        {
            AssetLayer.Substation => null,
            AssetLayer.Feeder => from.Id,
            AssetLayer.Segment => _model.Segments.FeederId[from.Id],
            AssetLayer.Device => topology.FeederOfDevice(from.Id),
            AssetLayer.Transformer => topology.FeederOfTransformer(from.Id),
            AssetLayer.Meter => topology.FeederOfMeter(from.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(from), from, "not a layer"),
        };

        private void Up(AssetRef from)
        {
            var segment = from.Layer switch
            {
                AssetLayer.Segment => from.Id,
                // It sits at its segment's head: the segment is below it.
                AssetLayer.Device => _model.Segments.ParentId[_model.Devices.SegmentId[from.Id]],
                AssetLayer.Transformer => _model.Transformers.SegmentId[from.Id],
                AssetLayer.Meter => _model.Transformers.SegmentId[_model.UsagePoints.TransformerId[from.Id]],
                _ => -1,
            };
            if (from.Layer is AssetLayer.Meter) _transformers.Add(_model.UsagePoints.TransformerId[from.Id]);
            if (from.Layer is AssetLayer.Device) _devicesUp.Add(Passed(from.Id));
            for (; segment >= 0; segment = _model.Segments.ParentId[segment])
            {
                _up.Add(segment);
                foreach (var device in topology.DevicesAt(segment)) _devicesUp.Add(Passed(device));
            }
        }

        private void Down(AssetRef from)
        {
            switch (from.Layer)
            {
                case AssetLayer.Substation:
                    for (var f = topology.FirstFeederOfSubstation[from.Id]; f < topology.FirstFeederOfSubstation[from.Id + 1]; f++) DownFeeder(f);
                    break;
                case AssetLayer.Feeder:
                    DownFeeder(from.Id);
                    break;
                case AssetLayer.Segment:
                    // Traced both ways, the devices at its own head were passed on the way up.
                    DownSegment(from.Id, withDevices: _up.Count == 0);
                    break;
                case AssetLayer.Device:
                    // Itself, and what else sits at that head; traced both ways, itself was the first on the way up.
                    foreach (var device in topology.DevicesAt(_model.Devices.SegmentId[from.Id]))
                        if (device != from.Id || _devicesUp.Count == 0) _devicesDown.Add(Passed(device));
                    DownSegment(_model.Devices.SegmentId[from.Id], withDevices: false);
                    break;
                case AssetLayer.Transformer:
                    AddTransformer(from.Id);
                    break;
                case AssetLayer.Meter:
                    _meters.Add(new(from.Id, 1));
                    break;
            }
        }

        private void DownFeeder(int feeder)
        {
            for (var segment = topology.FirstSegmentOfFeeder[feeder]; segment < topology.FirstSegmentOfFeeder[feeder + 1]; segment++)
                if (_model.Segments.ParentId[segment] < 0 && _model.Segments.Kind[segment] is not SegmentKind.Tie) DownSegment(segment, withDevices: true);
        }

        private void DownSegment(int root, bool withDevices)
        {
            var open = new Stack<int>([root]);
            while (open.TryPop(out var segment))
            {
                _down.Add(segment);
                if (withDevices || segment != root)
                    foreach (var device in topology.DevicesAt(segment)) _devicesDown.Add(Passed(device));
                foreach (var transformer in topology.TransformersAt(segment)) AddTransformer(transformer);
                if (_model.Segments.Kind[segment] is SegmentKind.Tie) continue;
                foreach (var tie in topology.TiesAt(segment)) _ties.Add(tie);
                var children = topology.ChildrenOf(segment);
                // The first child comes off first: devices are then in the order of the line.
                for (var i = children.Length - 1; i >= 0; i--) open.Push(children[i]);
            }
        }

        private void AddTransformer(int id)
        {
            _transformers.Add(id);
            var (first, end) = (topology.FirstMeterOfTransformer[id], topology.FirstMeterOfTransformer[id + 1]);
            if (end > first) _meters.Add(new(first, end - first));
        }

        /// <summary>Ascending, those that touch made one.</summary>
        private IdRange[] MetersIn()
        {
            List<IdRange> joined = [];
            foreach (var range in _meters.OrderBy(r => r.First))
            {
                if (joined.Count > 0 && joined[^1].First + joined[^1].Count == range.First) joined[^1] = joined[^1] with { Count = joined[^1].Count + range.Count };
                else joined.Add(range);
            }

            return [.. joined];
        }

        private PassedDevice Passed(int id) => new(id, codes.IsOpen(id), _model.Devices.NormallyOpen[id]);

        private int Out(AssetLayer layer, IEnumerable<int> ids) => ids.Count(id => codes.Of(layer, id).Dead);

        private int Weighted(int meters) => (int)Math.Round(meters * _model.Network.MeterWeight);
    }
}
