using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>The radial trees of one station's feeders: nodes in the order they were reached, so a parent comes before its children.</summary>
internal sealed class StationTrees
{
    /// <summary>Feeder of the node, counted from 0 within the station.</summary>
    public List<int> Feeder { get; } = [];
    /// <summary>Node upstream, or −1 where the station is.</summary>
    public List<int> Parent { get; } = [];
    public List<double> X { get; } = [];
    public List<double> Y { get; } = [];
    /// <summary>Street that the node's segment runs along: a number of its own in the station.</summary>
    public List<int> Street { get; } = [];
    /// <summary>m between parallel streets.</summary>
    public double Spacing { get; set; }
}

/// <summary>
/// Fills a station's cell (the land nearer to it than to any other station) with a street grid, and grows its feeders' trees over it at the same
/// time, each in a direction of its own. Every fourth street or so is an arterial, cheaper to follow: main lines form along those. The work arrays are
/// reused from station to station.
/// </summary>
internal sealed class StreetGrid(ulong seed)
{
    private const int Half = 56, Side = 2 * Half + 1;
    private const double NarrowestStreets = 55, WidestStreets = 650;
    /// <summary>Downtown, Houston's streets are turned by about 32° (0.848, 0.530); elsewhere nearly to the compass.</summary>
    private static readonly (double Cos, double Sin)[] Turns = [(1, 0), (1, 0), (1, 0), (0.9950, 0.0998), (0.9950, -0.0998), (0.9801, 0.1987)];
    private static readonly (int I, int J)[] Octants = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];
    private static readonly (int I, int J)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    private readonly int[] _state = new int[Side * Side];
    private readonly List<int> _cells = [];
    private double _x, _y, _cos, _sin, _spacing;
    private long _station;
    private double[] _otherX = [], _otherY = [];
    private bool _onLand;

    /// <summary>Grows trees of <paramref name="quotas"/>.Sum() nodes, or fewer where the land ends.</summary>
    /// <param name="otherX">Stations that may share a boundary with this one.</param>
    public StationTrees Grow(int station, double x, double y, double[] otherX, double[] otherY, double firstSpacing, int[] quotas)
    {
        (_station, _x, _y, _otherX, _otherY) = (station, x, y, otherX, otherY);
        _onLand = Territory.Contains(x, y);
        (_cos, _sin) = x * x + y * y < 2_500.0 * 2_500 ? (0.8480, 0.5300) : Turns[CounterHash.Below(CounterHash.Of(seed, 21, station), Turns.Length)];
        FitSpacing(firstSpacing, quotas.Sum());
        var trees = new StationTrees { Spacing = _spacing };
        Grow(quotas, trees);
        return trees;
    }

    private void FitSpacing(double spacing, int wanted)
    {
        _spacing = Math.Clamp(spacing, NarrowestStreets, WidestStreets);
        for (var attempt = 0; attempt < 24; attempt++)
        {
            int count = Flood(wanted * 3);
            bool enough = count >= wanted * 1.02, tight = count <= wanted * 1.10 || _spacing >= WidestStreets;
            if (enough && tight || _spacing <= NarrowestStreets)
                return;
            double factor = Math.Sqrt(Math.Max(count, wanted / 6.0) / (wanted * (attempt < 12 ? 1.05 : 1.08)));
            _spacing = Math.Clamp(_spacing * Math.Clamp(factor, 0.5, 1.7), NarrowestStreets, WidestStreets);
        }
        while (Flood(wanted * 3) < wanted && _spacing > NarrowestStreets)
            _spacing *= 0.95;
    }

    /// <summary>Marks the street corners of the cell that can be reached from the station; returns how many, without the station itself.</summary>
    private int Flood(int limit)
    {
        Array.Clear(_state);
        _cells.Clear();
        _cells.Add(Half * Side + Half);
        _state[_cells[0]] = -1;
        for (var k = 0; k < _cells.Count && _cells.Count <= limit; k++)
        {
            int i = _cells[k] % Side - Half, j = _cells[k] / Side - Half;
            foreach (var (di, dj) in Steps)
            {
                int ni = i + di, nj = j + dj;
                if (Math.Abs(ni) > Half || Math.Abs(nj) > Half)
                    continue;
                int cell = (nj + Half) * Side + ni + Half;
                if (_state[cell] != 0)
                    continue;
                var (px, py) = Corner(ni, nj);
                _state[cell] = Belongs(px, py) ? -1 : 1;
                if (_state[cell] < 0)
                    _cells.Add(cell);
            }
        }
        return _cells.Count - 1;
    }

    /// <summary>Where two streets cross. Streets keep straight, but not all blocks are equally long.</summary>
    private (double X, double Y) Corner(int i, int j)
    {
        double u = (i + Offset(0, i)) * _spacing, v = (j + Offset(1, j)) * _spacing;
        return (_x + u * _cos - v * _sin, _y + u * _sin + v * _cos);
    }

    private double Offset(int axis, int line) => line == 0 ? 0 : 0.36 * (CounterHash.Unit(CounterHash.Of(seed, 22 + axis, _station, line)) - 0.5);

    private bool IsArterial(int axis, int line) => line == 0 || (CounterHash.Of(seed, 24 + axis, _station, line) & 3) == 0;

    private bool Belongs(double x, double y)
    {
        double own = (x - _x) * (x - _x) + (y - _y) * (y - _y);
        for (var k = 0; k < _otherX.Length; k++)
        {
            double dx = x - _otherX[k], dy = y - _otherY[k];
            if (dx * dx + dy * dy <= own)
                return false;
        }
        return !_onLand || Territory.Contains(x, y);
    }

    private void Grow(int[] quotas, StationTrees trees)
    {
        // _state: −1 free, 1 outside; 2 + node once taken.
        int station = Half * Side + Half, wanted = quotas.Sum();
        _state[station] = 1;
        var fronts = new PriorityQueue<(int Cell, int Parent), (double, int)>[quotas.Length];
        var direction = new (double X, double Y)[quotas.Length];
        var taken = new int[quotas.Length];
        var cost = new List<double>();
        for (var f = 0; f < quotas.Length; f++)
        {
            fronts[f] = new();
            int seedCell = SeedCell(f, quotas.Length);
            if (seedCell < 0)
                continue;
            int i = seedCell % Side - Half, j = seedCell / Side - Half;
            double length = Math.Sqrt(i * i + j * j);
            direction[f] = (i / length, j / length);
            Take(seedCell, f, -1);
        }
        while (trees.Parent.Count < wanted)
        {
            int f = Neediest(quotas, taken, fronts);
            if (f < 0)
                return;
            var (cell, parent) = fronts[f].Dequeue();
            if (_state[cell] == -1)
                Take(cell, f, parent);
        }

        void Take(int cell, int f, int parent)
        {
            int node = trees.Parent.Count, i = cell % Side - Half, j = cell / Side - Half;
            _state[cell] = 2 + node;
            var (x, y) = Corner(i, j);
            trees.Feeder.Add(f);
            trees.Parent.Add(parent);
            trees.X.Add(x);
            trees.Y.Add(y);
            trees.Street.Add(StreetOf(parent, i, j, x, y));
            taken[f]++;
            double here = cost.Count == 0 || parent < 0 ? 0 : _pending;
            cost.Add(here);
            foreach (var (di, dj) in Steps)
            {
                int ni = i + di, nj = j + dj, next = (nj + Half) * Side + ni + Half;
                if (Math.Abs(ni) > Half || Math.Abs(nj) > Half || _state[next] != -1)
                    continue;
                bool arterial = di != 0 ? IsArterial(1, j) : IsArterial(0, i);
                double away = Math.Sqrt(ni * ni + nj * nj), along = (ni * direction[f].X + nj * direction[f].Y) / away;
                fronts[f].Enqueue((next, node), (here + (arterial ? 0.6 : 1.0) + 0.7 * (1 - along), next));
            }
        }

        int StreetOf(int parent, int i, int j, double x, double y)
        {
            if (parent < 0)
                return 2 * (i + Half);
            // The line that both ends share: along it, one of the turned coordinates stays.
            double dx = x - trees.X[parent], dy = y - trees.Y[parent];
            return Math.Abs(dx * _cos + dy * _sin) > Math.Abs(dy * _cos - dx * _sin) ? 2 * (j + Half) + 1 : 2 * (i + Half);
        }
    }

    /// <summary>Cost of the corner being taken; set by <see cref="Neediest"/>, which looks at the front's head.</summary>
    private double _pending;

    private int Neediest(int[] quotas, int[] taken, PriorityQueue<(int Cell, int Parent), (double, int)>[] fronts)
    {
        int best = -1;
        double least = double.MaxValue;
        for (var f = 0; f < quotas.Length; f++)
        {
            while (fronts[f].TryPeek(out var head, out _) && _state[head.Cell] != -1)
                fronts[f].Dequeue();
            double share = (double)taken[f] / quotas[f];
            if (fronts[f].Count > 0 && share < least)
                (best, least) = (f, share);
        }
        if (best >= 0 && fronts[best].TryPeek(out _, out var priority))
            _pending = priority.Item1;
        return best;
    }

    /// <summary>The corner beside the station where a feeder begins: feeders are spread evenly around it; where a direction is taken or is no land, the nearest free corner.</summary>
    private int SeedCell(int feeder, int feeders)
    {
        int first = CounterHash.Below(CounterHash.Of(seed, 26, _station), 8);
        int octant = (first + feeder * 8 / feeders) % 8;
        for (var k = 0; k < 8; k++)
        {
            var (i, j) = Octants[(octant + k) % 8];
            int cell = (j + Half) * Side + i + Half;
            if (_state[cell] == -1)
                return cell;
        }
        foreach (var cell in _cells)
            if (_state[cell] == -1)
                return cell;
        return -1;
    }
}
