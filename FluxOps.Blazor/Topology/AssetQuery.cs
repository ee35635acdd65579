using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Topology;

/// <summary>Which assets: of one layer, and all that is said holds.</summary>
public sealed record AssetFilter
{
    public required AssetLayer Layer { get; init; }
    /// <summary>The map's mode by whose classes <see cref="States"/> are named.</summary>
    public PaletteMode Mode { get; init; } = MapPalette.Status;
    /// <summary>Keys of classes of <see cref="Mode"/>; empty: all.</summary>
    public IReadOnlyCollection<string> States { get; init; } = [];
    public int? SubstationId { get; init; }
    public int? FeederId { get; init; }
    public GeoShape? Area { get; init; }
    /// <summary>What the name begins with.</summary>
    public string Text { get; init; } = "";
}

/// <summary>By which column; by id where that says nothing more.</summary>
public enum AssetSort { Name = 0, Feeder, Substation, State, Voltage, Load, SourceTime }

/// <summary>Newest values of one asset; null: none. A segment's are its feeder's while it has supply.</summary>
/// <param name="Kv">Line to line, kV: substations and what hangs on them.</param>
/// <param name="Volts">240 V base: meters; of transformers the lowest of their meters'.</param>
/// <param name="LoadPercent">Of the rating, %.</param>
/// <param name="SourceTime">When the source stamped it; of meters and transformers the end of the newest interval, of devices since when they are where they are.</param>
public readonly record struct AssetValues(double? Kv, double? Volts, double? LoadPercent, DateTimeOffset? SourceTime, ValueOrigin? Origin);

/// <param name="FeederId">Null for a substation.</param>
/// <param name="State">What the filter's mode makes of it.</param>
/// <param name="Open">Of a device: its position.</param>
public sealed record AssetRow(
    AssetRef Asset, string Name, int? FeederId, int SubstationId, double Latitude, double Longitude, AssetCode Code, PaletteClass State, AssetValues Values, bool? Open)
{
    /// <summary>Of a de-energised transformer or meter the values are its last ones with supply.</summary>
    public bool BeforeOutage => Code.Dead && Asset.Layer is (AssetLayer.Transformer or AssetLayer.Meter);

    /// <summary>The state as it is read out; of a device, its position: what is red there is a device out of its normal one.</summary>
    public string StateWord => Open is not { } open ? State.Word : $"{(open ? "open" : "closed")}{(Code.Dead ? ", not its normal position" : "")}";
}

/// <summary>
/// Lists of assets for tables and files, out of one picture of the grid: filtered and sorted once, read by the row. What is in the list and its order stand still;
/// values of meters and transformers are those at the time a row is read.
/// </summary>
public class AssetQuery(LiveGrid live, GridTopologies topologies)
{
    /// <summary>Assets between two looks at whether the answer is still wanted: a fraction of a millisecond.</summary>
    private const int Unasked = 4096;

    /// <summary>Waits for the first picture and for the network, where they are not there yet.</summary>
    public virtual async Task<AssetList> ListAsync(AssetFilter filter, AssetSort sort = AssetSort.Name, bool descending = false, CancellationToken ct = default)
    {
        var snapshot = live.Current ?? await live.FirstAsync(ct);
        var topology = await topologies.OfAsync(snapshot.Grid, ct);
        var serials = filter.Layer is AssetLayer.Meter ? await topologies.SerialsAsync(snapshot.Grid, ct) : null;
        var picture = new AssetPicture(live, new PictureCodes(snapshot, topology), topology, new NetworkNames(topology, serials), filter.Mode);
        var byClass = new int[filter.Mode.Classes.Max(c => c.Id) + 1];
        var ids = Matching(picture, filter, byClass, ct);
        return new(picture, filter, Sorted(picture, filter.Layer, serials, ids, sort, descending, ct), byClass);
    }

    /// <summary>In one pass: what fits, and of what fits but for its state, how many there are of each class.</summary>
    private static int[] Matching(AssetPicture picture, AssetFilter filter, int[] byClass, CancellationToken ct)
    {
        var (topology, layer) = (picture.Topology, filter.Layer);
        var inside = filter.Area is { } area ? ShapeQuery.Of(topology).Inside(area, layer) : null;
        var named = filter.Text.Trim() is { Length: > 0 } text ? picture.Names.BeginWith(layer, text) : null;
        var wanted = new bool[byClass.Length];
        foreach (var c in filter.Mode.Classes) wanted[c.Id] = filter.States.Count == 0 || filter.States.Contains(c.Key);
        List<int> found = [];
        for (int i = 0, count = inside?.Length ?? topology.CountOf(layer); i < count; i++)
        {
            if (i % Unasked == 0) ct.ThrowIfCancellationRequested();
            var asset = new AssetRef(layer, inside is null ? i : inside[i]);
            if (filter.FeederId is { } feeder && topology.FeederOf(asset) != feeder) continue;
            if (filter.SubstationId is { } station && topology.SubstationOf(asset) != station) continue;
            if (named is not null && !named(asset.Id)) continue;
            var state = picture.State(asset).Id;
            byClass[state]++;
            if (wanted[state]) found.Add(asset.Id);
        }

        return [.. found];
    }

    private static int[] Sorted(AssetPicture picture, AssetLayer layer, MeterSerials? serials, int[] ids, AssetSort sort, bool descending, CancellationToken ct)
    {
        // Of most layers the order of names is the order of ids.
        if (sort is AssetSort.Name && layer is not (AssetLayer.Substation or AssetLayer.Feeder or AssetLayer.Device) && serials is not { InIdOrder: false })
        {
            if (descending) Array.Reverse(ids);
            return ids;
        }

        var rank = RankBy(picture, layer, serials, sort);
        // The rank, and the id below it: a sort of plain numbers, and always the same one. What has no value comes last either way.
        var keys = new ulong[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            if (i % Unasked == 0) ct.ThrowIfCancellationRequested();
            var key = rank(ids[i]) is { } r ? descending ? uint.MaxValue - 1 - r : r : uint.MaxValue;
            keys[i] = (ulong)key << 32 | (uint)ids[i];
        }

        ct.ThrowIfCancellationRequested();
        Array.Sort(keys);
        return Array.ConvertAll(keys, k => (int)(uint)k);
    }

    private static Func<int, uint?> RankBy(AssetPicture picture, AssetLayer layer, MeterSerials? serials, AssetSort sort)
    {
        var (topology, model) = (picture.Topology, picture.Topology.Model);
        switch (sort)
        {
            case AssetSort.Name when layer is AssetLayer.Meter:
                return Ranks(serials!.Ordered);
            case AssetSort.Name:
                return Ranks([.. Enumerable.Range(0, topology.CountOf(layer)).OrderBy(id => picture.Names.Of(new(layer, id)), StringComparer.Ordinal)]);
            case AssetSort.Feeder:
                var feeders = Ranks([.. model.Feeders.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Id)]);
                return id => topology.FeederOf(new(layer, id)) is { } feeder ? feeders(feeder) : null;
            case AssetSort.Substation:
                var stations = Ranks([.. model.Substations.OrderBy(s => s.Code, StringComparer.Ordinal).Select(s => s.Id)]);
                return id => stations(topology.SubstationOf(new(layer, id)));
            case AssetSort.State:
                // Worst first: the mode draws it on top.
                return id => (uint)(byte.MaxValue - picture.State(new(layer, id)).Order);
            case AssetSort.Voltage:
                return id => picture.Values(new(layer, id)) is var v ? Ordered(v.Kv ?? v.Volts) : null;
            case AssetSort.Load:
                return id => Ordered(picture.Values(new(layer, id)).LoadPercent);
            case AssetSort.SourceTime:
                return id => (uint?)picture.Values(new(layer, id)).SourceTime?.ToUnixTimeSeconds();
            default:
                throw new ArgumentOutOfRangeException(nameof(sort), sort, "not a column");
        }
    }

    private static Func<int, uint?> Ranks(IReadOnlyList<int> ordered)
    {
        var rank = new uint[ordered.Count];
        for (var i = 0; i < ordered.Count; i++) rank[ordered[i]] = (uint)i;
        return id => rank[id];
    }

    /// <summary>As unsigned, in the order of the numbers: the sign bit turned, and the rest with it where it was set.</summary>
    private static uint? Ordered(double? value)
    {
        if (value is not { } v) return null;
        var bits = BitConverter.SingleToUInt32Bits((float)v);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}

/// <summary>What a filter found. <see cref="Ids"/> are of the filter's layer, in order.</summary>
public sealed class AssetList(AssetPicture picture, AssetFilter filter, int[] ids, int[] byClass)
{
    public AssetFilter Filter => filter;
    public AssetPicture Picture => picture;
    public GridSnapshot Snapshot => picture.Snapshot;
    public int Count => ids.Length;
    public IReadOnlyList<int> Ids => ids;
    /// <summary>By class id of the filter's mode, before the filter by state: what could be chosen.</summary>
    public IReadOnlyList<int> ByClass => byClass;

    public AssetRow this[int index] => picture.Row(new(filter.Layer, ids[index]));

    /// <summary>Some rows; fewer at the end.</summary>
    public AssetRow[] Rows(int skip, int take)
    {
        var from = Math.Clamp(skip, 0, ids.Length);
        var rows = new AssetRow[Math.Clamp(take, 0, ids.Length - from)];
        for (var i = 0; i < rows.Length; i++) rows[i] = this[from + i];
        return rows;
    }
}
