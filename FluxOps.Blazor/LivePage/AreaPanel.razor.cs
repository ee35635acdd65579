using FluxOps.Data.Grid;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.LivePage;

/// <summary>What lies in an area that was drawn: totals by state, and the feeders that are worst off.</summary>
public sealed partial class AreaPanel : IDisposable
{
    private const int Rows = 10;
    /// <summary>Counting half a million meters takes a while: not with every picture.</summary>
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private string? _fault;
    private (GridModel Grid, string Area)? _asked;
    private ShapeSelection? _inside;
    private (string Word, AssetLayer Layer, StateCounts Of)[]? _counts;
    private DateTimeOffset _counted;
    private int[] _feeders = [];
    private bool _counting;

    [Inject] public required GridTopologies Topologies { get; init; }

    [Parameter, EditorRequired] public required GridSnapshot Snapshot { get; set; }
    /// <summary>"lon,lat;lon,lat;…".</summary>
    [Parameter, EditorRequired] public required string Area { get; set; }
    /// <summary>What is to be known of how it came about.</summary>
    [Parameter] public string? Notice { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (_asked != (Snapshot.Grid, Area))
            {
                _asked = (Snapshot.Grid, Area);
                await FindAsync(Area);
            }
            else if (Snapshot.PublishedAt - _counted >= CountEvery) await CountAsync();
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            (_asked, _fault) = (null, $"The network could not be read: {StoreFailure.Words(e)}");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The panel is gone.
        }
    }

    private async Task FindAsync(string area)
    {
        (_inside, _counts, _fault, _feeders) = (null, null, null, []);
        if (!GeoShape.TryParsePolygon(area, out var shape, out var fault))
        {
            _fault = fault;
            return;
        }

        var topology = await Topologies.OfAsync(Snapshot.Grid, _stop.Token);
        var inside = await Task.Run(() => ShapeQuery.Of(topology).Inside(shape), _stop.Token);
        if (area != Area) return;
        _inside = inside;
        await CountAsync();
    }

    private async Task CountAsync()
    {
        if (_counting || _inside is not { } inside || Topologies.TryGet(Snapshot.Grid) is not { } topology) return;
        _counting = true;
        try
        {
            var snapshot = Snapshot;
            _counted = snapshot.PublishedAt;
            var codes = new PictureCodes(snapshot, topology);
            var counts = await Task.Run(() => Count(codes, inside), _stop.Token);
            if (_inside != inside) return;
            _counts = counts;
            _feeders = [.. inside.Feeders.OrderBy(f => StatusLook.Rank(snapshot.Feeders.Status[f])).ThenBy(f => snapshot.Grid.Feeders[f].Name, StringComparer.Ordinal).Take(Rows)];
        }
        finally
        {
            _counting = false;
        }
    }

    /// <summary>A file holds assets of one layer.</summary>
    private string CsvHref(AssetLayer layer) => $"api/topology/assets.csv?layer={layer.ToString().ToLowerInvariant()}&area={Uri.EscapeDataString(Area)}";

    private static (string, AssetLayer, StateCounts)[] Count(PictureCodes codes, ShapeSelection inside)
    {
        return
        [
            Of(AssetLayer.Substation, inside.Substations), Of(AssetLayer.Feeder, inside.Feeders), Of(AssetLayer.Segment, inside.Segments),
            Of(AssetLayer.Device, inside.Devices), Of(AssetLayer.Transformer, inside.Transformers), Of(AssetLayer.Meter, inside.Meters),
        ];

        (string, AssetLayer, StateCounts) Of(AssetLayer layer, int[] ids) => (AssetWords.Of(layer) + "s", layer, codes.Count(layer, ids));
    }

    // Not disposed: a continuation that comes late still asks for its token, and a source without a timer holds nothing.
    public void Dispose() => _stop.Cancel();
}
