namespace FluxOps.Data.Grid;

/// <summary>
/// Who hangs on whom, over the flat arrays of one network: ranges where ids are contiguous (a station's feeders, a feeder's segments, transformers and meters,
/// a transformer's meters), lists where they are not (a segment's children, transformers and devices). Immutable; made once per network.
/// </summary>
public sealed class GridTopology
{
    private readonly int[] _firstChild, _child, _firstTransformerAt, _transformerAt, _firstDeviceAt, _deviceAt, _firstTieAt, _tieAt;

    /// <param name="model">With segments, devices, transformers and usage points loaded; texts are not needed.</param>
    /// <exception cref="InvalidDataException">Ids are not ordered by station, feeder and transformer.</exception>
    public GridTopology(GridModel model)
    {
        Model = model;
        var (segments, transformers, points) = (model.Segments, model.Transformers, model.UsagePoints);
        FirstFeederOfSubstation = Ranges(model.Substations.Length, model.Feeders.Length, f => model.Feeders[f].SubstationId, "feeders by substation");
        FirstSegmentOfFeeder = Ranges(model.Feeders.Length, segments.Count, s => segments.FeederId[s], "segments by feeder");
        FirstTransformerOfFeeder = Ranges(model.Feeders.Length, transformers.Count, t => transformers.FeederId[t], "transformers by feeder");
        FirstMeterOfTransformer = Ranges(transformers.Count, points.Count, m => points.TransformerId[m], "usage points by transformer");
        FirstMeterOfFeeder = [.. FirstTransformerOfFeeder.Select(t => FirstMeterOfTransformer[t])];
        FirstSegmentOfSubstation = [.. FirstFeederOfSubstation.Select(f => FirstSegmentOfFeeder[f])];
        FirstTransformerOfSubstation = [.. FirstFeederOfSubstation.Select(f => FirstTransformerOfFeeder[f])];
        FirstMeterOfSubstation = [.. FirstFeederOfSubstation.Select(f => FirstMeterOfFeeder[f])];
        // A tie hangs on the end of its segment but carries nothing on: it is no child.
        (_firstChild, _child) = Lists(segments.Count, segments.Count, s => segments.Kind[s] == SegmentKind.Tie ? -1 : segments.ParentId[s]);
        (_firstTransformerAt, _transformerAt) = Lists(segments.Count, transformers.Count, t => transformers.SegmentId[t]);
        (_firstDeviceAt, _deviceAt) = Lists(segments.Count, model.Devices.Count, d => model.Devices.SegmentId[d]);
        (_firstTieAt, _tieAt) = TiesAt(segments);
    }

    public GridModel Model { get; }

    /// <summary>Ids of station s are [s] to [s + 1], end exclusive; likewise below.</summary>
    public int[] FirstFeederOfSubstation { get; }
    public int[] FirstSegmentOfSubstation { get; }
    public int[] FirstTransformerOfSubstation { get; }
    public int[] FirstMeterOfSubstation { get; }
    public int[] FirstSegmentOfFeeder { get; }
    public int[] FirstTransformerOfFeeder { get; }
    public int[] FirstMeterOfFeeder { get; }
    public int[] FirstMeterOfTransformer { get; }

    /// <summary>Segments that go on from a segment's far end; ties are not among them.</summary>
    public ReadOnlySpan<int> ChildrenOf(int segment) => Of(_firstChild, _child, segment);
    public ReadOnlySpan<int> TransformersAt(int segment) => Of(_firstTransformerAt, _transformerAt, segment);
    /// <summary>Devices at a segment's head, by index.</summary>
    public ReadOnlySpan<int> DevicesAt(int segment) => Of(_firstDeviceAt, _deviceAt, segment);
    /// <summary>Ties, by segment id, that start or end at a segment's far end.</summary>
    public ReadOnlySpan<int> TiesAt(int segment) => Of(_firstTieAt, _tieAt, segment);

    public int SubstationOfFeeder(int feeder) => Model.Feeders[feeder].SubstationId;
    public int FeederOfTransformer(int transformer) => Model.Transformers.FeederId[transformer];
    public int FeederOfMeter(int meter) => Model.Transformers.FeederId[Model.UsagePoints.TransformerId[meter]];
    public int FeederOfDevice(int device) => Model.Segments.FeederId[Model.Devices.SegmentId[device]];

    private static ReadOnlySpan<int> Of(int[] first, int[] items, int owner) => items.AsSpan(first[owner], first[owner + 1] - first[owner]);

    private static int[] Ranges(int owners, int items, Func<int, int> ownerOf, string what)
    {
        var first = new int[owners + 1];
        for (int i = 0, last = 0; i < items; i++)
        {
            var owner = ownerOf(i);
            if (owner < last) throw new InvalidDataException($"The network's {what} are not in order at {i}.");
            last = owner;
            first[owner + 1] = i + 1;
        }

        for (var o = 1; o <= owners; o++) first[o] = Math.Max(first[o], first[o - 1]);
        return first;
    }

    private static (int[] First, int[] Items) Lists(int owners, int items, Func<int, int> ownerOf)
    {
        var first = new int[owners + 1];
        for (var i = 0; i < items; i++)
            if (ownerOf(i) is >= 0 and var owner) first[owner + 1]++;
        for (var o = 0; o < owners; o++) first[o + 1] += first[o];
        var at = first[..owners];
        var list = new int[first[owners]];
        for (var i = 0; i < items; i++)
            if (ownerOf(i) is >= 0 and var owner) list[at[owner]++] = i;
        return (first, list);
    }

    private static (int[] First, int[] Items) TiesAt(LineSegments segments)
    {
        List<(int At, int Tie)> ends = [];
        for (var s = 0; s < segments.Count; s++)
        {
            if (segments.Kind[s] != SegmentKind.Tie) continue;
            if (segments.ParentId[s] >= 0) ends.Add((segments.ParentId[s], s));
            if (segments.TieToId[s] >= 0) ends.Add((segments.TieToId[s], s));
        }

        ends.Sort();
        return Lists(segments.Count, ends.Count, i => ends[i].At) is var (first, items) ? (first, Array.ConvertAll(items, i => ends[i].Tie)) : default;
    }
}
