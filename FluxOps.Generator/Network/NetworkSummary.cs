using System.Globalization;
using System.Text;
using FluxOps.Data.Grid;

namespace FluxOps.Generator.Network;

/// <summary>What a person wants to know of a network at a glance.</summary>
public static class NetworkSummary
{
    public static string Of(GridModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var n = model.Network;
        var nearest = NearestNeighboursKm(model);
        double[] downtown = [.. model.Substations.Select(s => Plane.Distance(Plane.X(s.Longitude), Plane.Y(s.Latitude), 0, 0) / 1000)];
        double[] loading = [.. model.Feeders.Select(f => 100.0 * f.PlannedMva / f.RatedMva)];
        double[] length = [.. model.Feeders.Select(f => (double)f.LengthKm)];
        int ties = model.Segments.Kind.Count(k => k == SegmentKind.Tie);
        int outside = 0;
        for (var i = 0; i < model.Segments.Count; i++)
            if (model.Segments.TieToId[i] is >= 0 and var to
                && model.Feeders[model.Segments.FeederId[i]].SubstationId != model.Feeders[model.Segments.FeederId[to]].SubstationId)
                outside++;
        var text = new StringBuilder();
        void Line(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-28}{value}");
        text.AppendLine(n.Origin);
        Line("substations", $"{model.Substations.Length:N0} ({string.Join(", ", Voltages(model))})");
        Line("banks", $"{model.Banks.Length:N0}, {model.Banks.Sum(b => b.RatedMva):N0} MVA");
        Line("feeders", $"{model.Feeders.Length:N0}");
        Line("line segments", $"{model.Segments.Count:N0}, of which {ties:N0} normally open ties ({outside:N0} to another station); {length.Sum():N0} km");
        Line("line devices", string.Join(", ", model.Devices.Kind.GroupBy(k => k).OrderBy(g => g.Key).Select(g => $"{g.Count():N0} {g.Key}")));
        Line("service transformers", $"{model.Transformers.Count:N0}");
        Line("meters", $"{model.UsagePoints.Count:N0}, each standing for {n.MeterWeight:0.##} customers; {model.UsagePoints.HasPv.Count(pv => pv):N0} with PV");
        Line("customer classes", string.Join(", ", model.UsagePoints.Class.GroupBy(c => c).OrderBy(g => g.Key).Select(g => $"{g.Key} {100.0 * g.Count() / model.UsagePoints.Count:0.0} %")));
        Line("planned peak", $"{model.Feeders.Sum(f => f.PlannedMva):N0} MVA");
        Line("nearest station, km", Quantiles(nearest, 1));
        Line("distance to downtown, km", Quantiles(downtown, 1));
        Line("planned loading, %", Quantiles(loading, 0));
        Line("feeder length, km", Quantiles(length, 1));
        Line("content hash", n.ContentHash);
        return text.ToString();
    }

    /// <summary>Distance of each station to its nearest neighbour, km.</summary>
    public static double[] NearestNeighboursKm(GridModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        double[] x = [.. model.Substations.Select(s => Plane.X(s.Longitude))], y = [.. model.Substations.Select(s => Plane.Y(s.Latitude))];
        var grid = new SpatialGrid(x, y, 5_000);
        var nearest = new double[x.Length];
        List<int> near = [];
        for (var i = 0; i < x.Length; i++)
        {
            for (double radius = 4_000; near.Count < 2 && radius < 500_000; radius *= 2)
                grid.Within(x[i], y[i], radius, near);
            nearest[i] = near.Where(j => j != i).Select(j => Plane.Distance(x[i], y[i], x[j], y[j]) / 1000).DefaultIfEmpty(0).Min();
            near.Clear();
        }
        return nearest;
    }

    /// <summary>The value below which that share lies.</summary>
    public static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }

    private static string Quantiles(double[] values, int decimals)
    {
        string Show(double share) => Quantile(values, share).ToString("F" + decimals, CultureInfo.InvariantCulture);
        return $"min {Show(0)}, 5 % {Show(0.05)}, 25 % {Show(0.25)}, median {Show(0.5)}, 75 % {Show(0.75)}, 95 % {Show(0.95)}, max {Show(1)}";
    }

    private static IEnumerable<string> Voltages(GridModel model)
    {
        var bySet = model.Banks.GroupBy(b => b.SubstationId)
            .Select(g => string.Join(" and ", g.Select(b => b.SecondaryKv).Distinct().Order().Select(kv => kv.ToString("0.##", CultureInfo.InvariantCulture))));
        return bySet.GroupBy(v => v).OrderBy(g => g.Key).Select(g => $"{g.Count()} at {g.Key} kV");
    }
}
