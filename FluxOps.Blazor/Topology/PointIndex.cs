namespace FluxOps.Blazor.Topology;

/// <summary>Points by cell: the ids of cell c are <c>_ids[_first[c]]</c> to <c>_ids[_first[c + 1]]</c>.</summary>
internal sealed class PointIndex
{
    private readonly CellGrid _grid;
    private readonly Func<int, (double Lat, double Lon)> _at;
    private readonly int[] _first, _ids;

    public PointIndex(CellGrid grid, int count, Func<int, (double Lat, double Lon)> at)
    {
        (_grid, _at) = (grid, at);
        _first = new int[CellGrid.Side * CellGrid.Side + 1];
        var cells = new ushort[count];
        for (var id = 0; id < count; id++)
        {
            var (lat, lon) = at(id);
            cells[id] = (ushort)_grid.Cell(lat, lon);
            _first[cells[id] + 1]++;
        }

        for (var cell = 1; cell < _first.Length; cell++) _first[cell] += _first[cell - 1];
        _ids = new int[count];
        var next = _first.AsSpan(0, _first.Length - 1).ToArray();
        for (var id = 0; id < count; id++) _ids[next[cells[id]]++] = id;
    }

    /// <summary>Ids of the points inside, ascending.</summary>
    public int[] Inside(GeoShape shape, Cover cover)
    {
        var inside = new List<int>();
        for (var row = cover.FirstRow; row <= cover.LastRow; row++)
        {
            for (var column = cover.FirstColumn; column <= cover.LastColumn; column++)
            {
                var cell = row * CellGrid.Side + column;
                var ids = _ids.AsSpan(_first[cell], _first[cell + 1] - _first[cell]);
                switch (cover[row, column])
                {
                    case CellCover.Inside:
                        inside.AddRange(ids);
                        break;
                    case CellCover.Edge:
                        foreach (var id in ids)
                        {
                            var (lat, lon) = _at(id);
                            if (shape.Contains(lat, lon)) inside.Add(id);
                        }

                        break;
                }
            }
        }

        return Ascending(inside);
    }

    // Of many, marking each in a set of bits and reading them off is ten times as fast as sorting.
    private int[] Ascending(List<int> ids)
    {
        if (ids.Count < _ids.Length / 64)
        {
            ids.Sort();
            return [.. ids];
        }

        var marked = new ulong[(_ids.Length + 63) / 64];
        foreach (var id in ids) marked[id >> 6] |= 1UL << id;
        var sorted = new int[ids.Count];
        var n = 0;
        for (var word = 0; word < marked.Length; word++)
        {
            for (var left = marked[word]; left != 0; left &= left - 1) sorted[n++] = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(left);
        }

        return sorted;
    }
}
