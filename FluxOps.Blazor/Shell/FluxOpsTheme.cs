using MudBlazor;

namespace FluxOps.Blazor.Shell;

/// <summary>
/// MudBlazor in our type and shape. Its colours are overridden in the stylesheet by the design tokens, so that dark and light are one attribute of the page
/// and changing it costs the server nothing; the palette here is the dark one, for the moment before the stylesheet has come.
/// </summary>
public static class FluxOpsTheme
{
    private static readonly string[] Body = ["Inter", "Segoe UI", "system-ui", "sans-serif"];
    private static readonly string[] Head = ["Quantico", "Inter", "Segoe UI", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Background = "#23262A", Surface = "#2C3035", AppbarBackground = "#2C3035", DrawerBackground = "#2C3035",
            Primary = "#4C9FFF", Secondary = "#A8AEB4", Error = "#EE434A", Warning = "#F9A130", Info = "#A8AEB4", Success = "#898D92",
            TextPrimary = "#E6E8EA", TextSecondary = "#A8AEB4", LinesDefault = "#40464D", LinesInputs = "#757C84", Divider = "#40464D",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Body, FontSize = "1rem", LineHeight = "1.35" },
            Body1 = new Body1Typography { FontFamily = Body, FontSize = "1rem", LineHeight = "1.35" },
            H1 = new H1Typography { FontFamily = Head, FontSize = "1.3rem", FontWeight = "700" },
            Button = new ButtonTypography { FontFamily = Body, FontSize = ".875rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "4px" },
    };
}
