using System.Runtime.InteropServices;

namespace FluxOps.Blazor.Find;

/// <summary>The different words of a network: some thousands, however many meters there are. A word's number is its place by frequency, so that common ones take one byte.</summary>
internal sealed class Vocabulary
{
    private readonly char[] _letters;
    private readonly int[] _first;
    private readonly ulong[] _signatures;

    public Vocabulary(IReadOnlyList<string> words)
    {
        _first = new int[words.Count + 1];
        _signatures = new ulong[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            _first[i + 1] = _first[i] + words[i].Length;
            _signatures[i] = Typos.Signature(words[i]);
        }

        _letters = new char[_first[^1]];
        for (var i = 0; i < words.Count; i++) words[i].CopyTo(_letters.AsSpan(_first[i]));
    }

    public int Count => _signatures.Length;
    public ReadOnlySpan<char> this[int word] => _letters.AsSpan(_first[word], _first[word + 1] - _first[word]);
    public int LengthOf(int word) => _first[word + 1] - _first[word];
    /// <summary>Bytes held.</summary>
    public long Size => (_letters.Length * sizeof(char)) + (_first.Length * sizeof(int)) + (_signatures.Length * sizeof(ulong));

    /// <summary>Adds every word that fits what was asked.</summary>
    public void Match(ReadOnlySpan<char> asked, List<(int Word, WordMatch Match)> found)
    {
        var signature = Typos.Signature(asked);
        var allowed = Typos.Allowed(asked.Length);
        var signatures = _signatures;
        for (var i = 0; i < signatures.Length; i++)
            if (Typos.MayMatch(signature, signatures[i], allowed) && Typos.Match(asked, this[i]) is not WordMatch.None and var match)
                found.Add((i, match));
    }

    /// <summary>Collects words and counts them; numbers in order of appearance until <see cref="Finish"/>.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
        private readonly List<int> _counts = [];

        public Builder() => _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();

        public int Add(ReadOnlySpan<char> word)
        {
            if (word.Length > SearchText.LongestWord) word = word[..SearchText.LongestWord];
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySpan, word, out var known);
            if (!known)
            {
                number = _counts.Count;
                _counts.Add(0);
            }

            CollectionsMarshal.AsSpan(_counts)[number]++;
            return number;
        }

        /// <summary>The words by frequency, their counts likewise, and the new number of each old one.</summary>
        public (Vocabulary Words, int[] Counts, int[] NewOf) Finish()
        {
            var counts = _counts.ToArray();
            var words = new string[counts.Length];
            foreach (var (word, number) in _known) words[number] = word;
            var order = Enumerable.Range(0, counts.Length).ToArray();
            Array.Sort(Array.ConvertAll(counts, c => -c), order);
            var newOf = new int[order.Length];
            for (var i = 0; i < order.Length; i++) newOf[order[i]] = i;
            return (new(Array.ConvertAll(order, o => words[o])), Array.ConvertAll(order, o => counts[o]), newOf);
        }
    }
}
