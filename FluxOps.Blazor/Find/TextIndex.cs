using System.Buffers;
using System.Numerics;

namespace FluxOps.Blazor.Find;

/// <summary>
/// Texts by their words: which texts hold a word, and which words a text holds, each as varints. A question walks the texts of its rarest word and
/// looks up there how the others fit; no text itself is kept. Immutable.
/// </summary>
internal sealed class TextIndex
{
    /// <summary>Texts looked at for one question, the best fitting words' first: a bound that only questions of nothing but very common words reach, as a city or a ZIP code alone.</summary>
    internal const int MostVisited = 60_000;

    private readonly Vocabulary _words;
    private readonly int[] _counts;
    private readonly byte[] _wordsOfText, _textsOfWord;
    private readonly int[] _firstOfText, _firstOfWord;

    private TextIndex(Vocabulary words, int[] counts, byte[] wordsOfText, int[] firstOfText, byte[] textsOfWord, int[] firstOfWord)
    {
        (_words, _counts) = (words, counts);
        (_wordsOfText, _firstOfText, _textsOfWord, _firstOfWord) = (wordsOfText, firstOfText, textsOfWord, firstOfWord);
    }

    public int Texts => _firstOfText.Length - 1;
    public int Words => _words.Count;
    /// <summary>Bytes held.</summary>
    public long Size => _words.Size + _wordsOfText.Length + _textsOfWord.Length + ((_counts.Length + _firstOfText.Length + _firstOfWord.Length) * sizeof(int));

    /// <summary>A text that fits, how badly, and how long it is.</summary>
    public delegate void Fits(int text, int badness, int length);

    /// <summary>How badly one word fits: any typo is worse than any number of mere beginnings.</summary>
    public static int Badness(WordMatch match) => ((int)match / 2 * 16) + ((int)match & 1);

    /// <summary>Calls back for the texts from <paramref name="from"/> to <paramref name="to"/> (exclusive) of which each word asked fits one; a text may come more than once.</summary>
    /// <returns>Texts looked at: of the rarest word asked, at most <see cref="MostVisited"/>; the other words are only looked up in them.</returns>
    public int Find(IReadOnlyList<string> asked, int from, int to, Fits fits)
    {
        if (asked.Count == 0 || Words == 0) return 0;
        var count = Math.Min(asked.Count, SearchText.MostWords);
        // A byte lane for each word asked: 0 where it does not fit, 1 + WordMatch where it does.
        var lanes = ArrayPool<ulong>.Shared.Rent(Words);
        Array.Clear(lanes, 0, Words);
        try
        {
            List<(int Word, WordMatch Match)>? rarest = null;
            var least = long.MaxValue;
            for (var w = 0; w < count; w++)
            {
                List<(int Word, WordMatch Match)> found = [];
                _words.Match(asked[w], found);
                long texts = 0;
                foreach (var (word, match) in found)
                {
                    lanes[word] |= (ulong)(1 + (int)match) << (8 * w);
                    texts += _counts[word];
                }

                if (found.Count == 0) return 0;
                if (texts < least) (rarest, least) = (found, texts);
            }

            rarest!.Sort((a, b) => (a.Match, _words.LengthOf(a.Word), a.Word).CompareTo((b.Match, _words.LengthOf(b.Word), b.Word)));
            return Walk(rarest, lanes, count, from, to, fits);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(lanes);
        }
    }

    private int Walk(List<(int Word, WordMatch Match)> through, ulong[] lanes, int asked, int from, int to, Fits fits)
    {
        var visited = 0;
        foreach (var (word, _) in through)
        {
            var text = 0;
            for (int at = _firstOfWord[word], end = _firstOfWord[word + 1]; at < end;)
            {
                text += Varints.Read(_textsOfWord, ref at);
                if (text < from) continue;
                if (text >= to) break;
                // Here, not between two words: one word may be in every text there is.
                if (visited == MostVisited) return visited;
                visited++;
                if (BadnessOf(text, lanes, asked, out var length) is >= 0 and var badness) fits(text, badness, length);
            }
        }

        return visited;
    }

    private int BadnessOf(int text, ulong[] lanes, int asked, out int length)
    {
        Span<byte> best = stackalloc byte[SearchText.MostWords];
        best.Clear();
        length = 0;
        for (int at = _firstOfText[text], end = _firstOfText[text + 1]; at < end;)
        {
            var word = Varints.Read(_wordsOfText, ref at);
            length += _words.LengthOf(word);
            for (var rest = lanes[word]; rest != 0;)
            {
                var lane = BitOperations.TrailingZeroCount(rest) / 8;
                var match = (byte)(rest >> (8 * lane));
                if (best[lane] == 0 || match < best[lane]) best[lane] = match;
                rest &= ~(0xffUL << (8 * lane));
            }
        }

        var badness = 0;
        for (var w = 0; w < asked; w++)
        {
            if (best[w] == 0) return -1;
            badness += Badness((WordMatch)(best[w] - 1));
        }

        return badness;
    }

    /// <summary>Takes the texts in order, then turns them round.</summary>
    internal sealed class Builder
    {
        private readonly Vocabulary.Builder _words = new();
        private readonly List<int> _firstOfText = [0];
        private readonly List<int> _wordsOfText = [];

        public int Texts => _firstOfText.Count - 1;

        public void Word(ReadOnlySpan<char> word)
        {
            var number = _words.Add(word);
            // A word counts once a text.
            for (var i = _firstOfText[^1]; i < _wordsOfText.Count; i++)
                if (_wordsOfText[i] == number) return;
            _wordsOfText.Add(number);
        }

        public void EndText() => _firstOfText.Add(_wordsOfText.Count);

        public TextIndex Finish()
        {
            var (words, _, newOf) = _words.Finish();
            var (wordsOfText, firstOfText) = PackTexts(newOf);
            var counts = new int[words.Count];
            var (textsOfWord, firstOfWord) = PackWords(newOf, counts);
            return new(words, counts, wordsOfText, firstOfText, textsOfWord, firstOfWord);
        }

        private (byte[] Packed, int[] First) PackTexts(int[] newOf)
        {
            var size = 0;
            foreach (var word in _wordsOfText) size += Varints.Length(newOf[word]);
            var packed = new byte[size];
            var first = new int[_firstOfText.Count];
            var at = 0;
            for (var text = 0; text < Texts; text++)
            {
                for (var i = _firstOfText[text]; i < _firstOfText[text + 1]; i++) at += Varints.Write(packed.AsSpan(at), newOf[_wordsOfText[i]]);
                first[text + 1] = at;
            }

            return (packed, first);
        }

        private (byte[] Packed, int[] First) PackWords(int[] newOf, int[] counts)
        {
            var last = new int[counts.Length];
            var first = new int[counts.Length + 1];
            Each((word, text) =>
            {
                first[word + 1] += Varints.Length(text - last[word]);
                last[word] = text;
                counts[word]++;
            });
            for (var w = 0; w < counts.Length; w++) first[w + 1] += first[w];
            var packed = new byte[first[^1]];
            var at = first[..counts.Length];
            Array.Clear(last);
            Each((word, text) =>
            {
                at[word] += Varints.Write(packed.AsSpan(at[word]), text - last[word]);
                last[word] = text;
            });
            return (packed, first);

            void Each(Action<int, int> each)
            {
                for (var text = 0; text < Texts; text++)
                    for (var i = _firstOfText[text]; i < _firstOfText[text + 1]; i++) each(newOf[_wordsOfText[i]], text);
            }
        }
    }
}
