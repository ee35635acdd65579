using FluxOps.Data.Readings;

namespace FluxOps.Generator.Replay;

/// <summary>ESPI 4.0 reading quality (grid-domain 1.10) in our vocabulary.</summary>
public static class EspiQuality
{
    internal const string Known = "0 or 7 to 19";

    /// <summary>From what can be trusted most to what can be trusted least.</summary>
    private static readonly ReadingQuality[] Order = [ReadingQuality.Good, ReadingQuality.Edited, ReadingQuality.Estimated, ReadingQuality.Suspect];

    internal static bool IsKnown(string code) => Of(code) is not null;

    /// <summary>Of several comma-separated codes the least trusted counts; none at all means that the source vouches for the value.</summary>
    public static ReadingQuality Map(string? codes) => codes is null
        ? ReadingQuality.Good
        : codes.Split(',').Select(c => Of(c) ?? throw new ArgumentException($"No ESPI reading quality: {c}", nameof(codes))).MaxBy(q => Array.IndexOf(Order, q));

    private static ReadingQuality? Of(string code) => code switch
    {
        "0" or "17" or "18" or "19" => ReadingQuality.Good, // valid, validated, verified, revenue quality
        "14" => ReadingQuality.Good,                        // raw: measured, nobody has looked at it
        "7" => ReadingQuality.Edited,
        "8" or "9" => ReadingQuality.Estimated,             // by a reference day, by interpolation
        "11" or "12" or "13" => ReadingQuality.Estimated,   // derived, projected, mixed: not all of it was measured
        "15" => ReadingQuality.Estimated,                   // normalized for weather: not what flowed
        "10" or "16" => ReadingQuality.Suspect,             // questionable, other
        _ => null,
    };
}
