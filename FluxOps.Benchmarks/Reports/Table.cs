namespace FluxOps.Benchmarks.Reports;

/// <summary>A table for people: markdown, so that it can be pasted as it is.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public Table Add(params object?[] cells)
    {
        _rows.Add([.. cells.Select(Text)]);
        return this;
    }

    public void Print(string title, string? note = null)
    {
        var widths = columns.Select((c, i) => Math.Max(c.Length, _rows.Select(r => r[i].Length).DefaultIfEmpty().Max())).ToArray();
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine(Line(columns));
        Console.WriteLine("|" + string.Concat(widths.Select((w, i) => i == 0 ? new string('-', w + 2) + "|" : new string('-', w + 1) + ":|")));
        foreach (var row in _rows)
            Console.WriteLine(Line(row));
        if (note is not null)
            Console.WriteLine($"\n{note}");

        string Line(string[] cells) => "| " + string.Join(" | ", cells.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))) + " |";
    }

    private static string Text(object? cell) => cell switch
    {
        null => "–",
        double d => Math.Abs(d) switch { >= 1000 => d.ToString("N0"), >= 100 => d.ToString("F0"), >= 10 => d.ToString("F1"), _ => d.ToString("F2") },
        int or long => ((IFormattable)cell).ToString("N0", null),
        _ => cell.ToString() ?? "",
    };
}
