using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>
/// Places substations the way the real ones stand: distance from downtown after the measured quantiles of Houston's distribution stations
/// (grid-domain 2.3: 6.8, 13.3, 23.5, 38 and 66 km at 10, 25, 50, 75 and 90 %), no two nearer than 0.9 km, and enough repulsion for a median
/// nearest neighbour of 3.2 to 3.5 km.
/// </summary>
internal static class StationPlacement
{
    public const double MinimumSpacing = 900;
    private static readonly double[] Share = [0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0];
    private static readonly double[] DistanceKm = [0.4, 6.8, 13.3, 23.5, 38, 66, 108];

    /// <summary>Local metres of each station, those nearest to downtown first.</summary>
    public static (double[] X, double[] Y) Place(int count, ulong seed)
    {
        var sequence = new Sequence(seed, 1);
        // A smaller network is the middle of the city at the same density, rather than a few stations far apart.
        double reach = Math.Min(1, Math.Sqrt((double)count / NetworkPlan.StationsOfTerritory));
        double[] x = new double[count], y = new double[count];
        for (var i = 0; i < count; i++)
        {
            var found = false;
            // Later attempts move the distance a little, for rings that are mostly water.
            for (var attempt = 0; attempt < 400 && !found; attempt++)
            {
                double share = (i + sequence.Unit()) / count;
                double radius = Distance(Math.Min(0.999, share + attempt / 40 * 0.01 * (sequence.Unit() - 0.5))) * 1000 * reach;
                found = TryRing(ref sequence, radius, i, x, y);
            }
            if (!found)
                throw new InvalidOperationException($"No room for station {i + 1} of {count} inside the territory.");
        }
        return (x, y);
    }

    private static bool TryRing(ref Sequence sequence, double radius, int placed, double[] x, double[] y)
    {
        // Of a few places on the ring, the one that stands most alone: spreads stations without making them a lattice.
        const int Candidates = 3;
        double bestSpacing = -1;
        for (var k = 0; k < Candidates; k++)
        {
            var (ux, uy) = Direction(ref sequence);
            double cx = Plane.X(Plane.Lon(ux * radius)), cy = Plane.Y(Plane.Lat(uy * radius));
            if (!Territory.Contains(cx, cy))
                continue;
            double spacing = double.MaxValue;
            for (var j = 0; j < placed; j++)
                spacing = Math.Min(spacing, Plane.Distance(cx, cy, x[j], y[j]));
            if (spacing > bestSpacing)
                (bestSpacing, x[placed], y[placed]) = (spacing, cx, cy);
        }
        return bestSpacing > MinimumSpacing;
    }

    /// <summary>A uniform direction without trigonometry: a point in the disc, made unit length.</summary>
    private static (double X, double Y) Direction(ref Sequence sequence)
    {
        while (true)
        {
            double x = sequence.Between(-1, 1), y = sequence.Between(-1, 1), r = x * x + y * y;
            if (r is > 0.01 and < 1)
                return (x / Math.Sqrt(r), y / Math.Sqrt(r));
        }
    }

    private static double Distance(double share)
    {
        var i = 1;
        while (share > Share[i])
            i++;
        return DistanceKm[i - 1] + (share - Share[i - 1]) / (Share[i] - Share[i - 1]) * (DistanceKm[i] - DistanceKm[i - 1]);
    }
}
