using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Grid;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace FluxOps.Blazor.Substations;

public partial class SubstationsPage
{
    private const int RowHeight = 32;
    private static readonly AssetStatus[] Statuses = [AssetStatus.DeEnergised, AssetStatus.OverLimit, AssetStatus.Heavy, AssetStatus.Loaded, AssetStatus.Normal, AssetStatus.Stale, AssetStatus.Never];
    private static readonly (SubstationColumn Column, string Name)[] Columns =
    [
        (SubstationColumn.Name, "Substation"), (SubstationColumn.Status, "Worst status"), (SubstationColumn.Region, "Region"), (SubstationColumn.Mw, "MW"),
        (SubstationColumn.Load, "MVA % of rating"), (SubstationColumn.Kv, "Bus kV"), (SubstationColumn.Over, "Feeders over"), (SubstationColumn.Out, "Customers out"),
    ];

    private ElementReference _scroll;
    private List<SubstationRow> _rows = [];
    private (double? Mw, int? Over, int? Out, int Stale) _totals;
    private IReadOnlyList<string> _regions = [];
    private string? _selected;

    // The filters live in the address, so that a view can be sent to somebody.
    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "region")] public string? Region { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }
    [SupplyParameterFromQuery(Name = "desc")] public bool Descending { get; set; }

    private SubstationColumn SortColumn => Enum.TryParse<SubstationColumn>(Sort, ignoreCase: true, out var column) && Enum.IsDefined(column) ? column : SubstationColumn.Status;

    protected override long VersionOf(GridSnapshot snapshot) => HashCode.Combine(snapshot.TelemetryVersion, snapshot.TrendsVersion);

    protected override void OnParametersSet() => Build();

    protected override Task OnSnapshotAsync(GridSnapshot snapshot)
    {
        Build();
        return Task.CompletedTask;
    }

    private void Build()
    {
        if (Snapshot is not { } snapshot) return;
        _regions = GridIndex.Of(snapshot.Grid).Regions;
        _rows = SubstationRows.Of(snapshot, new SubstationQuery(Text, Region, Status, SortColumn, Descending));
        // Unknown until one of them is known.
        double? mw = null;
        int? over = null, customersOut = null;
        var stale = 0;
        foreach (var row in _rows)
        {
            if (float.IsFinite(row.Mw)) mw = (mw ?? 0) + row.Mw;
            if (row.FeedersOver is { } rowOver) over = (over ?? 0) + rowOver;
            if (row.CustomersOut is { } rowOut) customersOut = (customersOut ?? 0) + rowOut;
            if (row.Freshness >= Freshness.Stale) stale++;
        }

        // With no row at all the sum is 0, and that is known.
        _totals = _rows.Count == 0 ? (0, 0, 0, 0) : (mw, over, customersOut, stale);
    }

    private void Filter(string name, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, string.IsNullOrWhiteSpace(value) ? null : value.Trim()), replace: true);

    // Names sort upwards at first, quantities downwards: what is most is looked for.
    private void SortBy(SubstationColumn column)
    {
        var descending = column == SortColumn ? !Descending : column is not (SubstationColumn.Name or SubstationColumn.Region or SubstationColumn.Status);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["sort"] = column.ToString().ToLowerInvariant(),
            ["desc"] = descending ? true : null,
        }), replace: true);
    }

    private string AriaSort(SubstationColumn column) => column != SortColumn ? "none" : Descending ? "descending" : "ascending";

    private string? RowCss(in SubstationRow row)
    {
        var stale = StatusLook.Row(row.Freshness);
        return row.Station.Code == _selected ? "sel " + stale : stale;
    }

    private void Open(Substation station) => Navigation.NavigateTo("substations/" + station.Code);

    private async Task OnKeyAsync(KeyboardEventArgs e)
    {
        if (_rows.Count == 0) return;
        var at = _rows.FindIndex(r => r.Station.Code == _selected);
        if (e.Key == "Enter")
        {
            if (at >= 0) Open(_rows[at].Station);
            return;
        }

        var to = e.Key switch
        {
            "ArrowDown" => at + 1,
            "ArrowUp" => at < 0 ? 0 : at - 1,
            "PageDown" => at + 10,
            "PageUp" => at - 10,
            "Home" => 0,
            "End" => _rows.Count - 1,
            _ => -2,
        };
        if (to == -2) return;
        to = Math.Clamp(to, 0, _rows.Count - 1);
        _selected = _rows[to].Station.Code;
        await Js.InvokeVoidAsync("fluxops.revealRow", Stopping, _scroll, to, RowHeight);
    }
}
