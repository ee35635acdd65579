using FluxOps.Data.Grid;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>
/// Normally open ties: 1 to 3 a feeder, at equal voltage, the first to another substation wherever one is near (grid-domain 2.4). What leads to a
/// tie becomes main line, because load of a whole feeder may flow through it.
/// </summary>
internal static class TieLines
{
    private const int MostTies = 3;

    public static void Build(Draft draft, int most)
    {
        var hops = HopsToBackbone(draft);
        double typical = draft.Spacing.Average();
        var nodes = new SpatialGrid(draft.NodeX, draft.NodeY, Math.Max(300, typical));
        int[] ties = new int[draft.Feeders], outside = new int[draft.Feeders];
        HashSet<(int, int)> pairs = [];
        for (var pass = 0; pass < 2; pass++)
            for (var f = 0; f < draft.Feeders && draft.Ties.Count < most; f++)
            {
                int wanted = pass == 0 ? 1 : 1 + CounterHash.Below(CounterHash.Of(draft.Seed, 41, f), 10) / 5;
                if (pass == 0 ? outside[f] >= 1 : ties[f] >= wanted)
                    continue;
                if (Best(draft, f, pass == 0, nodes, hops, ties, pairs) is not { } tie)
                    continue;
                int g = draft.NodeFeeder[tie.To];
                draft.Ties.Add(tie);
                pairs.Add((Math.Min(f, g), Math.Max(f, g)));
                ties[f]++;
                ties[g]++;
                if (draft.FeederStation[f] != draft.FeederStation[g])
                {
                    outside[f]++;
                    outside[g]++;
                }
            }
        foreach (var (from, to) in draft.Ties)
        {
            MakeMainLine(draft, from);
            MakeMainLine(draft, to);
        }
        draft.Ties.Sort((a, b) => draft.NodeFeeder[a.From] != draft.NodeFeeder[b.From] ? draft.NodeFeeder[a.From].CompareTo(draft.NodeFeeder[b.From]) : a.CompareTo(b));
    }

    private static (int From, int To)? Best(Draft draft, int feeder, bool otherStation, SpatialGrid nodes, int[] hops, int[] ties, HashSet<(int, int)> pairs)
    {
        double spacing = draft.Spacing[draft.FeederStation[feeder]];
        List<int> near = [];
        foreach (var reach in (ReadOnlySpan<double>)[1.8, 3.6])
        {
            (int, int)? best = null;
            double least = double.MaxValue;
            for (var n = draft.FeederNode[feeder]; n < draft.FeederNode[feeder + 1]; n++)
            {
                if (hops[n] * 0.5 >= least)
                    continue;
                nodes.Within(draft.NodeX[n], draft.NodeY[n], reach * spacing, near);
                foreach (var m in near)
                {
                    int g = draft.NodeFeeder[m];
                    if (g == feeder || ties[g] >= MostTies || draft.FeederKv[g] != draft.FeederKv[feeder]
                        || otherStation && draft.FeederStation[g] == draft.FeederStation[feeder]
                        || pairs.Contains((Math.Min(feeder, g), Math.Max(feeder, g))))
                        continue;
                    double score = 0.5 * (hops[n] + hops[m]) + Plane.Distance(draft.NodeX[n], draft.NodeY[n], draft.NodeX[m], draft.NodeY[m]) / spacing;
                    if (score < least)
                        (best, least) = ((n, m), score);
                }
            }
            if (best is not null)
                return best;
        }
        return null;
    }

    private static int[] HopsToBackbone(Draft draft)
    {
        var hops = new int[draft.Nodes];
        for (var n = 0; n < draft.Nodes; n++)
            if (draft.NodeKind[n] != SegmentKind.Backbone)
                hops[n] = hops[draft.NodeParent[n]] + 1;
        return hops;
    }

    private static void MakeMainLine(Draft draft, int node)
    {
        for (var n = node; n >= 0 && draft.NodeKind[n] != SegmentKind.Backbone; n = draft.NodeParent[n])
            draft.NodeKind[n] = SegmentKind.Backbone;
    }
}
