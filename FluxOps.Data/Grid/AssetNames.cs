using System.Globalization;

namespace FluxOps.Data.Grid;

/// <summary>
/// Names of what the network numbers rather than names: <c>TX-012345</c> a service transformer, <c>LN-012345</c> a line segment, and by their kind the devices
/// <c>RC- SW- FU- TS- CP-</c>. The number is the id (a device's: its index). Substations, feeders and meters have names of their own.
/// </summary>
public static class AssetNames
{
    public const string TransformerPrefix = "TX", SegmentPrefix = "LN";

    public static string Transformer(int id) => Name(TransformerPrefix, id);
    public static string Segment(int id) => Name(SegmentPrefix, id);
    public static string Device(AssetKind kind, int index) => Name(PrefixOf(kind), index);

    public static string PrefixOf(AssetKind kind) => kind switch
    {
        AssetKind.ServiceTransformer => TransformerPrefix,
        AssetKind.Recloser => "RC",
        AssetKind.Switch => "SW",
        AssetKind.Fuse => "FU",
        AssetKind.TieSwitch => "TS",
        AssetKind.Capacitor => "CP",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of asset"),
    };

    /// <summary>Prefix and number of such a name, in any case and with any number of leading zeros; false where it is none.</summary>
    public static bool TryParse(string? name, out string prefix, out int number)
    {
        (prefix, number) = ("", -1);
        if (name is not { Length: >= 4 } || name[2] != '-') return false;
        prefix = name[..2].ToUpperInvariant();
        return prefix is "TX" or "LN" or "RC" or "SW" or "FU" or "TS" or "CP"
            && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string Name(string prefix, int id) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{id:D6}");
}
