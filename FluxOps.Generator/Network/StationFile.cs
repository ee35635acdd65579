using System.Globalization;
using FluxOps.Generator.Input;

namespace FluxOps.Generator.Network;

/// <summary>
/// Reads substation sites from a CSV with a header. Columns are found by name: latitude (lat), longitude (lon, lng, long), and where present
/// name and voltage (kV or V; several joined by ; or /, as in OpenStreetMap: 138000;12000). Only rows inside the box that the map covers are used.
/// </summary>
public static class StationFile
{
    /// <summary>Degrees; grid-domain 2.3.</summary>
    public const double South = 28.9, North = 30.6, West = -96.8, East = -94.35;

    /// <summary>The sites inside the Houston box, without those nearer than 0.9 km to an earlier one.</summary>
    public static IReadOnlyList<StationSite> Read(TextReader text, string fileName)
    {
        var csv = new CsvLines(text);
        if (!csv.Read())
            throw new InputFileException($"{fileName}: the file is empty; expected a header line with latitude and longitude columns.");
        string[] header = [.. csv.Fields.Select(h => h.Trim().TrimStart('\uFEFF'))];
        int lat = Column(header, fileName, "a latitude column (latitude or lat)", "latitude", "lat");
        int lon = Column(header, fileName, "a longitude column (longitude, lon, lng or long)", "longitude", "lon", "lng", "long");
        int name = Array.FindIndex(header, h => h.Equals("name", StringComparison.OrdinalIgnoreCase));
        int voltage = Array.FindIndex(header, h => h.StartsWith("voltage", StringComparison.OrdinalIgnoreCase));
        List<StationSite> sites = [];
        while (csv.Read())
        {
            double latitude = Degrees(csv, lat, header, 90, fileName), longitude = Degrees(csv, lon, header, 180, fileName);
            if (latitude is < South or > North || longitude is < West or > East)
                continue;
            if (sites.Exists(s => Plane.Distance(Plane.X(s.Longitude), Plane.Y(s.Latitude), Plane.X(longitude), Plane.Y(latitude)) < StationPlacement.MinimumSpacing))
                continue;
            var title = name < 0 ? null : Tidy(Field(csv, name));
            sites.Add(new StationSite(Plane.Grid(latitude), Plane.Grid(longitude), title, voltage < 0 ? null : Secondary(Field(csv, voltage))));
        }
        if (sites.Count == 0)
            throw new InputFileException($"{fileName}: no row lies inside {South}–{North} N, {West}…{East} W (the map's area); expected at least one substation there.");
        return sites;
    }

    private static int Column(string[] header, string fileName, string expected, params string[] names)
    {
        foreach (var name in names)
        {
            int i = Array.FindIndex(header, h => h.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (i >= 0)
                return i;
        }
        throw new InputFileException($"{fileName}: line 1: expected {expected}; the header has: {string.Join(", ", header)}.");
    }

    private static double Degrees(CsvLines csv, int column, string[] header, double limit, string fileName)
    {
        var text = Field(csv, column);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= limit)
            return value;
        throw new InputFileException(
            $"{fileName}: line {csv.Line}, column {csv.ColumnOf(column)} ({header[column]}): expected degrees between −{limit} and {limit}, found “{text}”.");
    }

    private static string? Field(CsvLines csv, int field) => field < csv.Fields.Count ? csv.Fields[field].Trim() : null;

    private static string? Tidy(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var short1 = name.Replace("Substation", "", StringComparison.OrdinalIgnoreCase).Trim();
        return short1.Length == 0 ? null : short1.Length <= 40 ? short1 : short1[..40];
    }

    private static float[]? Secondary(string? voltage)
    {
        if (string.IsNullOrWhiteSpace(voltage))
            return null;
        List<float> found = [];
        foreach (var part in voltage.Split(';', '/', ' '))
            if (double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double v))
            {
                double kv = v > 1000 ? v / 1000 : v;
                float? nominal = kv is > 11 and < 14 ? 12.47f : kv is > 30 and < 38 ? 34.5f : null;
                if (nominal is { } n && !found.Contains(n))
                    found.Add(n);
            }
        found.Sort();
        return found.Count == 0 ? null : [.. found];
    }
}
