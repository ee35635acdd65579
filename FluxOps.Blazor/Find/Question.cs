namespace FluxOps.Blazor.Find;

/// <summary>What was typed, in the ways it may be meant.</summary>
public sealed class Question
{
    public Question(string text)
    {
        if (text.Length > SearchText.LongestQuestion) text = text[..SearchText.LongestQuestion];
        var folded = SearchText.Fold(text);
        List<string> joined = [], apart = [];
        foreach (var range in SearchText.Chunks(folded))
        {
            var chunk = folded.AsSpan(range);
            joined.Add(SearchText.Joined(chunk));
            var parts = SearchText.Parts(chunk);
            if (parts.Count == 0) apart.Add(joined[^1]);
            foreach (var part in parts) apart.Add(SearchText.Joined(chunk[part]));
        }

        Readings = joined.Count == apart.Count ? [First(joined)] : [First(joined), First(apart)];
        Name = string.Concat(joined);
        Words = [.. joined.Concat(apart).Distinct()];
        if (Name.Length > SearchText.LongestWord) Name = "";
    }

    /// <summary>"SUB-0147" is one word or two.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Readings { get; }
    /// <summary>All letters and digits together, as one name; empty where that is too long for a name.</summary>
    public string Name { get; }
    /// <summary>Every word of any reading.</summary>
    public IReadOnlyList<string> Words { get; }

    private static List<string> First(List<string> words) => words.Count > SearchText.MostWords ? words[..SearchText.MostWords] : words;
}
