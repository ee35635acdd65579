using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.LivePage;

/// <summary>The Live page. What is selected is its address: back, forward and a sent link do what one expects, and map, list, trend and panel follow one thing.</summary>
public sealed partial class LiveConsole
{
    private Substation? _station;
    private Feeder? _feeder;
    private AssetPlace? _place;
    private string? _assetFault;
    private NetworkTrace? _trace;
    private MapMarks? _marks;
    private (AssetRef Asset, TraceDirection Direction, long Version)? _traced;
    /// <summary>The network and the name that <see cref="_place"/> or <see cref="_assetFault"/> is the answer to.</summary>
    private (GridModel Grid, string Name)? _asked;
    /// <summary>The network and the name of the newest question; unlike <see cref="_asked"/> it stays where the store could not answer.</summary>
    private (GridModel Grid, string Name)? _named;
    // Where there is no room for the panel beside the map, the list lies over it and has to be asked for.
    private bool _listOpen;
    private bool _reading;
    /// <summary>The area drawn last, and what the operator is told of it.</summary>
    private (string Area, string? Notice) _drawn;

    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required AssetFinder Finder { get; init; }
    [Inject] public required GridTopologies Topologies { get; init; }
    [Inject] public required ReadingQueries Readings { get; init; }

    [SupplyParameterFromQuery(Name = "substation")] public string? SubstationCode { get; set; }
    [SupplyParameterFromQuery(Name = "feeder")] public string? FeederName { get; set; }
    /// <summary>A line, device, transformer or meter, by name.</summary>
    [SupplyParameterFromQuery(Name = "asset")] public string? AssetName { get; set; }

    /// <summary>up, down or both: the trace of what is selected.</summary>
    [SupplyParameterFromQuery(Name = "trace")] public string? TraceWord { get; set; }
    /// <summary>An area that was drawn: "lon,lat;lon,lat;…".</summary>
    [SupplyParameterFromQuery(Name = "area")] public string? AreaText { get; set; }

    private bool Seeking => !string.IsNullOrWhiteSpace(AssetName) && _place is null && _assetFault is null;
    private bool Nothing => _station is null && string.IsNullOrWhiteSpace(AssetName) && ShownArea is null;
    private string? ShownArea => _station is null && string.IsNullOrWhiteSpace(AssetName) && !string.IsNullOrWhiteSpace(AreaText) ? AreaText : null;
    private TraceDirection? Direction => TraceWord?.ToLowerInvariant() switch { "up" => TraceDirection.Up, "down" => TraceDirection.Down, "both" => TraceDirection.Both, _ => null };

    protected override long VersionOf(GridSnapshot snapshot) => HashCode.Combine(
        snapshot.TelemetryVersion, snapshot.ReadingsVersion, snapshot.EventsVersion, snapshot.TrendsVersion, snapshot.AssetsVersion, snapshot.Link.Connected);

    protected override void OnParametersSet() => Find();

    protected override Task OnSnapshotAsync(GridSnapshot snapshot)
    {
        Find();
        return Task.CompletedTask;
    }

    private void Find()
    {
        if (Snapshot is not { } snapshot) return;
        if (string.IsNullOrWhiteSpace(AssetName))
        {
            (_asked, _named, _assetFault) = (null, null, null);
            FindStation(snapshot.Grid);
        }
        else if (_asked != (snapshot.Grid, AssetName))
        {
            // Not waited for: the network may still be being read, and the figures of the page go on meanwhile.
            _ = FindAssetAsync(snapshot.Grid, AssetName);
        }

        Trace(snapshot);
    }

    private void Trace(GridSnapshot snapshot)
    {
        if (_place is not { } place || Direction is not { } direction)
        {
            (_trace, _marks, _traced) = (null, null, null);
            return;
        }

        // A substation has nothing above it here.
        if (place.Asset.Layer == AssetLayer.Substation) direction = TraceDirection.Down;
        var wanted = (place.Asset, direction, snapshot.AssetsVersion + snapshot.TelemetryVersion);
        if (_traced == wanted) return;
        if (_traced is not { } old || (old.Asset, old.Direction) != (wanted.Asset, wanted.direction)) (_trace, _marks) = (null, null);
        if (Topologies.TryGet(snapshot.Grid) is not { } topology)
        {
            _ = ReadAsync(snapshot.Grid);
            return;
        }

        _traced = wanted;
        _trace = NetworkTrace.Of(topology, new PictureCodes(snapshot, topology), place.Asset, direction);
        _marks ??= MapMarks.Of(_trace);
    }

    /// <summary>The whole network, for a trace that was asked for before it was read.</summary>
    private async Task ReadAsync(GridModel grid)
    {
        if (_reading) return;
        _reading = true;
        try
        {
            await Topologies.OfAsync(grid, Stopping);
            Find();
            await InvokeAsync(StateHasChanged);
        }
        catch (Exception e) when (StoreFailure.Is(e) || Stopping.IsCancellationRequested)
        {
            // The next picture asks again.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
        finally
        {
            _reading = false;
        }
    }

    private void FindStation(GridModel grid)
    {
        var index = GridIndex.Of(grid);
        var feeder = index.Feeder(FeederName);
        _station = index.Substation(SubstationCode) ?? (feeder is null ? null : grid.Substations[feeder.SubstationId]);
        _feeder = feeder is not null && feeder.SubstationId == _station?.Id ? feeder : null;
        // The same place again is the same object: the map is told only of what is another.
        var asset = _feeder is not null ? new AssetRef(AssetLayer.Feeder, _feeder.Id) : _station is not null ? new AssetRef(AssetLayer.Substation, _station.Id) : (AssetRef?)null;
        if (_place?.Asset == asset) return;
        _place = _feeder is not null ? AssetPlace.Of(grid, _feeder, Topologies.TryGet(grid)) : _station is not null ? AssetPlace.Of(grid, _station) : null;
    }

    private async Task FindAssetAsync(GridModel grid, string name)
    {
        _asked = (grid, name);
        // Under another name nothing of the former is shown, however long the answer takes. The same asked again leaves its fault until there is an answer.
        if (_named != _asked) (_place, _trace, _marks, _traced, _assetFault) = (null, null, null, null, null);
        _named = _asked;
        try
        {
            var place = await Finder.FindAsync(grid, name, Stopping);
            if (_asked != (grid, name)) return;
            _place = place;
            _station = place is null ? null : grid.Substations[place.Station];
            _feeder = place is { Feeder: >= 0 } ? grid.Feeders[place.Feeder] : null;
            if (Snapshot is { } snapshot) Trace(snapshot);
            _assetFault = place is not null ? null : $"There is no asset called {name} in this network.";
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // Asked again with the next picture: the store may be back by then.
            if (_asked == (grid, name)) (_asked, _station, _feeder, _assetFault) = (null, null, null, $"It could not be looked up: {StoreFailure.Words(e)}");
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            return; // The page is gone.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }

        await InvokeAsync(StateHasChanged);
    }

    /// <summary>False: there is no address for it, or it could not be found out.</summary>
    private async Task<bool> SelectAsync(AssetRef asset)
    {
        if (Snapshot is not { } snapshot) return false;
        var address = AssetAddress.Of(snapshot.Grid, Topologies.TryGet(snapshot.Grid), asset);
        if (address is null && asset.Layer == AssetLayer.Meter)
        {
            try { address = await Readings.FindAsync(asset.Id, Stopping) is { } meter ? AssetAddress.Of(meter.Serial) : null; }
            catch (Exception e) when (StoreFailure.Is(e)) { return false; }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested) { return false; }
        }

        if (address is null) return false;
        Navigation.NavigateTo(address);
        return true;
    }

    // Digits, points, commas and semicolons: an address may hold them as they are. A browser can say anything, so what is none of these is dropped.
    internal static (string Area, string? Notice) AreaOf(string drawn)
    {
        var corners = string.Concat(drawn.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or ';' or '-')).Split(';', StringSplitOptions.RemoveEmptyEntries);
        const int most = GeoShape.MostPoints;
        if (corners.Length <= most) return (string.Join(';', corners), null);
        // Evenly along what was drawn: its first hundred points would be another area.
        var area = string.Join(';', Enumerable.Range(0, most).Select(i => corners[(int)((long)i * corners.Length / most)]));
        return (area, $"The outline had {Format.Count(corners.Length)} points. An area has at most {most}: it goes through every {Format.Number((double)corners.Length / most, 1)}th of them.");
    }

    private void SelectArea(string drawn)
    {
        _drawn = AreaOf(drawn);
        Navigation.NavigateTo("?area=" + _drawn.Area);
    }
}
