using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Substations;

/// <summary>How much a feeder's load moved over the last hour: mean of its newest minutes against its oldest ones that are known.</summary>
public readonly record struct LoadChange(Feeder Feeder, double FromMw, double ToMw, int Minutes)
{
    public double DeltaMw => ToMw - FromMw;
}

/// <summary>The feeders whose load changed most in the trends' hour.</summary>
public static class LargestChanges
{
    // Means of five minutes: one minute alone would mostly rank noise.
    private const int Window = 5;

    public static List<LoadChange> Of(MinuteTrends trends, IEnumerable<Feeder> feeders, int take)
    {
        var changes = new List<LoadChange>();
        foreach (var feeder in feeders)
        {
            var values = trends.FeederMw[feeder.Id];
            var first = Array.FindIndex(values, float.IsFinite);
            var last = Array.FindLastIndex(values, float.IsFinite);
            if (first < 0 || last - first < 2 * Window) continue;
            changes.Add(new(feeder, Mean(values.AsSpan(first, Window)), Mean(values.AsSpan(last - Window + 1, Window)), last - first + 1));
        }

        changes.Sort((a, b) => Math.Abs(b.DeltaMw).CompareTo(Math.Abs(a.DeltaMw)));
        if (changes.Count > take) changes.RemoveRange(take, changes.Count - take);
        return changes;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        var count = 0;
        foreach (var v in values)
        {
            if (!float.IsFinite(v)) continue;
            sum += v;
            count++;
        }

        return sum / count;
    }
}
