using System.Globalization;
using System.Text;

namespace FluxOps.Blazor.Topology;

/// <summary>A box, or a polygon that may cross itself (even-odd): where to look. Degrees, WGS 84. Its own edge counts as inside a box.</summary>
public sealed class GeoShape
{
    public const int FewestPoints = 3, MostPoints = 100;

    private readonly double[] _lon, _lat;

    private GeoShape(double[] lon, double[] lat, bool isBox)
    {
        (_lon, _lat, IsBox) = (lon, lat, isBox);
        (West, East, South, North) = (lon.Min(), lon.Max(), lat.Min(), lat.Max());
    }

    public bool IsBox { get; }
    public double West { get; }
    public double South { get; }
    public double East { get; }
    public double North { get; }

    /// <summary>Corners; the last is joined to the first.</summary>
    public int Points => _lon.Length;

    public (double Lon, double Lat) this[int point] => (_lon[point], _lat[point]);

    public static GeoShape Box(double west, double south, double east, double north) => new([west, east, east, west], [south, south, north, north], isBox: true);

    /// <summary>Reads <c>-95.45,29.70,-95.35,29.80</c>: minLon,minLat,maxLon,maxLat.</summary>
    public static bool TryParseBox(string text, out GeoShape shape, out string fault)
    {
        shape = null!;
        var parts = text.Split(',');
        var numbers = new double[4];
        if (parts.Length != 4)
        {
            fault = $"Four numbers minLon,minLat,maxLon,maxLat are needed; there are {parts.Length}.";
            return false;
        }

        for (var i = 0; i < 4; i++)
        {
            if (TryNumber(parts[i], out numbers[i])) continue;
            fault = $"\"{parts[i].Trim()}\" is not a number; minLon,minLat,maxLon,maxLat in degrees are needed.";
            return false;
        }

        var (west, south, east, north) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        fault = OutOfRange(west, south) ?? OutOfRange(east, north) ?? (west >= east ? "minLon must be less than maxLon." : south >= north ? "minLat must be less than maxLat." : "");
        if (fault.Length == 0) shape = Box(west, south, east, north);
        return fault.Length == 0;
    }

    /// <summary>Reads <c>-95.45,29.70;-95.35,29.70;-95.40,29.80</c>: lon,lat of each corner.</summary>
    public static bool TryParsePolygon(string text, out GeoShape shape, out string fault)
    {
        shape = null!;
        fault = "";
        var corners = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (corners.Length is < FewestPoints or > MostPoints)
        {
            fault = $"{FewestPoints} to {MostPoints} points lon,lat;lon,lat;... are needed; there are {corners.Length}.";
            return false;
        }

        var (lon, lat) = (new double[corners.Length], new double[corners.Length]);
        for (var i = 0; i < corners.Length; i++)
        {
            var pair = corners[i].Split(',');
            if (pair.Length != 2)
                fault = $"Point {i + 1}, \"{corners[i]}\", is not lon,lat.";
            else if (!TryNumber(pair[0], out lon[i]) || !TryNumber(pair[1], out lat[i]))
                fault = $"Point {i + 1}, \"{corners[i]}\", is not two numbers; lon,lat in degrees are needed.";
            else if (OutOfRange(lon[i], lat[i]) is { } range)
                fault = $"Point {i + 1}, \"{corners[i]}\": {range} The longitude comes first.";
            if (fault.Length > 0) return false;
        }

        if (lon.Distinct().Count() == 1 || lat.Distinct().Count() == 1)
        {
            fault = "The points lie on one line: there is nothing inside.";
            return false;
        }

        shape = new(lon, lat, isBox: false);
        return true;
    }

    public bool Contains(double lat, double lon)
    {
        if (lat < South || lat > North || lon < West || lon > East) return false;
        if (IsBox) return true;
        var inside = false;
        for (int i = 0, j = _lon.Length - 1; i < _lon.Length; j = i++)
        {
            if (_lat[i] > lat != _lat[j] > lat && lon < _lon[i] + (_lon[j] - _lon[i]) * (lat - _lat[i]) / (_lat[j] - _lat[i])) inside = !inside;
        }

        return inside;
    }

    /// <summary>True where any part of the line lies inside.</summary>
    public bool Touches(double lat1, double lon1, double lat2, double lon2)
    {
        if (Math.Max(lat1, lat2) < South || Math.Min(lat1, lat2) > North || Math.Max(lon1, lon2) < West || Math.Min(lon1, lon2) > East) return false;
        return Contains(lat1, lon1) || Contains(lat2, lon2) || CrossesEdge(lat1, lon1, lat2, lon2);
    }

    /// <summary>As it is read: to five decimals, 1.1 m.</summary>
    public override string ToString()
    {
        if (IsBox) return string.Create(CultureInfo.InvariantCulture, $"{West:0.#####},{South:0.#####},{East:0.#####},{North:0.#####}");
        return Corners();
    }

    /// <summary>As a polygon, whatever it is: lon,lat of each corner.</summary>
    public string Corners()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Points; i++) text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? ";" : "")}{_lon[i]:0.#####},{_lat[i]:0.#####}");
        return text.ToString();
    }

    private bool CrossesEdge(double lat1, double lon1, double lat2, double lon2)
    {
        for (int i = 0, j = _lon.Length - 1; i < _lon.Length; j = i++)
        {
            // Each one's ends lie on different sides of the other, or on it; the boxes tell apart those that follow one another on one line.
            var (eLat1, eLon1, eLat2, eLon2) = (_lat[i], _lon[i], _lat[j], _lon[j]);
            if (Math.Max(lat1, lat2) < Math.Min(eLat1, eLat2) || Math.Min(lat1, lat2) > Math.Max(eLat1, eLat2) || Math.Max(lon1, lon2) < Math.Min(eLon1, eLon2) || Math.Min(lon1, lon2) > Math.Max(eLon1, eLon2)) continue;
            if (Side(eLat1, eLon1, eLat2, eLon2, lat1, lon1) * Side(eLat1, eLon1, eLat2, eLon2, lat2, lon2) <= 0
                && Side(lat1, lon1, lat2, lon2, eLat1, eLon1) * Side(lat1, lon1, lat2, lon2, eLat2, eLon2) <= 0) return true;
        }

        return false;

        static int Side(double aLat, double aLon, double bLat, double bLon, double lat, double lon) => Math.Sign((bLon - aLon) * (lat - aLat) - (bLat - aLat) * (lon - aLon));
    }

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static string? OutOfRange(double lon, double lat) =>
        lon is < -180 or > 180 ? "A longitude must be between -180 and 180." : lat is < -90 or > 90 ? "A latitude must be between -90 and 90." : null;
}
