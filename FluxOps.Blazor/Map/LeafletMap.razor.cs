using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map.Basemaps;
using FluxOps.Data.Grid;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FluxOps.Blazor.Map;

/// <summary>
/// The grid on a Leaflet map. The browser's half (map.js) fetches geometry once, takes states from the live hub by itself and draws in a worker:
/// nothing of that passes through the circuit. Here are the selection, what is highlighted, and the words of the hover card.
/// </summary>
public sealed partial class LeafletMap
{
    private readonly CancellationTokenSource _stop = new();
    private ElementReference _box;
    private IJSObjectReference? _module, _map;
    private DotNetObjectReference<LeafletMap>? _self;
    private AssetRef? _shown, _chosen;
    private string? _marked, _area;

    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required LiveGrid LiveGrid { get; init; }
    [Inject] public required AssetDetails Details { get; init; }
    [Inject] public required BasemapFolder Basemaps { get; init; }

    [Parameter] public MapSelection? Selection { get; set; }
    [Parameter] public MapMarks? Marks { get; set; }
    /// <summary>"lon,lat;lon,lat;…" of the area that is selected, drawn as a polygon.</summary>
    [Parameter] public string? Area { get; set; }
    /// <summary>What the address names is being looked up: <see cref="Selection"/> is still to come.</summary>
    [Parameter] public bool Seeking { get; set; }
    /// <summary>Something was clicked. False: the page cannot follow, and its former selection stays.</summary>
    [Parameter] public Func<AssetRef, Task<bool>>? OnSelect { get; set; }
    /// <summary>"lon,lat;lon,lat;…" of a polygon that was drawn.</summary>
    [Parameter] public EventCallback<string> OnSelectArea { get; set; }
    /// <summary>South, west, north, east, degrees: the first view. All substations where not given. A view left earlier in this tab is kept.</summary>
    [Parameter] public double[]? FitBounds { get; set; }
    /// <summary>More tools, before the map's own, such as a search box.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private bool _rendered;
    // Rendered once: what changes later goes to the map itself. With tools of its owner's inside, those must still follow.
    protected override bool ShouldRender() => !_rendered || ChildContent is not null;

    protected override async Task OnParametersSetAsync() => await ShowAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _rendered = true;
        if (!firstRender) return;
        try
        {
            await CreateAsync((await LiveGrid.FirstAsync(_stop.Token)).Grid);
            await foreach (var basemaps in Basemaps.Watch(_stop.Token))
                await _map!.InvokeVoidAsync("setBasemaps", _stop.Token, basemaps);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Left before the network was known.
        }
        catch (JSException) when (_stop.IsCancellationRequested)
        {
            // Left while it was being made: its box is no longer in the document.
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone.
        }
    }

    private async Task CreateAsync(GridModel grid)
    {
        var data = new
        {
            stations = grid.Substations.Select(s => new object[] { s.Name, s.Code, Math.Round(s.Latitude, 5), Math.Round(s.Longitude, 5), s.SecondaryKv }),
            feeders = new
            {
                names = grid.Feeders.Select(f => f.Name),
                stations = grid.Feeders.Select(f => f.SubstationId),
                kv = grid.Feeders.Select(f => f.NominalKv),
            },
            fit = FitBounds,
        };
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", _stop.Token, "./" + Assets["lib/map.js"]);
        // Not to be cancelled: the browser would make the map all the same, and nobody here could put it away.
        _map = await _module.InvokeAsync<IJSObjectReference>("create", CancellationToken.None, _box, data, _self);
        if (_stop.IsCancellationRequested) await PutAwayAsync(); // left meanwhile: the disposal did not know of it yet
        else await ShowAsync();
    }

    private async Task ShowAsync()
    {
        if (_map is not { } map) return;
        try
        {
            if (Seeking && _chosen is not null)
            {
                _shown = _chosen; // what was clicked keeps its ring until it is found, or not
            }
            else if (Selection?.Asset != _shown || (Selection is not null && Selection.Asset == _chosen))
            {
                // What was clicked on the map is in view already.
                var move = Selection is not null && Selection.Asset != _chosen;
                _shown = Selection?.Asset;
                if (!move) _chosen = null;
                await map.InvokeVoidAsync("show", Selection is { } s
                    ? new { layer = (int)s.Asset.Layer, id = s.Asset.Id, station = s.Station, at = new[] { s.Latitude, s.Longitude }, fit = s.Fit, zoom = s.Zoom }
                    : null, move);
            }

            if (Marks?.Key != _marked)
            {
                _marked = Marks?.Key;
                if (Marks is { } m) await map.InvokeVoidAsync("mark", Bytes(m.Segments), Bytes(m.Devices), Bytes(m.Transformers), Bytes(m.Meters));
                else await map.InvokeVoidAsync("mark");
            }

            if (Area != _area)
            {
                _area = Area;
                await map.InvokeVoidAsync("showArea", Area);
            }
        }
        catch (JSDisconnectedException)
        {
            _map = null; // the tab is gone; disposal follows
        }
    }

    /// <summary>Ids as they travel: little endian, four bytes each.</summary>
    private static byte[] Bytes(int[] ids) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(ids).ToArray();

    /// <summary>Called by the map: something was clicked. It is shown as selected there already; where this answers false, the map shows again what was.</summary>
    [JSInvokable]
    public async Task<bool> Select(int layer, int id)
    {
        var asset = new AssetRef((AssetLayer)layer, id);
        _chosen = asset == _shown ? null : asset;
        var followed = false;
        try
        {
            return followed = OnSelect is not null && await OnSelect(asset);
        }
        finally
        {
            if (!followed && _chosen == asset) _chosen = null;
        }
    }

    /// <summary>Called by the map: an area was drawn.</summary>
    [JSInvokable]
    public Task SelectArea(string area) => OnSelectArea.InvokeAsync(area);

    /// <summary>Called by the map: the values of what the pointer rests on. Null: nobody knows it.</summary>
    [JSInvokable]
    public async Task<AssetCard?> Describe(int layer, int id) =>
        LiveGrid.Current is { } snapshot ? await Details.DescribeAsync(snapshot, new AssetRef((AssetLayer)layer, id), _stop.Token) : null;

    public async ValueTask DisposeAsync()
    {
        // Not disposed: a continuation that comes late still asks for its token, and a source without a timer holds nothing.
        await _stop.CancelAsync();
        try
        {
            await PutAwayAsync();
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has dropped all of it already.
        }
        _self?.Dispose();
    }

    private async Task PutAwayAsync()
    {
        if (_map is not { } map) return;
        _map = null;
        await map.InvokeVoidAsync("dispose");
        await map.DisposeAsync();
    }
}
