using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>Newest values of meters and of their transformers, read by any thread while one writes them.</summary>
/// <param name="Topology">Null until it is known whose meters are whose.</param>
internal sealed record MeterValues(MeterBoard Board, GridTopology? Topology)
{
    public int Version(int usagePointId) => Board.Version(usagePointId);

    public MeterValue? Meter(int usagePointId) => Board.Value(usagePointId);

    public TransformerValue? Transformer(int id)
    {
        if (Topology is null || (uint)id >= (uint)Topology.Model.Transformers.Count) return null;
        var (first, end) = (Topology.FirstMeterOfTransformer[id], Topology.FirstMeterOfTransformer[id + 1]);
        var sum = Board.Read((first, end), static (rows, range) => range.end <= rows.Length ? TransformerSum.Of(rows.AsSpan(range.first..range.end)) : TransformerSum.Of([]));
        return new(sum.Kw, sum.Percent(Topology.Model.Transformers.RatedKva[id]), sum.MinVolts, sum.MaxVolts, end - first, sum.Newest);
    }
}
