using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.Assets;

public partial class AssetsPage
{
    /// <summary>Shortest time between two readings of who is in the list and where.</summary>
    private static readonly TimeSpan Relist = TimeSpan.FromSeconds(2);
    /// <summary>A list that takes long is read less often, so that it takes at most this share of one processor: a twentieth.</summary>
    private const int Rest = 20;

    private AssetsView _view = new();
    private IReadOnlyList<ClassRow> _classes = ClassRow.Of(MapPalette.Status);
    private Substation[] _stations = [];
    private AssetsTable? _table, _next;
    private int[] _ids = [];
    private AssetRow[] _rows = [];
    private Dictionary<int, string> _addresses = [];
    private string? _failed;
    private long _listedAt;
    /// <summary>Of the list that is being read; null while none is.</summary>
    private CancellationTokenSource? _request;
    private TimeSpan _took;
    private int _new;
    private bool _pointed, _focused, _addressed;

    [SupplyParameterFromQuery(Name = "layer")] public string? LayerName { get; set; }
    [SupplyParameterFromQuery(Name = "mode")] public string? ModeKey { get; set; }
    [SupplyParameterFromQuery(Name = "state")] public string? ClassKeys { get; set; }
    [SupplyParameterFromQuery(Name = "substation")] public string? SubstationCode { get; set; }
    [SupplyParameterFromQuery(Name = "feeder")] public string? FeederName { get; set; }
    [SupplyParameterFromQuery(Name = "area")] public string? AreaText { get; set; }
    [SupplyParameterFromQuery(Name = "bbox")] public string? BoxText { get; set; }
    [SupplyParameterFromQuery(Name = "text")] public string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? SortName { get; set; }
    [SupplyParameterFromQuery(Name = "desc")] public bool Descending { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public int? PageNumber { get; set; }

    private sealed record Column(string Name, AssetSort? Sort, bool Left = false);

    private AssetsAddress Address => new(LayerName, ModeKey, ClassKeys, SubstationCode, FeederName, AreaText, BoxText, Text, SortName, Descending, PageNumber);
    private GridModel Grid => _table!.List.Snapshot.Grid;
    private GridTopology Topology => _table!.List.Picture.Topology;
    private int Page => Math.Min(_view.Page, _table?.Pages ?? 1);
    private int First => (Page - 1) * AssetsView.PageSize;
    private int Period => _view.Layer is AssetLayer.Transformer or AssetLayer.Meter ? AgeText.FleetPeriod : AgeText.TelemetryPeriod;

    private IEnumerable<Column> Columns => _view.Layer switch
    {
        AssetLayer.Substation => [Name("Substation"), State, new("Bus kV", AssetSort.Voltage), Load, Age],
        AssetLayer.Feeder => [Name("Feeder"), State, Station, new("kV", AssetSort.Voltage), Load, Age],
        AssetLayer.Segment => [Name("Line"), State, new("Kind", null, true), FeederColumn, Station, new("kV", AssetSort.Voltage), Load, Age],
        AssetLayer.Device => [Name("Device"), State, new("Kind", null, true), new("Position", null, true), FeederColumn, Station],
        AssetLayer.Transformer => [Name("Transformer"), State, FeederColumn, Station, new("Lowest V", AssetSort.Voltage), Load, Age],
        _ => [Name("Meter"), State, FeederColumn, Station, new("Address", null, true), new("V", AssetSort.Voltage), Age],
    };

    private static Column Name(string name) => new(name, AssetSort.Name, true);
    private static Column State { get; } = new("State", AssetSort.State, true);
    private static Column FeederColumn { get; } = new("Feeder", AssetSort.Feeder, true);
    private static Column Station { get; } = new("Substation", AssetSort.Substation, true);
    private static Column Load { get; } = new("% of rating", AssetSort.Load);
    private static Column Age { get; } = new("Age", AssetSort.SourceTime);

    protected override long VersionOf(GridSnapshot snapshot) => HashCode.Combine(snapshot.TelemetryVersion, snapshot.AssetsVersion, snapshot.ReadingsVersion, snapshot.Link.Connected);

    protected override async Task OnParametersSetAsync()
    {
        _addressed = true;
        if (Snapshot is not { } snapshot) return;
        var (layer, mode) = (_view.Layer, _view.Mode);
        Read(snapshot.Grid);
        // What waits to be shown is of another view. Rows of another kind, and counts of other classes, would be read wrongly until the list is there.
        (_next, _new) = (null, 0);
        if (_view.Layer != layer || _view.Mode != mode) (_table, _rows, _ids) = (null, [], []);
        // Another list, asked for by the operator: it is shown whatever the pointer rests on.
        await ListAsync(snapshot, asked: true);
    }

    protected override async Task OnSnapshotAsync(GridSnapshot snapshot)
    {
        // At first the address comes next, and asks for the list.
        if (!_addressed) return;
        var first = _stations.Length == 0;
        if (first) Read(snapshot.Grid);
        var replaced = _table is not null && _table.List.Snapshot.Grid != snapshot.Grid;
        if (replaced)
        {
            // Another network: nothing of the old one is in it.
            Read(snapshot.Grid);
            (_table, _next, _new, _rows, _ids, _addresses) = (null, null, 0, [], [], []);
        }

        if (_table is { } table)
        {
            _rows = table.Rows(_ids, snapshot);
            if (Time.GetElapsedTime(_listedAt) < (_took * Rest > Relist ? _took * Rest : Relist)) return;
        }
        else if (_failed is not null && !snapshot.Link.Connected)
        {
            return;
        }

        // What the operator asked for is on its way: newer values are not worth starting it over.
        if (_request is not null && !replaced) return;
        await ListAsync(snapshot, asked: _table is null);
    }

    private void Read(GridModel grid)
    {
        _view = AssetsView.Of(Address, grid);
        _classes = ClassRow.Of(_view.Mode);
        if (_stations.Length != grid.Substations.Length || _stations.Length == 0 || !ReferenceEquals(GridIndex.Of(grid).Substation(_stations[0].Code), _stations[0]))
            _stations = [.. grid.Substations.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task ListAsync(GridSnapshot snapshot, bool asked)
    {
        var view = _view;
        var former = _request;
        var request = _request = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        try
        {
            if (former is not null) await former.CancelAsync();
            var started = Time.GetTimestamp();
            // Hundreds of thousands of meters take a while, and the circuit has a browser to answer.
            var table = await Task.Run(() => AssetsTable.ReadAsync(Lists, view, request.Token), request.Token);
            if (request != _request) return;
            (_listedAt, _took, _failed) = (Time.GetTimestamp(), Time.GetElapsedTime(started), null);
            var ids = table.PageOf(view.Page);
            if ((_pointed || _focused) && !asked && _table is not null && !ids.SequenceEqual(_ids))
            {
                // Nobody clicks on a row that has just taken another's place.
                (_next, _new) = (table, Math.Max(1, ids.Except(_ids).Count()));
                _table = table with { List = _table.List };
                return;
            }

            await ShowAsync(table, ids, Snapshot ?? snapshot, request.Token);
        }
        catch (OperationCanceledException) when (request.IsCancellationRequested)
        {
            // The page is gone, or shows something else.
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // Another network is in the store by now, or none answers.
            if (request == _request) _failed = e is NetworkReplacedException ? e.Message : $"The network could not be read: {StoreFailure.Words(e)}";
        }
        finally
        {
            if (request == _request) _request = null;
            request.Dispose();
        }
    }

    private async Task ShowAsync(AssetsTable table, int[] ids, GridSnapshot snapshot, CancellationToken ct)
    {
        (_table, _next, _new, _ids) = (table, null, 0, ids);
        _rows = table.Rows(ids, snapshot);
        if (_view.Layer is AssetLayer.Meter && ids.Any(id => !_addresses.ContainsKey(id))) await ReadAddressesAsync(ids, ct);
    }

    private async Task ReadAddressesAsync(int[] ids, CancellationToken ct)
    {
        try
        {
            var addresses = (await Readings.PointsAsync(ids, ct)).ToDictionary(p => p.Id, p => p.Address);
            // Another page of the list may be shown by now.
            if (ReferenceEquals(ids, _ids)) _addresses = addresses;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Of rows that are no longer wanted.
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            // The banner tells of the lost store; the rows stand without addresses until the next list.
            if (ReferenceEquals(ids, _ids)) _addresses = [];
        }
    }

    private Task ReadAgainAsync() => Snapshot is { } snapshot ? ListAsync(snapshot, asked: true) : Task.CompletedTask;

    private async Task ShowNewAsync()
    {
        if (_next is { } next && Snapshot is { } snapshot) await ShowAsync(next, next.PageOf(_view.Page), snapshot, Stopping);
    }

    private Task LeaveAsync()
    {
        _pointed = false;
        return _focused ? Task.CompletedTask : ShowNewAsync();
    }

    private Task BlurAsync()
    {
        _focused = false;
        return _pointed ? Task.CompletedTask : ShowNewAsync();
    }

    private void Go(AssetsView view) => Navigation.NavigateTo((view with { Page = 1 }).Href(), replace: true);

    private void PickStation(string? code) => Go(_view with { Station = GridIndex.Of(Snapshot!.Grid).Substation(code), Feeder = null });

    private void PickFeeder(string? name) => Go(_view with { Feeder = GridIndex.Of(Snapshot!.Grid).Feeder(name) });

    private bool IsOn(ClassRow row) => row.Keys.Any(_view.Classes.Contains);

    private void Toggle(ClassRow row) => Go(_view with { Classes = IsOn(row) ? [.. _view.Classes.Except(row.Keys)] : [.. _view.Classes.Concat(row.Keys)] });

    // Names sort upwards at first, the worst state is first already, of quantities what is most.
    private void SortBy(AssetSort sort) =>
        Go(_view with { Sort = sort, Descending = sort == _view.Sort ? !_view.Descending : sort is AssetSort.Voltage or AssetSort.Load or AssetSort.SourceTime });

    private string AriaSort(AssetSort sort) => sort != _view.Sort ? "none" : _view.Descending ? "descending" : "ascending";

    private string PageHref(int page) => (_view with { Page = Math.Max(1, page) }).Href();

    private string Href(AssetRow row) => row.Asset.Layer switch
    {
        AssetLayer.Substation => AssetAddress.Of(Grid.Substations[row.Asset.Id]),
        AssetLayer.Feeder => AssetAddress.Of(Grid, Grid.Feeders[row.Asset.Id]),
        _ => AssetAddress.Of(row.Name),
    };

    private string Word(AssetRow row) => _view.Mode == MapPalette.Status ? AssetWords.State(row.Asset.Layer, row.Code) : row.State.Word;

    // A device is dead where it is not in its normal position.
    private string Label(ClassRow row) => _view.Layer is AssetLayer.Device && row.Look.Key == "out" ? "Not in normal position" : row.Label;

    // The last reading stays, with its time, but is no value of now.
    private static string? Past(AssetRow row) => row.BeforeOutage ? "past" : null;
    private static string? PastTitle(AssetRow row) => row.BeforeOutage ? AssetWords.BeforeOutage : null;

    private string Position(AssetRow row)
    {
        if (row.Values.SourceTime is null && (Snapshot?.Assets is null || row.Code.Age is Freshness.Never)) return Format.Unknown;
        var normally = Topology.Model.Devices.NormallyOpen[row.Asset.Id];
        return (row.Open == true ? "□ open" : "closed") + (normally ? ", normally open" : "");
    }

    private string Place() =>
        (_view.Feeder is { } feeder ? "of feeder " + feeder.Name : _view.Station is { } station ? "of " + station.Name : "of the whole network") + (_view.Area is null ? "" : ", in the area");

    private int CountOf(AssetLayer layer)
    {
        var counts = Snapshot!.Grid.Counts;
        return layer switch
        {
            AssetLayer.Substation => counts.Substations,
            AssetLayer.Feeder => counts.Feeders,
            AssetLayer.Segment => counts.Segments,
            AssetLayer.Device => counts.Devices,
            AssetLayer.Transformer => counts.Transformers,
            _ => counts.UsagePoints,
        };
    }

    private static string Singular(AssetLayer layer) => AssetWords.Of(layer);
    private static string Plural(AssetLayer layer) => AssetWords.Of(layer) + "s";
}
