using System.Numerics;

namespace FluxOps.Blazor.Find;

/// <summary>How a word of the question fits a word that there is. The smaller the better.</summary>
public enum WordMatch : byte
{
    Exact = 0,
    /// <summary>The beginning of it: somebody is typing.</summary>
    Prefix = 1,
    /// <summary>One letter or digit is wrong, missing, too many, or swapped with its neighbour.</summary>
    Typo = 2,
    TypoPrefix = 3,
    TwoTypos = 4,
    TwoTyposPrefix = 5,
    None = 255,
}

/// <summary>Compares words, swapped neighbours counting as one typo (optimal string alignment), and gives up as soon as two typos do not suffice.</summary>
public static class Typos
{
    /// <summary>Shortest word that may hold two typos.</summary>
    public const int LongWord = 7;
    /// <summary>Shortest beginning that may hold one: a shorter one begins too much.</summary>
    private const int ShortestTypedPrefix = 4;

    /// <summary>A bit for each letter and digit that occurs: what cannot fit is seen by counting bits.</summary>
    public static ulong Signature(ReadOnlySpan<char> word)
    {
        ulong bits = 0;
        foreach (var c in word) bits |= 1UL << (c is >= 'a' and <= 'z' ? c - 'a' : c is >= '0' and <= '9' ? 26 + c - '0' : 36 + (c % 27));
        return bits;
    }

    public static int Allowed(int length) => length >= LongWord ? 2 : length >= 1 ? 1 : 0;

    /// <summary>False only where <see cref="Match"/> is <see cref="WordMatch.None"/>: letters of the question that the word lacks take a typo each.</summary>
    public static bool MayMatch(ulong asked, ulong word, int allowed) => BitOperations.PopCount(asked & ~word) <= allowed;

    public static WordMatch Match(ReadOnlySpan<char> asked, ReadOnlySpan<char> word)
    {
        if (word.StartsWith(asked, StringComparison.Ordinal)) return word.Length == asked.Length ? WordMatch.Exact : WordMatch.Prefix;
        var allowed = Allowed(asked.Length);
        if (word.Length < asked.Length - allowed) return WordMatch.None;
        var (whole, prefix) = Distances(asked, word, allowed);
        // In a word of two letters, one wrong makes another word: only such short ones are taken for it.
        if (asked.Length <= 2 && word.Length > 3) whole = int.MaxValue;
        if (asked.Length < ShortestTypedPrefix) prefix = int.MaxValue;
        return (whole, prefix) switch
        {
            (1, _) => WordMatch.Typo,
            (_, 1) => WordMatch.TypoPrefix,
            (2, _) when allowed == 2 => WordMatch.TwoTypos,
            (_, 2) when allowed == 2 => WordMatch.TwoTyposPrefix,
            _ => WordMatch.None,
        };
    }

    /// <summary>Typos between the question and the word, and between the question and that beginning of the word which is nearest; anything over the limit is large.</summary>
    private static (int Whole, int Prefix) Distances(ReadOnlySpan<char> asked, ReadOnlySpan<char> word, int limit)
    {
        var m = asked.Length;
        Span<int> rows = stackalloc int[3 * (SearchText.LongestWord + 1)];
        var before = rows[..(m + 1)];
        var last = rows.Slice(m + 1, m + 1);
        var row = rows.Slice(2 * (m + 1), m + 1);
        for (var j = 0; j <= m; j++) last[j] = j;
        var nearest = int.MaxValue;
        for (var i = 1; i <= word.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= m; j++)
            {
                var d = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (word[i - 1] == asked[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == asked[j - 2] && word[i - 2] == asked[j - 1]) d = Math.Min(d, before[j - 2] + 1);
                row[j] = d;
                least = Math.Min(least, d);
            }

            nearest = Math.Min(nearest, row[m]);
            // A swap reaches two rows back, so one row over the limit is not yet the end.
            if (least > limit + 1) return (int.MaxValue, nearest);
            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return (last[m], nearest);
    }
}
