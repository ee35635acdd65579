using FluxOps.Data.Grid;
using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>Grows all feeders' trees, station by station, and says which of their lines are main lines and which phases the branches have.</summary>
internal static class FeederTrees
{
    public static void Grow(Draft draft, int radialSegments)
    {
        var quotas = Shares.Round(draft.FeederKv.Select(kv => kv > 20 ? 1.3 : 1.0).ToArray(), radialSegments, 4);
        var stations = new SpatialGrid(draft.StationX, draft.StationY, 5_000);
        var grid = new StreetGrid(draft.Seed);
        draft.Spacing = new double[draft.Stations];
        var nodes = new NodeLists(radialSegments);
        draft.FeederNode = new int[draft.Feeders + 1];
        int feeder = 0;
        for (var s = 0; s < draft.Stations; s++)
        {
            int first = feeder;
            while (feeder < draft.Feeders && draft.FeederStation[feeder] == s)
                feeder++;
            var (otherX, otherY, nearest) = Neighbours(draft, stations, s);
            var own = quotas[first..feeder];
            var trees = grid.Grow(s, draft.StationX[s], draft.StationY[s], otherX, otherY, nearest / Math.Sqrt(own.Sum()), own);
            draft.Spacing[s] = trees.Spacing;
            for (var f = first; f < feeder; f++)
            {
                draft.FeederNode[f] = nodes.Count;
                nodes.AddDepthFirst(trees, f - first, f);
            }
        }
        draft.FeederNode[draft.Feeders] = nodes.Count;
        (draft.NodeFeeder, draft.NodeParent, draft.NodeStreet) = (nodes.Feeder.ToArray(), nodes.Parent.ToArray(), nodes.Street.ToArray());
        (draft.NodeX, draft.NodeY) = (nodes.X.ToArray(), nodes.Y.ToArray());
        draft.NodeKind = new SegmentKind[nodes.Count];
        draft.NodePhases = new Phases[nodes.Count];
        MarkBackbone(draft);
    }

    /// <summary>Stations near enough to share a boundary: enough of them on all sides that a cell cannot reach beyond.</summary>
    private static (double[] X, double[] Y, double Nearest) Neighbours(Draft draft, SpatialGrid stations, int station)
    {
        List<int> near = [];
        for (double radius = 6_000; ; radius *= 1.8)
        {
            stations.Within(draft.StationX[station], draft.StationY[station], radius, near);
            if (near.Count > 28 || radius > 150_000)
                break;
        }
        near.Remove(station);
        double x = draft.StationX[station], y = draft.StationY[station], nearest = 15_000;
        foreach (var n in near)
            nearest = Math.Min(nearest, Plane.Distance(x, y, draft.StationX[n], draft.StationY[n]));
        return (near.Select(n => draft.StationX[n]).ToArray(), near.Select(n => draft.StationY[n]).ToArray(), nearest);
    }

    /// <summary>Main line: from the head along the heaviest branch while it carries more than a sixteenth of the feeder, and every branch with more than 28 % of it.</summary>
    private static void MarkBackbone(Draft draft)
    {
        var size = SubtreeSizes(draft);
        var heaviest = new int[draft.Nodes];
        Array.Fill(heaviest, -1);
        for (var n = 0; n < draft.Nodes; n++)
            if (draft.NodeParent[n] is >= 0 and var p && (heaviest[p] < 0 || size[n] > size[heaviest[p]]))
                heaviest[p] = n;
        for (var n = 0; n < draft.Nodes; n++)
        {
            int f = draft.NodeFeeder[n], p = draft.NodeParent[n], all = draft.FeederNode[f + 1] - draft.FeederNode[f];
            bool main = p < 0 || draft.NodeKind[p] == SegmentKind.Backbone && (heaviest[p] == n && size[n] >= Math.Max(2, all / 16.0) || size[n] >= 0.28 * all);
            draft.NodeKind[n] = main ? SegmentKind.Backbone : SegmentKind.Lateral;
        }
    }

    /// <summary>Phases: main lines have three; of the branches a few large ones too; the others one, given in turn to the phase with the least line so far.</summary>
    public static void AssignPhases(Draft draft)
    {
        var size = SubtreeSizes(draft);
        Span<int> load = stackalloc int[3];
        for (var f = 0; f < draft.Feeders; f++)
        {
            load.Clear();
            for (var n = draft.FeederNode[f]; n < draft.FeederNode[f + 1]; n++)
            {
                int p = draft.NodeParent[n];
                if (draft.NodeKind[n] == SegmentKind.Backbone)
                    draft.NodePhases[n] = Phases.ABC;
                else if (p >= 0 && draft.NodeKind[p] == SegmentKind.Lateral)
                    draft.NodePhases[n] = draft.NodePhases[p];
                else if (CounterHash.Unit(CounterHash.Of(draft.Seed, 31, n)) < (size[n] >= 6 ? 0.55 : 0.12))
                    draft.NodePhases[n] = Phases.ABC;
                else
                {
                    int least = load[0] <= load[1] ? (load[0] <= load[2] ? 0 : 2) : load[1] <= load[2] ? 1 : 2;
                    load[least] += size[n];
                    draft.NodePhases[n] = (Phases)(1 << least);
                }
            }
        }
    }

    private static int[] SubtreeSizes(Draft draft)
    {
        var size = new int[draft.Nodes];
        for (var n = draft.Nodes - 1; n >= 0; n--)
        {
            size[n]++;
            if (draft.NodeParent[n] is >= 0 and var p)
                size[p] += size[n];
        }
        return size;
    }

    private sealed class NodeLists(int capacity)
    {
        public List<int> Feeder { get; } = new(capacity);
        public List<int> Parent { get; } = new(capacity);
        public List<int> Street { get; } = new(capacity);
        public List<double> X { get; } = new(capacity);
        public List<double> Y { get; } = new(capacity);
        public int Count => Feeder.Count;

        /// <summary>Adds one feeder's nodes so that a line is followed to its end before the next begins (long polylines), the heaviest branch first.</summary>
        public void AddDepthFirst(StationTrees trees, int local, int feeder)
        {
            int count = trees.Parent.Count;
            var size = new int[count];
            var children = new List<int>?[count];
            List<int> roots = [];
            for (var n = count - 1; n >= 0; n--)
            {
                size[n]++;
                if (trees.Parent[n] >= 0)
                    size[trees.Parent[n]] += size[n];
            }
            for (var n = 0; n < count; n++)
                if (trees.Feeder[n] == local)
                {
                    if (trees.Parent[n] >= 0)
                        (children[trees.Parent[n]] ??= []).Add(n);
                    else
                        roots.Add(n);
                }
            Stack<(int Node, int Parent)> open = new();
            foreach (var root in roots)
                open.Push((root, -1));
            while (open.TryPop(out var next))
            {
                int id = Count;
                Feeder.Add(feeder);
                Parent.Add(next.Parent);
                Street.Add(trees.Street[next.Node]);
                X.Add(trees.X[next.Node]);
                Y.Add(trees.Y[next.Node]);
                if (children[next.Node] is { } branch)
                    foreach (var child in branch.OrderBy(c => size[c]).ThenBy(c => c))
                        open.Push((child, id));
            }
        }
    }
}

/// <summary>Divides a whole number by weights without losing any.</summary>
internal static class Shares
{
    /// <summary>Parts that add up to <paramref name="total"/>, each at least <paramref name="least"/> and nearly in proportion beyond it.</summary>
    public static int[] Round(double[] weights, int total, int least)
    {
        double sum = 0, running = 0;
        foreach (var w in weights)
            sum += w;
        int spare = total - least * weights.Length, given = 0;
        var parts = new int[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            running += weights[i];
            int upTo = i == weights.Length - 1 ? spare : (int)Math.Round(spare * running / sum);
            parts[i] = least + upTo - given;
            given = upTo;
        }
        return parts;
    }
}
