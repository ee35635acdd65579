using FluxOps.Blazor.Ami;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Map;

/// <summary>What assets, their states and their values are called.</summary>
public static class AssetWords
{
    /// <summary>Of a value that is the last one with supply.</summary>
    public const string BeforeOutage = "before the outage";

    public static string Of(AssetKind kind) => kind switch
    {
        AssetKind.ServiceTransformer => "Transformer",
        AssetKind.Recloser => "Recloser",
        AssetKind.Switch => "Switch",
        AssetKind.Fuse => "Fuse",
        AssetKind.TieSwitch => "Tie switch",
        AssetKind.Capacitor => "Capacitor bank",
        _ => "Device",
    };

    public static string Of(AssetLayer layer) => layer switch
    {
        AssetLayer.Substation => "Substation",
        AssetLayer.Feeder => "Feeder",
        AssetLayer.Segment => "Line",
        AssetLayer.Device => "Device",
        AssetLayer.Transformer => "Transformer",
        _ => "Meter",
    };

    public static string Of(SegmentKind kind) => kind switch { SegmentKind.Lateral => "Lateral", SegmentKind.Tie => "Tie line", _ => "Main line" };

    public static string Of(Phases phases) => phases == Phases.None ? "" : phases.ToString().Replace(", ", "", StringComparison.Ordinal);

    /// <summary>What the status mode makes of a code, as it is read out. A dead device is one that is not where it normally is.</summary>
    public static string State(AssetLayer layer, AssetCode code) => layer == AssetLayer.Device && code.Dead && code.Age != Freshness.Stale
        ? "not in its normal position"
        : MapPalette.Status.Class((int)code.Status).Word;

    /// <summary>Unknown where the picture does not hold it yet.</summary>
    public static AssetCode CodeOf(GridSnapshot snapshot, AssetRef asset)
    {
        var code = asset.Layer switch
        {
            AssetLayer.Substation => At(snapshot.Substations.Code, asset.Id),
            AssetLayer.Feeder => At(snapshot.Feeders.Code, asset.Id),
            AssetLayer.Segment => Of(snapshot.Assets?.Segments, asset.Id),
            AssetLayer.Device => Of(snapshot.Assets?.Devices, asset.Id),
            AssetLayer.Transformer => Of(snapshot.Assets?.Transformers, asset.Id),
            _ => Of(snapshot.Assets?.Meters, asset.Id),
        };
        return code is { } known ? new(known) : AssetCode.Unknown;

        static byte? At(byte[] codes, int id) => (uint)id < (uint)codes.Length ? codes[id] : null;
        static byte? Of(AssetCodes? codes, int id) => codes is not null && (uint)id < (uint)codes.Count ? codes.Of(id) : null;
    }

    /// <summary>Letters of what is not plainly measured and good; nothing for the rest.</summary>
    public static ValueLetter[] Letters(TelemetryQuality quality, ValueOrigin origin)
    {
        List<ValueLetter> letters = [];
        if (quality != TelemetryQuality.Good) letters.Add(quality switch { TelemetryQuality.Manual => new("M", "entered by hand"), TelemetryQuality.Bad => new("B", "bad quality"), _ => new("?", "uncertain quality") });
        if (MeterWords.Letter(origin) is { } letter) letters.Add(new(letter, MeterWords.Of(origin)));
        return [.. letters];
    }

    public static ValueLetter[] Letters(ReadingQuality quality, ValueOrigin origin)
    {
        List<ValueLetter> letters = [];
        if (MeterWords.Letter(quality) is { } q) letters.Add(new(q, MeterWords.Of(quality)));
        if (MeterWords.Letter(origin) is { } o) letters.Add(new(o, MeterWords.Of(origin)));
        return [.. letters];
    }
}
