using FluxOps.Data.Grid;

namespace FluxOps.Generator.Network;

/// <summary>Turns the draft's trees and ties into line segments and their switching devices.</summary>
internal sealed class Lines(Draft draft)
{
    private static readonly float[] MainRatings = [340, 480, 600, 800, 1_000, 1_200];
    private static readonly float[] BranchRatings = [65, 100, 140, 200, 280, 340, 480, 600, 800, 1_200];
    private const double Reserve = 1.2;

    /// <summary>Segment of each radial node: ties stand behind their feeder's radial segments and shift what follows.</summary>
    public int[] SegmentOfNode { get; } = new int[draft.Nodes];

    public LineSegments Segments()
    {
        int count = draft.Nodes + draft.Ties.Count, id = 0, tie = 0;
        var (feeder, parent, tieTo) = (new int[count], new int[count], new int[count]);
        var (kind, phases, rated, length) = (new SegmentKind[count], new Phases[count], new float[count], new float[count]);
        var (fromLat, fromLon, toLat, toLon) = (new double[count], new double[count], new double[count], new double[count]);
        List<(int Id, int To)> open = new(draft.Ties.Count);
        for (var f = 0; f < draft.Feeders; f++)
        {
            for (var n = draft.FeederNode[f]; n < draft.FeederNode[f + 1]; n++, id++)
            {
                SegmentOfNode[n] = id;
                var (x, y) = draft.Start(n);
                Put(id, f, draft.NodeParent[n] is >= 0 and var p ? SegmentOfNode[p] : -1, draft.NodeKind[n], draft.NodePhases[n], RatingOf(n), x, y, draft.NodeX[n], draft.NodeY[n]);
            }
            for (; tie < draft.Ties.Count && draft.NodeFeeder[draft.Ties[tie].From] == f; tie++, id++)
            {
                var (from, to) = draft.Ties[tie];
                Put(id, f, SegmentOfNode[from], SegmentKind.Tie, Phases.ABC, (float)Stations.HeadAmps, draft.NodeX[from], draft.NodeY[from], draft.NodeX[to], draft.NodeY[to]);
                open.Add((id, to));
            }
        }
        foreach (var (segment, to) in open)
            tieTo[segment] = SegmentOfNode[to];
        return new()
        {
            FeederId = feeder, ParentId = parent, TieToId = tieTo, Kind = kind, Phases = phases, RatedAmps = rated, LengthM = length,
            FromLat = fromLat, FromLon = fromLon, ToLat = toLat, ToLon = toLon,
        };

        void Put(int i, int f, int up, SegmentKind k, Phases ph, float amps, double x0, double y0, double x1, double y1)
        {
            (feeder[i], parent[i], tieTo[i], kind[i], phases[i], rated[i]) = (f, up, -1, k, ph, amps);
            (fromLat[i], fromLon[i], toLat[i], toLon[i]) = (Plane.Lat(y0), Plane.Lon(x0), Plane.Lat(y1), Plane.Lon(x1));
            length[i] = (float)Math.Round(Math.Max(1, Plane.Distance(x0, y0, x1, y1)), 1);
        }
    }

    /// <summary>A at planned peak; a single-phase line carries its whole load on one phase.</summary>
    private double PlannedAmps(int node)
    {
        double amps = draft.NodeMva[node] * 1000 / (1.7320508 * draft.FeederKv[draft.NodeFeeder[node]]);
        return draft.NodePhases[node] == Phases.ABC ? amps : amps * 3;
    }

    private float RatingOf(int node)
    {
        if (draft.NodeParent[node] < 0)
            return (float)Stations.HeadAmps;
        double needed = PlannedAmps(node) * Reserve;
        var ratings = draft.NodeKind[node] == SegmentKind.Backbone ? MainRatings : BranchRatings;
        foreach (var rating in ratings)
            if (rating >= needed)
                return rating;
        return (float)Math.Ceiling(needed);
    }

    /// <summary>Fuses at branches, sectionalising switches and one mid-line recloser on the main line, tie switches, and capacitors (grid-domain 2.4).</summary>
    public LineDevices Devices(LineSegments segments)
    {
        List<(AssetKind Kind, int Segment, bool Open, float Amps)> devices = [];
        for (var f = 0; f < draft.Feeders; f++)
            AddFeeder(f, segments, devices);
        for (var i = 0; i < segments.Count; i++)
            if (segments.Kind[i] == SegmentKind.Tie)
                devices.Add((AssetKind.TieSwitch, i, true, (float)Stations.HeadAmps));
        return new()
        {
            Kind = [.. devices.Select(d => d.Kind)], SegmentId = [.. devices.Select(d => d.Segment)],
            NormallyOpen = [.. devices.Select(d => d.Open)], RatedAmps = [.. devices.Select(d => d.Amps)],
        };
    }

    private void AddFeeder(int f, LineSegments segments, List<(AssetKind, int, bool, float)> devices)
    {
        int first = draft.FeederNode[f], last = draft.FeederNode[f + 1];
        // The main line from its head, along the heaviest branch: nodes are in depth-first order, heaviest first.
        List<int> main = [];
        for (var n = first; n < last; n++)
            if (draft.NodeKind[n] == SegmentKind.Backbone && (draft.NodeParent[n] < 0 ? main.Count == 0 : main.Count > 0 && draft.NodeParent[n] == main[^1]))
                main.Add(n);
        int sections = Math.Clamp(main.Count / 3, 1, 5), recloser = main.Count > 3 ? main.Count / 2 : -1;
        for (var k = 1; k <= sections; k++)
            if (k * main.Count / (sections + 1) is > 0 and var at && at != recloser)
                Add(AssetKind.Switch, main[at], 600);
        if (recloser > 0)
            Add(AssetKind.Recloser, main[recloser], 600);
        if (main.Count > 2)
            Add(AssetKind.Capacitor, main[2 * main.Count / 3], 30);
        for (var n = first; n < last; n++)
            if (draft.NodeKind[n] == SegmentKind.Lateral && (draft.NodeParent[n] is < 0 || draft.NodeKind[draft.NodeParent[n]] == SegmentKind.Backbone))
                Add(AssetKind.Fuse, n, Math.Max(segments.RatedAmps[SegmentOfNode[n]], 65));

        void Add(AssetKind kind, int node, float amps) => devices.Add((kind, SegmentOfNode[node], false, amps));
    }
}
