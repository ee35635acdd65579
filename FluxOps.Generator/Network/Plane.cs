namespace FluxOps.Generator.Network;

/// <summary>Local flat coordinates in metres east and north of downtown Houston. The factors are those of the latitude of downtown; at the edges of the area they are off by less than 1 %.</summary>
internal static class Plane
{
    public const double DowntownLat = 29.76;
    public const double DowntownLon = -95.37;
    /// <summary>m a degree at 29.76° N.</summary>
    private const double MetresPerLat = 110_862;
    private const double MetresPerLon = 96_705;

    public static double X(double lon) => (lon - DowntownLon) * MetresPerLon;

    public static double Y(double lat) => (lat - DowntownLat) * MetresPerLat;

    /// <summary>Degrees on the 1e-5 grid that geometry travels in.</summary>
    public static double Lon(double x) => Grid(DowntownLon + x / MetresPerLon);

    public static double Lat(double y) => Grid(DowntownLat + y / MetresPerLat);

    public static double Grid(double degrees) => Math.Round(degrees * 1e5) / 1e5;

    public static double Distance(double x1, double y1, double x2, double y2) => Math.Sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2));
}
