using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Shell;

/// <summary>How a status is written: shape and word always go together, colour only repeats them. Normal is quiet and has no shape.</summary>
public static class StatusLook
{
    public static string Shape(AssetStatus status) => status switch
    {
        AssetStatus.DeEnergised => "■",
        AssetStatus.OverLimit => "▲",
        AssetStatus.VoltageOut => "▼",
        AssetStatus.Stale => "◌",
        AssetStatus.Never => "–",
        _ => "",
    };

    public static string Word(AssetStatus status) => status switch
    {
        AssetStatus.DeEnergised => "de-energised",
        AssetStatus.OverLimit => "over limit",
        AssetStatus.VoltageOut => "voltage",
        AssetStatus.Heavy => "heavy",
        AssetStatus.Loaded => "loaded",
        AssetStatus.Stale => "stale",
        AssetStatus.Never => "never",
        _ => "normal",
    };

    /// <summary>CSS class of the abnormal ones; empty for whatever should stay quiet.</summary>
    public static string Css(AssetStatus status) => status switch
    {
        AssetStatus.DeEnergised => "out",
        AssetStatus.OverLimit => "o",
        AssetStatus.VoltageOut => "v",
        AssetStatus.Stale => "s",
        AssetStatus.Never => "never",
        _ => "",
    };

    /// <summary>CSS class of a row whose value is old or was never there.</summary>
    public static string? Row(Freshness freshness) => freshness switch { Freshness.Stale => "stale", Freshness.Never => "never", _ => null };

    /// <summary>Worst first: 0 is the worst. Without data comes before merely loaded, since nobody knows.</summary>
    public static int Rank(AssetStatus status) => StatusLimits.Rank(status);

    public static string PriorityShape(int priority) => priority switch { 1 => "■", 2 => "▲", 3 => "▼", _ => "●" };
}
