using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>All that is known of any asset, in one picture of the grid and in the words of one of the map's modes.</summary>
public sealed class AssetPicture(LiveGrid live, PictureCodes codes, GridTopology topology, NetworkNames names, PaletteMode mode)
{
    // Looked up some hundred thousand times in a row; only the nominal mode asks for the voltage too.
    private readonly PaletteClass?[] _byCode = [.. Enumerable.Range(0, AssetCode.Count).Select(c => mode.Class(mode.ClassOf((byte)c)) is { MaxKv: 0 } found ? found : null)];

    public GridSnapshot Snapshot => codes.Snapshot;
    public GridTopology Topology => topology;
    public NetworkNames Names => names;
    public PictureCodes Codes => codes;

    /// <summary>The same of another picture of the same network.</summary>
    public AssetPicture At(GridSnapshot snapshot) => new(live, new PictureCodes(snapshot, topology), topology, names, mode);

    public PaletteClass State(AssetRef asset) => StateOf(asset, codes.Of(asset));

    public AssetRow Row(AssetRef asset)
    {
        var code = codes.Of(asset);
        var (lat, lon) = topology.PlaceOf(asset);
        return new(asset, names.Of(asset), topology.FeederOf(asset), topology.SubstationOf(asset), lat, lon, code, StateOf(asset, code), Values(asset), asset.Layer is AssetLayer.Device ? codes.IsOpen(asset.Id) : null);
    }

    public AssetValues Values(AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation => OfStation(asset.Id),
        AssetLayer.Feeder => OfFeeder(asset.Id),
        AssetLayer.Segment => OfSegment(asset.Id),
        AssetLayer.Device => OfDevice(asset.Id),
        AssetLayer.Transformer => OfTransformer(asset.Id),
        AssetLayer.Meter => OfMeter(asset.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(asset), asset, "not a layer"),
    };

    /// <summary>Empty for a substation.</summary>
    public string FeederName(AssetRow row) => row.FeederId is { } feeder ? topology.Model.Feeders[feeder].Name : "";

    public string SubstationCode(AssetRow row) => topology.Model.Substations[row.SubstationId].Code;

    private PaletteClass StateOf(AssetRef asset, AssetCode code) => _byCode[code.Value] ?? mode.Class(mode.ClassOf(code.Value, KvOf(asset)));

    private float KvOf(AssetRef asset) => topology.FeederOf(asset) is { } feeder ? topology.Model.Feeders[feeder].NominalKv : topology.Model.Substations[asset.Id].SecondaryKv;

    private AssetValues OfStation(int id)
    {
        var s = Snapshot.Substations;
        return new(Number(s.Kv[id]), null, Number(s.LoadPercent[id]), Api.LiveValues.Time(s.SourceTime[id]), Api.LiveValues.At(s.Origin, id));
    }

    private AssetValues OfFeeder(int id)
    {
        var f = Snapshot.Feeders;
        return new(Number(f.Kv[id]), null, Number(f.LoadPercent[id]), Api.LiveValues.Time(f.SourceTime[id]), Api.LiveValues.At(f.Origin, id));
    }

    /// <summary>Its feeder's; below an open device, where the feeder's voltage and load are not, only who says so and when.</summary>
    private AssetValues OfSegment(int id)
    {
        var values = OfFeeder(topology.Model.Segments.FeederId[id]);
        return codes.Of(AssetLayer.Segment, id).Dead ? values with { Kv = null, LoadPercent = null } : values;
    }

    /// <summary>Its controller tells a position, no measurement.</summary>
    private AssetValues OfDevice(int id) =>
        Snapshot.Devices.TryGetValue(id, out var p) ? new(null, null, null, Api.LiveValues.Time(p.SourceTime), p.Origin) : default;

    private AssetValues OfMeter(int id) => live.Meter(id) is { } m ? new(null, Number(m.Volts), null, EndOf(m), m.Origin) : default;

    private AssetValues OfTransformer(int id) =>
        TransformerReading.Of(live, topology, id) is { } t ? new(null, Number(t.Value.MinVolts), Number(t.Value.Percent), t.End, t.Origin) : default;

    private static DateTimeOffset EndOf(MeterValue m) => DateTimeOffset.FromUnixTimeSeconds(m.IntervalStart + m.IntervalSeconds);

    private static double? Number(float value) => float.IsFinite(value) ? value : null;
}
