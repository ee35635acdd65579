namespace FluxOps.Blazor.Live;

/// <summary>Kinds of asset on the map. The numbers are the layers of the bulk lane and the index into the palette's "layers": a wire contract.</summary>
public enum AssetLayer : byte { Substation = 0, Feeder = 1, Segment = 2, Device = 3, Transformer = 4, Meter = 5 }

/// <summary>One asset: its layer and its dense id there (a device's id is its index in <c>LineDevices</c>).</summary>
public readonly record struct AssetRef(AssetLayer Layer, int Id);

/// <summary>Where a voltage lies in ANSI C84.1: service columns up to 600 V, 0.975–1.05 and 0.95–1.058 of nominal above. The numbers are a wire contract.</summary>
public enum VoltageBand : byte { Unknown = 0, BelowB = 1, BLow = 2, A = 3, BHigh = 4, AboveB = 5 }

/// <summary>Load over rating: below 60 %, 60 to 80, 80 to 100, over 100. The numbers are a wire contract.</summary>
public enum LoadBand : byte { Unknown = 0, Under60 = 1, To80 = 2, To100 = 3, Over100 = 4 }

/// <summary>
/// All that the map draws of an asset, in one byte, so that a change of the colouring mode asks the server for nothing:
/// <c>((dead · 4 + age) · 6 + voltage) · 5 + load</c>, below 240. What each mode makes of it is in <c>wwwroot/js/palette.json</c>.
/// </summary>
public readonly record struct AssetCode(byte Value)
{
    /// <summary>Codes there are.</summary>
    public const int Count = 240;

    /// <summary>Nothing is known of it.</summary>
    public static readonly AssetCode Unknown = Of(false, Freshness.Never, VoltageBand.Unknown, LoadBand.Unknown);

    public static AssetCode Of(bool dead, Freshness age, VoltageBand volt, LoadBand load) =>
        new((byte)((((dead ? 4 : 0) + (int)age) * 6 + (int)volt) * 5 + (int)load));

    public bool Dead => Value >= Count / 2;
    public Freshness Age => (Freshness)(Value / 30 % 4);
    public VoltageBand Volt => (VoltageBand)(Value / 5 % 6);
    public LoadBand Load => (LoadBand)(Value % 5);
    /// <summary>What the status mode makes of it.</summary>
    public AssetStatus Status => (AssetStatus)MapPalette.Status.ClassOf(Value);
}
