using System.Globalization;
using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Find;

/// <summary>
/// Names of one shape, letters and then so many digits, such as <c>TX-012345</c> or <c>MTR-0012345</c>. Where numbers and ids both run on without a gap,
/// which is the rule, nothing is kept of each.
/// </summary>
internal sealed class NameRun
{
    private readonly long _first;
    private readonly int _firstId;
    private readonly long[]? _numbers;
    private readonly int[]? _ids;

    /// <summary>Ids and numbers that run on together.</summary>
    public NameRun(AssetLayer layer, string prefix, int width, long first, int firstId, int count)
    {
        (Layer, Prefix, Width, _first, _firstId, Count) = (layer, prefix, width, first, firstId, count);
        Letters = SearchText.Joined(SearchText.Fold(prefix));
    }

    private NameRun(AssetLayer layer, string prefix, int width, long[] numbers, int[] ids) : this(layer, prefix, width, 0, 0, numbers.Length) => (_numbers, _ids) = (numbers, ids);

    public static NameRun Of(AssetLayer layer, string prefix, int width, long[] numbers, int[] ids)
    {
        Array.Sort(numbers, ids);
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] != numbers[0] + i || ids[i] != ids[0] + i) return new(layer, prefix, width, numbers, ids);
        return new(layer, prefix, width, numbers.Length > 0 ? numbers[0] : 0, ids.Length > 0 ? ids[0] : 0, numbers.Length);
    }

    public AssetLayer Layer { get; }
    /// <summary>As it is written, with its sign: <c>TX-</c>.</summary>
    public string Prefix { get; }
    /// <summary>As it is compared: <c>tx</c>.</summary>
    public string Letters { get; }
    /// <summary>Digits.</summary>
    public int Width { get; }
    public int Count { get; }
    public int Length => Letters.Length + Width;
    public long Size => ((_numbers?.Length ?? 0) * sizeof(long)) + ((_ids?.Length ?? 0) * sizeof(int));

    public long NumberAt(int index) => _numbers is null ? _first + index : _numbers[index];
    public int IdAt(int index) => _ids is null ? _firstId + index : _ids[index];

    /// <summary>Place of the first number that is not smaller.</summary>
    public int From(long number)
    {
        if (_numbers is null) return (int)Math.Clamp(number - _first, 0, Count);
        var at = Array.BinarySearch(_numbers, number);
        return at < 0 ? ~at : at;
    }

    public bool TryFind(long number, out int id)
    {
        var at = From(number);
        var found = at < Count && NumberAt(at) == number;
        id = found ? IdAt(at) : -1;
        return found;
    }

    /// <summary>Name of an id where it follows from the number; null where only the store knows it.</summary>
    public string? NameOf(int id) =>
        _numbers is null && id >= _firstId && id < _firstId + Count ? Prefix + (_first + id - _firstId).ToString("D" + Width, CultureInfo.InvariantCulture) : null;
}
