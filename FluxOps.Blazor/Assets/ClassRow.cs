using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Assets;

/// <summary>A line of the legend: classes that look alike are one, as "Normal" is normal, loaded and heavily loaded.</summary>
/// <param name="Look">The first of them, whose mark is shown.</param>
public sealed record ClassRow(string Label, PaletteClass Look, IReadOnlyList<PaletteClass> Classes)
{
    public IEnumerable<string> Keys => Classes.Select(c => c.Key);

    /// <summary>The worst first, as the legend has them.</summary>
    public static IReadOnlyList<ClassRow> Of(PaletteMode mode) =>
        [.. mode.Classes.OrderByDescending(c => c.Order).GroupBy(c => c.Label).Select(g => new ClassRow(g.Key, g.First(), [.. g]))];
}
