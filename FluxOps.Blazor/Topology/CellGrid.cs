namespace FluxOps.Blazor.Topology;

/// <summary>The network's territory in equal cells, some hundred metres wide: what a shape wholly holds is taken by the cell, and only what lies along its edge is looked at one by one.</summary>
internal sealed class CellGrid(double west, double south, double east, double north)
{
    public const int Side = 256;

    // A place on the line between two cells falls into one by rounding; whatever marks cells must not miss it by as much. A tenth of a millimetre.
    private const double Slack = 1e-9;

    private readonly double _width = Math.Max(1e-9, (east - west) / Side), _height = Math.Max(1e-9, (north - south) / Side);

    public int Column(double lon) => Math.Clamp((int)((lon - west) / _width), 0, Side - 1);
    public int Row(double lat) => Math.Clamp((int)((lat - south) / _height), 0, Side - 1);
    public int Cell(double lat, double lon) => Row(lat) * Side + Column(lon);

    public Cover CoverOf(GeoShape shape)
    {
        var cover = new Cover(Column(shape.West - Slack), Row(shape.South - Slack), Column(shape.East + Slack), Row(shape.North + Slack));
        FillInside(shape, cover);
        for (int i = 0, j = shape.Points - 1; i < shape.Points; j = i++) MarkEdge(shape[j], shape[i], cover);
        return cover;
    }

    /// <summary>Every cell whose middle is inside; those that an edge passes are marked as such after it.</summary>
    private void FillInside(GeoShape shape, Cover cover)
    {
        Span<double> crossings = stackalloc double[GeoShape.MostPoints];
        for (var row = cover.FirstRow; row <= cover.LastRow; row++)
        {
            var lat = south + (row + 0.5) * _height;
            var n = 0;
            for (int i = 0, j = shape.Points - 1; i < shape.Points; j = i++)
            {
                var (a, b) = (shape[i], shape[j]);
                if (a.Lat > lat != b.Lat > lat) crossings[n++] = a.Lon + (b.Lon - a.Lon) * (lat - a.Lat) / (b.Lat - a.Lat);
            }

            crossings[..n].Sort();
            for (int column = cover.FirstColumn, passed = 0; column <= cover.LastColumn; column++)
            {
                var lon = west + (column + 0.5) * _width;
                while (passed < n && crossings[passed] <= lon) passed++;
                if (passed % 2 == 1) cover[row, column] = CellCover.Inside;
            }
        }
    }

    private void MarkEdge((double Lon, double Lat) a, (double Lon, double Lat) b, Cover cover)
    {
        if (a.Lat > b.Lat) (a, b) = (b, a);
        var (first, last) = (Row(a.Lat - Slack), Row(b.Lat + Slack));
        for (var row = first; row <= last; row++)
        {
            // The part of the edge within this row; beyond the territory rows are as high as need be.
            var from = row == 0 ? a.Lat : Math.Max(a.Lat, south + row * _height - Slack);
            var to = row == Side - 1 ? b.Lat : Math.Min(b.Lat, south + (row + 1) * _height + Slack);
            // Along a parallel all of it is in the row.
            var (x1, x2) = b.Lat - a.Lat < Slack ? (a.Lon, b.Lon) : (At(from), At(to));
            var (left, right) = (Column(Math.Min(x1, x2) - Slack), Column(Math.Max(x1, x2) + Slack));
            for (var column = left; column <= right; column++) cover[row, column] = CellCover.Edge;
        }

        double At(double lat) => Math.Clamp(a.Lon + (b.Lon - a.Lon) * (lat - a.Lat) / (b.Lat - a.Lat), Math.Min(a.Lon, b.Lon), Math.Max(a.Lon, b.Lon));
    }
}

internal enum CellCover : byte { Outside = 0, Inside = 1, Edge = 2 }

/// <summary>How a shape covers the cells of its box.</summary>
internal sealed class Cover(int firstColumn, int firstRow, int lastColumn, int lastRow)
{
    private readonly CellCover[] _cells = new CellCover[(lastColumn - firstColumn + 1) * (lastRow - firstRow + 1)];

    public int FirstColumn => firstColumn;
    public int FirstRow => firstRow;
    public int LastColumn => lastColumn;
    public int LastRow => lastRow;

    /// <summary>Cells beyond the shape's box are outside and cannot be marked otherwise.</summary>
    public CellCover this[int row, int column]
    {
        get => row < firstRow || row > lastRow || column < firstColumn || column > lastColumn ? CellCover.Outside : _cells[At(row, column)];
        set => _cells[At(row, column)] = value;
    }

    private int At(int row, int column) => (row - firstRow) * (lastColumn - firstColumn + 1) + column - firstColumn;
}
