namespace FluxOps.Generator.Network;

/// <summary>
/// A simplified outline of greater Houston's electric service area, drawn by hand from general geography (county lines, the coast, the
/// bay's shore), and the water that no station stands in. Vertices are latitude, longitude in degrees.
/// </summary>
internal static class Territory
{
    private static readonly double[] Outline = Flat(
    [
        29.00, -96.30,  29.22, -96.62,  29.45, -96.66,  29.62, -96.78,  29.80, -96.68,  29.98, -96.55,
        30.05, -96.25,  30.12, -96.10,  30.24, -95.85,  30.40, -95.80,  30.58, -95.78,  30.52, -95.55,
        30.48, -95.36,  30.36, -95.24,  30.32, -95.15,  30.40, -94.95,  30.45, -94.78,  30.25, -94.66,
        30.10, -94.55,  29.95, -94.46,  29.72, -94.40,  29.56, -94.40,  29.50, -94.52,  29.43, -94.66,
        29.36, -94.72,  29.30, -94.78,  29.20, -94.95,  29.08, -95.11,  28.95, -95.28,  28.92, -95.38,
        28.92, -95.62,  28.91, -95.85,  28.92, -96.10,
    ]);

    /// <summary>Galveston, Trinity, East and West Bays, from the shore of Texas City and Kemah to Smith Point and Anahuac.</summary>
    private static readonly double[] Bay = Flat(
    [
        29.37, -94.90,  29.44, -94.93,  29.54, -95.01,  29.63, -94.98,  29.69, -94.97,  29.73, -94.89,
        29.77, -94.78,  29.79, -94.72,  29.71, -94.69,  29.63, -94.70,  29.56, -94.75,  29.53, -94.60,
        29.50, -94.50,  29.46, -94.58,  29.39, -94.72,  29.34, -94.76,  29.30, -94.87,  29.19, -95.08,
        29.12, -95.16,  29.20, -95.15,  29.29, -95.02,
    ]);

    /// <summary>True on land inside the service area, for local metres.</summary>
    public static bool Contains(double x, double y) => Inside(Outline, x, y) && !Inside(Bay, x, y);

    private static double[] Flat(double[] latLon)
    {
        var flat = new double[latLon.Length];
        for (var i = 0; i < latLon.Length; i += 2)
        {
            flat[i] = Plane.X(latLon[i + 1]);
            flat[i + 1] = Plane.Y(latLon[i]);
        }
        return flat;
    }

    private static bool Inside(double[] polygon, double x, double y)
    {
        var inside = false;
        for (int i = 0, j = polygon.Length - 2; i < polygon.Length; j = i, i += 2)
        {
            double yi = polygon[i + 1], yj = polygon[j + 1];
            if (yi > y != yj > y && x < (polygon[j] - polygon[i]) * (y - yi) / (yj - yi) + polygon[i])
                inside = !inside;
        }
        return inside;
    }
}
