using System.Globalization;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Find;

/// <summary>All that is numbered rather than named. A typo is undone by trying what it may have been: some hundreds of look-ups, whatever the number of names.</summary>
internal sealed class NameRuns
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    /// <summary>Digits alone that may begin a number: fewer begin too much.</summary>
    private const int FewestDigits = 4;

    private readonly Dictionary<string, NameRun[]>.AlternateLookup<ReadOnlySpan<char>> _byLetters;

    public NameRuns(IEnumerable<NameRun> runs)
    {
        All = [.. runs.Where(r => r.Count > 0)];
        _byLetters = All.GroupBy(r => r.Letters).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Longest = All.Length == 0 ? 0 : All.Max(r => r.Length);
    }

    public NameRun[] All { get; }
    /// <summary>Letters and digits of the longest name.</summary>
    public int Longest { get; }

    public delegate void Fits(NameRun run, int id, int badness);

    /// <summary>Transformers, segments and devices: their numbers are their ids.</summary>
    public static IEnumerable<NameRun> OfNetwork(int transformers, int segments, IReadOnlyList<AssetKind> devices)
    {
        yield return new(AssetLayer.Transformer, AssetNames.TransformerPrefix + "-", 6, 0, 0, transformers);
        yield return new(AssetLayer.Segment, AssetNames.SegmentPrefix + "-", 6, 0, 0, segments);
        foreach (var kind in Enumerable.Range(0, devices.Count).GroupBy(i => devices[i]))
            yield return NameRun.Of(AssetLayer.Device, AssetNames.PrefixOf(kind.Key) + "-", 6, [.. kind.Select(i => (long)i)], [.. kind]);
    }

    /// <param name="asked">Letters and digits only, folded.</param>
    /// <param name="take">Names wanted of any one run.</param>
    public void Find(string asked, int take, Fits fits)
    {
        var digits = Digits(asked);
        var letters = asked.AsSpan(0, asked.Length - digits.Length);
        if (asked.Length is < 2 or > SearchText.LongestWord) return;
        if (Number(digits) is { } number)
            Numbered(letters, digits, number, take, fits);
        else if (digits.IsEmpty)
            foreach (var run in All)
                if (run.Letters.StartsWith(asked, StringComparison.Ordinal)) Range(run, 0, run.Count, take, fits);
        if (asked.Length <= Longest + 1) Mistyped(asked, fits);
    }

    private void Numbered(ReadOnlySpan<char> letters, ReadOnlySpan<char> digits, long number, int take, Fits fits)
    {
        var runs = All;
        if (letters.Length > 0 && !_byLetters.TryGetValue(letters, out runs)) return;
        foreach (var run in runs)
        {
            if (digits.Length > run.Width) continue;
            // Leading zeros need not be typed.
            if (run.TryFind(number, out var id)) fits(run, id, digits.Length == run.Width && letters.Length > 0 ? TextIndex.Badness(WordMatch.Exact) : TextIndex.Badness(WordMatch.Prefix));
            if (digits.Length == run.Width || (letters.IsEmpty && digits.Length < FewestDigits)) continue;
            var scale = (long)Math.Pow(10, run.Width - digits.Length);
            Range(run, run.From(number * scale), run.From((number + 1) * scale), take, fits);
        }
    }

    private static void Range(NameRun run, int from, int to, int take, Fits fits)
    {
        for (var i = from; i < Math.Min(to, from + take); i++) fits(run, run.IdAt(i), TextIndex.Badness(WordMatch.Prefix) + 1);
    }

    private void Mistyped(string asked, Fits fits)
    {
        Span<char> other = stackalloc char[asked.Length + 1];
        // Swapped neighbours are the commonest slip, and the fewest names differ by one.
        for (var i = 0; i + 1 < asked.Length; i++)
        {
            asked.CopyTo(other);
            (other[i], other[i + 1]) = (other[i + 1], other[i]);
            Exactly(other[..asked.Length], 0, fits);
        }

        for (var i = 0; i < asked.Length; i++)
        {
            asked.AsSpan(0, i).CopyTo(other);
            asked.AsSpan(i + 1).CopyTo(other[i..]);
            Exactly(other[..(asked.Length - 1)], 1, fits);
            asked.CopyTo(other);
            foreach (var c in Alphabet)
            {
                other[i] = c;
                Exactly(other[..asked.Length], 1, fits);
            }
        }

        for (var i = 0; i <= asked.Length; i++)
        {
            asked.AsSpan(0, i).CopyTo(other);
            asked.AsSpan(i).CopyTo(other[(i + 1)..]);
            foreach (var c in Alphabet)
            {
                other[i] = c;
                Exactly(other, 1, fits);
            }
        }
    }

    private void Exactly(ReadOnlySpan<char> name, int extra, Fits fits)
    {
        var digits = Digits(name);
        if (Number(digits) is not { } number) return;
        var letters = name[..^digits.Length];
        var runs = All;
        if (letters.Length > 0 && !_byLetters.TryGetValue(letters, out runs)) return;
        foreach (var run in runs)
            if (run.Width == digits.Length && run.TryFind(number, out var id)) fits(run, id, TextIndex.Badness(WordMatch.Typo) + extra);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> name)
    {
        var at = name.Length;
        while (at > 0 && char.IsAsciiDigit(name[at - 1])) at--;
        return name[at..];
    }

    private static long? Number(ReadOnlySpan<char> digits) =>
        digits.Length is > 0 and <= 18 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Sorts serials into runs as they come. What has no such shape, or one shape too many, is for the words.</summary>
    internal sealed class Builder(AssetLayer layer)
    {
        private const int MostRuns = 64;
        private readonly Dictionary<(string Prefix, int Width), (List<long> Numbers, List<int> Ids)> _runs = [];

        public bool Add(int id, string name)
        {
            var digits = name.Length - Digits(name).Length;
            var prefix = name.AsSpan(0, digits);
            // Digits before the letters would be taken for a number of their own.
            if (name.Length - digits is 0 or > 18 || digits > 12 || prefix.ContainsAnyInRange('0', '9')) return false;
            var key = (prefix.ToString(), name.Length - digits);
            if (!_runs.TryGetValue(key, out var run))
            {
                if (_runs.Count == MostRuns) return false;
                _runs[key] = run = ([], []);
            }

            run.Numbers.Add(long.Parse(name.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture));
            run.Ids.Add(id);
            return true;
        }

        public IEnumerable<NameRun> Finish() => _runs.Select(r => NameRun.Of(layer, r.Key.Prefix, r.Key.Width, [.. r.Value.Numbers], [.. r.Value.Ids]));
    }
}
