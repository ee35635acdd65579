namespace FluxOps.Generator.Network;

/// <summary>Points in square cells, for neighbours within a radius without comparing all with all. Results come in the order of insertion by cell, so they are the same on any machine.</summary>
internal sealed class SpatialGrid
{
    private readonly double _cell;
    private readonly double _minX, _minY;
    private readonly int _columns, _rows;
    private readonly int[] _start;
    private readonly int[] _items;
    private readonly double[] _x, _y;

    public SpatialGrid(double[] x, double[] y, double cell)
    {
        (_x, _y, _cell) = (x, y, cell);
        double maxX = 0, maxY = 0;
        if (x.Length > 0)
            (_minX, _minY, maxX, maxY) = (x.Min(), y.Min(), x.Max(), y.Max());
        _columns = (int)((maxX - _minX) / cell) + 1;
        _rows = (int)((maxY - _minY) / cell) + 1;
        _start = new int[_columns * _rows + 1];
        for (var i = 0; i < x.Length; i++)
            _start[CellOf(x[i], y[i]) + 1]++;
        for (var c = 1; c < _start.Length; c++)
            _start[c] += _start[c - 1];
        _items = new int[x.Length];
        var next = _start.AsSpan(0, _start.Length - 1).ToArray();
        for (var i = 0; i < x.Length; i++)
            _items[next[CellOf(x[i], y[i])]++] = i;
    }

    /// <summary>Indexes of all points within the radius, into <paramref name="found"/> (cleared first).</summary>
    public void Within(double x, double y, double radius, List<int> found)
    {
        found.Clear();
        int c0 = Column(x - radius), c1 = Column(x + radius), r0 = Row(y - radius), r1 = Row(y + radius);
        for (var r = r0; r <= r1; r++)
            for (var c = c0; c <= c1; c++)
                for (var k = _start[r * _columns + c]; k < _start[r * _columns + c + 1]; k++)
                {
                    int i = _items[k];
                    double dx = _x[i] - x, dy = _y[i] - y;
                    if (dx * dx + dy * dy <= radius * radius)
                        found.Add(i);
                }
    }

    private int CellOf(double x, double y) => Row(y) * _columns + Column(x);

    private int Column(double x) => Math.Clamp((int)((x - _minX) / _cell), 0, _columns - 1);

    private int Row(double y) => Math.Clamp((int)((y - _minY) / _cell), 0, _rows - 1);
}
