using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;

namespace FluxOps.Blazor.Assets;

/// <summary>What a view finds in one picture of the grid: the list, what of it is in each class, and what an area holds.</summary>
/// <param name="ByClass">By class id, before the filter by class: what could be chosen. It goes on counting while the list is held still.</param>
/// <param name="Inside">Everything in the area; null without one.</param>
public sealed record AssetsTable(AssetList List, IReadOnlyList<int> ByClass, ShapeSelection? Inside)
{
    public static async Task<AssetsTable> ReadAsync(AssetQuery query, AssetsView view, CancellationToken ct)
    {
        var list = await query.ListAsync(view.Filter, view.Sort, view.Descending, ct);
        ct.ThrowIfCancellationRequested();
        return new(list, list.ByClass, view.Area is { } area ? ShapeQuery.Of(list.Picture.Topology).Inside(area) : null);
    }

    public int Of(ClassRow row) => row.Classes.Sum(c => ByClass[c.Id]);
    public int Pages => Math.Max(1, (List.Count + AssetsView.PageSize - 1) / AssetsView.PageSize);

    /// <summary>Ids on a page; the last page where there is no such one.</summary>
    public int[] PageOf(int page)
    {
        var skip = (Math.Min(page, Pages) - 1) * AssetsView.PageSize;
        return [.. Enumerable.Range(skip, Math.Clamp(List.Count - skip, 0, AssetsView.PageSize)).Select(i => List.Ids[i])];
    }

    /// <summary>The rows as they are now: their order is the list's, their values the newest picture's.</summary>
    public AssetRow[] Rows(int[] ids, GridSnapshot snapshot)
    {
        var picture = snapshot == List.Snapshot ? List.Picture : List.Picture.At(snapshot);
        return [.. ids.Select(id => picture.Row(new(List.Filter.Layer, id)))];
    }
}
