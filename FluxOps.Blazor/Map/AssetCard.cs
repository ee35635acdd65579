namespace FluxOps.Blazor.Map;

/// <summary>A letter beside a value that is not plainly measured and good, and what it stands for.</summary>
public sealed record ValueLetter(string Letter, string Word);

/// <summary>One value of an asset, in words.</summary>
/// <param name="At">Source time, Unix milliseconds; 0: there never was a value; −1: it does not age (a rating, an address).</param>
/// <param name="Period">The source's own period, s.</param>
/// <param name="Tone">CSS class of what is abnormal: out, o, v; <see cref="Past"/>; null for the rest.</param>
public sealed record AssetLine(string Label, string Value, string? Unit = null, long At = AssetLine.Ageless, int Period = 0, IReadOnlyList<ValueLetter>? Letters = null, string? Tone = null)
{
    public const long Ageless = -1;
    /// <summary>Tone of a value from before an outage.</summary>
    public const string Past = "past";

    /// <summary>What the look alone would not say.</summary>
    public string? Title => Tone == Past ? AssetWords.BeforeOutage : null;
}

/// <summary>What the hover card and the panel tell of one asset. Ages are the browser's to show.</summary>
public sealed record AssetCard(string Name, string Kind, IReadOnlyList<AssetLine> Lines);
