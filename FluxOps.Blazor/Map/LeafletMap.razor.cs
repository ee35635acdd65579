using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FluxOps.Blazor.Map;

/// <summary>
/// The grid on a Leaflet map. The browser's half (map.js) fetches geometry once, takes statuses from the live hub by itself and draws in a worker:
/// nothing of that passes through the circuit. Here are only the selection, and the names that tooltips show.
/// </summary>
public sealed partial class LeafletMap
{
    private readonly CancellationTokenSource _stop = new();
    private ElementReference _box;
    private IJSObjectReference? _module, _map;
    private DotNetObjectReference<LeafletMap>? _self;
    private (int? Substation, int? Feeder) _shown;

    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required LiveGrid LiveGrid { get; init; }

    [Parameter] public int? SelectedSubstation { get; set; }
    [Parameter] public int? SelectedFeeder { get; set; }
    [Parameter] public EventCallback<int> OnSelectSubstation { get; set; }
    [Parameter] public EventCallback<int> OnSelectFeeder { get; set; }
    /// <summary>South, west, north, east, degrees: the first view. All substations where not given. A view left earlier in this tab is kept.</summary>
    [Parameter] public double[]? FitBounds { get; set; }
    /// <summary>More tools, before the map's own, such as a search box.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private bool _rendered;
    // Rendered once: what changes later goes to the map itself. With tools of its owner's inside, those must still follow.
    protected override bool ShouldRender() => !_rendered || ChildContent is not null;

    protected override async Task OnParametersSetAsync() => await ShowSelectionAsync(move: true);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _rendered = true;
        if (!firstRender) return;
        try
        {
            await foreach (var snapshot in LiveGrid.Watch(_stop.Token))
            {
                await CreateAsync(snapshot.Grid);
                break;
            }
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
            stations = grid.Substations.Select(s => new object[] { s.Name, s.Code, Math.Round(s.Latitude, 5), Math.Round(s.Longitude, 5) }),
            feeders = grid.Feeders.Select(f => f.Name),
            fit = FitBounds,
        };
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", _stop.Token, "./" + Assets["lib/map.js"]);
        _map = await _module.InvokeAsync<IJSObjectReference>("create", _stop.Token, _box, data, _self);
        await ShowSelectionAsync(move: SelectedSubstation is not null);
    }

    private async Task ShowSelectionAsync(bool move)
    {
        var selection = (SelectedSubstation, SelectedFeeder);
        if (_map is null || selection == _shown) return;
        move &= SelectedSubstation != _shown.Substation;
        _shown = selection;
        try { await _map.InvokeVoidAsync("select", SelectedSubstation ?? -1, SelectedFeeder ?? -1, move); }
        catch (JSDisconnectedException) { _map = null; } // the tab is gone; disposal follows
    }

    /// <summary>Called by the map: a substation was clicked. It is selected there already.</summary>
    [JSInvokable]
    public Task SelectSubstation(int id)
    {
        _shown = (id, null);
        return OnSelectSubstation.InvokeAsync(id);
    }

    /// <summary>Called by the map: a feeder's line was clicked.</summary>
    [JSInvokable]
    public Task SelectFeeder(int id) => OnSelectFeeder.InvokeAsync(id);

    public async ValueTask DisposeAsync()
    {
        // Not disposed: a continuation that comes late still asks for its token, and a source without a timer holds nothing.
        await _stop.CancelAsync();
        try
        {
            if (_map is not null) { await _map.InvokeVoidAsync("dispose"); await _map.DisposeAsync(); }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has dropped all of it already.
        }
        _self?.Dispose();
    }
}
