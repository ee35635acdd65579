using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>Names of assets to assets and back.</summary>
/// <param name="serials">Null where no meter's name is asked for.</param>
public sealed class NetworkNames(GridTopology topology, MeterSerials? serials)
{
    private static readonly NumberedName Transformers = new(AssetNames.TransformerPrefix + "-", 6), Segments = new(AssetNames.SegmentPrefix + "-", 6);

    public string Of(AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation => topology.Model.Substations[asset.Id].Code,
        AssetLayer.Feeder => topology.Model.Feeders[asset.Id].Name,
        AssetLayer.Segment => AssetNames.Segment(asset.Id),
        AssetLayer.Device => AssetNames.Device(topology.Model.Devices.Kind[asset.Id], asset.Id),
        AssetLayer.Transformer => AssetNames.Transformer(asset.Id),
        AssetLayer.Meter => Serials.Of(asset.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(asset), asset, "not a layer"),
    };

    /// <summary>The asset of that name, in any case: <c>SUB-0147</c>, <c>HOB-1204</c>, <c>TX-012345</c>, <c>LN-012345</c>, <c>RC-012345</c>, a meter's serial.</summary>
    public AssetRef? Find(string name)
    {
        name = name.Trim();
        // Its number alone is no name: it would be a station's and a feeder's at once.
        if (name.Length == 0 || name.All(char.IsAsciiDigit)) return null;
        var names = GridNames.Of(topology.Model);
        if (names.Substation(name) is { } station) return new(AssetLayer.Substation, station.Id);
        if (names.Feeder(name) is { } feeder) return new(AssetLayer.Feeder, feeder.Id);
        if (AssetNames.TryParse(name, out var prefix, out var number)) return Numbered(prefix, number);
        return serials?.Find(name) is { } meter ? new(AssetLayer.Meter, meter) : null;
    }

    /// <summary>A test for names of a layer that begin with the text, in any case; a station's name counts beside its code.</summary>
    public Func<int, bool> BeginWith(AssetLayer layer, string text)
    {
        var model = topology.Model;
        switch (layer)
        {
            case AssetLayer.Substation: return id => Begins(model.Substations[id].Code) || Begins(model.Substations[id].Name);
            case AssetLayer.Feeder: return id => Begins(model.Feeders[id].Name);
            case AssetLayer.Device: return id => Begins(AssetNames.Device(model.Devices.Kind[id], id));
            case AssetLayer.Meter: return Serials.BeginWith(text);
            default:
                var (from, to) = (layer is AssetLayer.Segment ? Segments : Transformers).BeginningWith(text);
                return id => id >= from && id < to;
        }

        bool Begins(string name) => name.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }

    private MeterSerials Serials => serials ?? throw new InvalidOperationException("The meters' serials were not asked for.");

    private AssetRef? Numbered(string prefix, int number) => prefix switch
    {
        AssetNames.TransformerPrefix => number < topology.Model.Transformers.Count ? new(AssetLayer.Transformer, number) : null,
        AssetNames.SegmentPrefix => number < topology.Model.Segments.Count ? new(AssetLayer.Segment, number) : null,
        _ => number < topology.Model.Devices.Count && AssetNames.PrefixOf(topology.Model.Devices.Kind[number]) == prefix ? new(AssetLayer.Device, number) : null,
    };
}
