using System.Globalization;

namespace FluxOps.Blazor.Find;

/// <summary>A piece of a text, and whether it is what was looked for.</summary>
public readonly record struct MarkedPart(string Text, bool Marked);

/// <summary>Which part of a shown text fits what was asked, by the same comparison that found it.</summary>
internal static class Marks
{
    public static IReadOnlyList<MarkedPart> Of(string text, Question asked)
    {
        var folded = SearchText.Fold(text);
        // Letters that fold into two have no place of their own; such a text is shown plain.
        if (folded.Length != text.Length) return [new(text, false)];
        var marked = new bool[text.Length];
        foreach (var range in SearchText.Chunks(folded))
        {
            var (start, length) = range.GetOffsetAndLength(folded.Length);
            var chunk = folded.AsSpan(range);
            if (Mark(chunk, marked.AsSpan(start, length), asked)) continue;
            foreach (var part in SearchText.Parts(chunk))
            {
                var (from, size) = part.GetOffsetAndLength(length);
                Mark(chunk[part], marked.AsSpan(start + from, size), asked);
            }
        }

        List<MarkedPart> parts = [];
        for (int at = 0, end; at < text.Length; at = end)
        {
            end = at + 1;
            while (end < text.Length && marked[end] == marked[at]) end++;
            parts.Add(new(text[at..end], marked[at]));
        }

        return parts;
    }

    private static bool Mark(ReadOnlySpan<char> chunk, Span<bool> marked, Question asked)
    {
        var word = SearchText.Joined(chunk);
        var (best, letters) = (WordMatch.None, 0);
        foreach (var question in asked.Name.Length > 0 ? [.. asked.Words, asked.Name] : asked.Words)
        {
            var match = Typos.Match(question, word);
            if (match is WordMatch.None && SameNumber(question, word)) match = WordMatch.Exact;
            // Of all words run together only a true fit is marked: "hoby 12" is no typo of HOB-1204.
            if (asked.Words is [_, _, ..] && ReferenceEquals(question, asked.Name) && match is not (WordMatch.Exact or WordMatch.Prefix)) continue;
            if (match < best) (best, letters) = (match, match is WordMatch.Prefix or WordMatch.TypoPrefix or WordMatch.TwoTyposPrefix ? question.Length : word.Length);
        }

        if (best is WordMatch.None) return false;
        for (var i = 0; i < chunk.Length && letters > 0; i++)
        {
            marked[i] = true;
            if (char.IsLetterOrDigit(chunk[i])) letters--;
        }

        return true;
    }

    // Leading zeros need not be typed.
    private static bool SameNumber(string a, string b) =>
        long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var x) && long.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && x == y;
}
