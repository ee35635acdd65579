using System.Collections.Concurrent;

namespace FluxOps.Benchmarks.Reports;

/// <summary>Measured values of one kind; safe to add to from many threads.</summary>
internal sealed class Sample
{
    private readonly ConcurrentQueue<double> _values = new();

    public int Count => _values.Count;

    public void Add(double value) => _values.Enqueue(value);

    /// <summary>Nearest rank; null where nothing was measured.</summary>
    public double? Percentile(double percent)
    {
        var sorted = _values.ToArray();
        if (sorted.Length == 0)
            return null;
        Array.Sort(sorted);
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public double? Median => Percentile(50);
}
