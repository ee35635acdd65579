using System.Text;

namespace FluxOps.Blazor.Find;

/// <summary>
/// How names, addresses and what is typed become words: lower case, without accents, letters and digits only. What holds together, such as
/// <c>SUB-0147</c> or <c>12-B</c>, is a chunk: one word without its signs, and its parts besides.
/// </summary>
public static class SearchText
{
    /// <summary>Letters of a word that count; what is longer is cut.</summary>
    public const int LongestWord = 32;
    /// <summary>Characters of a question that are looked at.</summary>
    public const int LongestQuestion = 120;
    /// <summary>Words of a question that are looked at: a byte each in one ulong.</summary>
    public const int MostWords = 8;

    private const string Latin1 = "aaaaaaaceeeeiiiidnooooo÷ouuuuyty";
    private const string LatinA =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>Lower case and without accents. By tables of our own: the site runs without ICU, and without it .NET takes no letter apart.</summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c is < '\u0300' or > '\u036f' && !char.IsSurrogate(c)) folded.Append(Plain(char.ToLowerInvariant(c)));
        return folded.ToString();
    }

    private static char Plain(char c) => c switch
    {
        'ß' => 's',
        >= 'à' and <= 'ÿ' => Latin1[c - 'à'],
        >= 'Ā' and <= 'ſ' => LatinA[c - 'Ā'],
        >= '！' and <= '～' => char.ToLowerInvariant((char)(c - '！' + '!')), // full width, as East Asian keyboards write
        _ => c,
    };

    /// <summary>Where each chunk of a folded text lies.</summary>
    public static List<Range> Chunks(ReadOnlySpan<char> folded)
    {
        List<Range> chunks = [];
        for (var at = 0; at < folded.Length; at++)
        {
            if (!char.IsLetterOrDigit(folded[at])) continue;
            var end = at + 1;
            while (end < folded.Length && (char.IsLetterOrDigit(folded[end]) || (Joins(folded[end]) && end + 1 < folded.Length && char.IsLetterOrDigit(folded[end + 1])))) end++;
            chunks.Add(at..end);
            at = end;
        }

        return chunks;
    }

    /// <summary>A chunk without its signs.</summary>
    public static string Joined(ReadOnlySpan<char> chunk)
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        foreach (var c in chunk)
            if (char.IsLetterOrDigit(c) && length < LongestWord) word[length++] = c;
        return new(word[..length]);
    }

    /// <summary>A chunk's parts, between its signs; none where it has no sign.</summary>
    public static List<Range> Parts(ReadOnlySpan<char> chunk)
    {
        List<Range> parts = [];
        for (int at = 0, i = 0; i <= chunk.Length; i++)
        {
            if (i < chunk.Length && char.IsLetterOrDigit(chunk[i])) continue;
            if (i == chunk.Length && at == 0) return parts;
            if (i > at) parts.Add(at..i);
            at = i + 1;
        }

        return parts;
    }

    /// <summary>Every word of a text, joined ones and parts.</summary>
    public static void AddWords(string text, HashSet<string> words)
    {
        var folded = Fold(text);
        foreach (var range in Chunks(folded))
        {
            var chunk = folded.AsSpan(range);
            words.Add(Joined(chunk));
            foreach (var part in Parts(chunk)) words.Add(Joined(chunk[part]));
        }
    }

    private static bool Joins(char c) => c is '-' or '\'' or '’' or '.' or '/' or '#' or '&' or '_' or '‐' or '‑' or '–';
}
