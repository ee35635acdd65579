namespace FluxOps.Benchmarks.Map;

/// <summary>What was measured of one page, in order: as text, and the number that is compared.</summary>
internal sealed class MapNumbers
{
    private readonly OrderedDictionary<string, (string Text, double Value)> _numbers = [];

    public IReadOnlyDictionary<string, (string Text, double Value)> Numbers => _numbers;
    public IReadOnlyList<string> Errors { get; set; } = [];

    public void Add(string name, double value) => _numbers[name] = (value >= 100 ? value.ToString("N0") : value.ToString("0.#"), value);

    public void Add(string name, FrameTimes frames) => _numbers[name] = (frames.ToString(), frames.P95);
}
