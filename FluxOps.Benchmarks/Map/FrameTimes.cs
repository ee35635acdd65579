namespace FluxOps.Benchmarks.Map;

/// <summary>Intervals between the frames of a page, ms.</summary>
internal sealed class FrameTimes(double[] intervals)
{
    private const double Full = 1000.0 / 60;
    private readonly double[] _sorted = [.. intervals.Order()];

    public double Mean => _sorted.Length == 0 ? double.NaN : _sorted.Average();
    public double P95 => _sorted.Length == 0 ? double.NaN : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * 0.95))];
    public double Max => _sorted.Length == 0 ? double.NaN : _sorted[^1];

    /// <summary>Frames of a 60 Hz screen in which nothing new could be shown.</summary>
    public int Dropped => _sorted.Sum(i => Math.Max(0, (int)Math.Round(i / Full) - 1));

    public override string ToString() => $"{Mean:F1} / {P95:F0} / {Max:F0}";
}
