using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>How many of some assets are in which state, by the status mode's classes: the worst that holds.</summary>
/// <param name="Count">All of them, those in no such state included.</param>
public sealed record StateCounts(int Count, int DeEnergised, int OverLimit, int VoltageOut, int Stale, int Never);

/// <summary>The state of any asset in one picture of the grid.</summary>
public sealed class PictureCodes(GridSnapshot snapshot, GridTopology topology)
{
    public GridSnapshot Snapshot => snapshot;

    public AssetCode Of(AssetRef asset) => Of(asset.Layer, asset.Id);

    public AssetCode Of(AssetLayer layer, int id) => layer switch
    {
        AssetLayer.Substation => new(snapshot.Substations.Code[id]),
        AssetLayer.Feeder => new(snapshot.Feeders.Code[id]),
        AssetLayer.Segment => snapshot.Assets is { } assets ? new(assets.Segments.Of(id)) : new(snapshot.Feeders.Code[topology.Model.Segments.FeederId[id]]),
        // Before the codes of the rest are known, nothing is said of a single one.
        AssetLayer.Device => snapshot.Assets is { } assets ? new(assets.Devices.Of(id)) : AssetCode.Unknown,
        AssetLayer.Transformer => snapshot.Assets is { } assets ? new(assets.Transformers.Of(id)) : AssetCode.Unknown,
        AssetLayer.Meter => snapshot.Assets is { } assets ? new(assets.Meters.Of(id)) : AssetCode.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "not a layer"),
    };

    /// <summary>Position of a line device now; one that has told none is in its normal one as far as anyone knows.</summary>
    public bool IsOpen(int device) => snapshot.Devices.TryGetValue(device, out var told) ? told.Open : topology.Model.Devices.NormallyOpen[device];

    public StateCounts Count(AssetLayer layer, ReadOnlySpan<int> ids)
    {
        Span<int> byClass = stackalloc int[8];
        foreach (var id in ids) byClass[MapPalette.Status.ClassOf(Of(layer, id).Value)]++;
        return new(
            ids.Length, byClass[(int)AssetStatus.DeEnergised], byClass[(int)AssetStatus.OverLimit], byClass[(int)AssetStatus.VoltageOut],
            byClass[(int)AssetStatus.Stale], byClass[(int)AssetStatus.Never]);
    }
}
