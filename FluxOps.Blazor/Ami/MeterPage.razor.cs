using FluxOps.Blazor.Charts;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.Ami;

public partial class MeterPage
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(48);

    /// <summary>ANSI C84.1 range A on the 240 V base: 228 to 252 V.</summary>
    private static readonly ChartLimit[] RangeA = [new("Range A, high", 252), new("Range A, low", 228)];

    private UsagePointRow? _meter;
    private Substation? _station;
    private Feeder? _feeder;
    private IReadOnlyList<IntervalRow> _intervals = [];
    private List<IntervalRow> _newestFirst = [];
    private IReadOnlyList<EndDeviceEvent> _events = [];
    private long[] _x = [];
    private ChartSeries[] _kwh = [], _volts = [];
    private bool _notFound;
    private string? _failed, _loaded;
    private int _readVersion = -1;

    [Parameter] public string Serial { get; set; } = "";
    [Inject] public required ReadingQueries Readings { get; init; }
    [Inject] public required EventQueries Events { get; init; }

    // One number per meter: whatever else happens in the fleet does not concern this page.
    protected override long VersionOf(GridSnapshot snapshot) => 
        HashCode.Combine(snapshot.Grid, snapshot.Link, _meter is null ? 0 : LiveGrid.MeterVersion(_meter.Id));

    protected override async Task OnParametersSetAsync()
    {
        if (Serial == _loaded) return;
        _loaded = Serial;
        await LoadAsync();
    }

    protected override async Task OnSnapshotAsync(GridSnapshot snapshot)
    {
        Place();
        // What failed while the store was away is asked again once it is back.
        if (_failed is not null && snapshot.Link.Connected)
        {
            await (_meter is null ? LoadAsync() : ReadAsync());
            return;
        }

        if (_meter is not null && LiveGrid.MeterVersion(_meter.Id) != _readVersion) await ReadAsync();
    }

    private async Task LoadAsync()
    {
        (_meter, _notFound, _failed, _intervals, _newestFirst, _events) = (null, false, null, [], [], []);
        var asked = Serial;
        try
        {
            var meter = await Readings.FindAsync(asked, Stopping);
            if (asked != Serial) return;
            _notFound = meter is null;
            if (meter is null) return;
            _meter = meter;
            Place();
            await ReadAsync();
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            _failed = StoreFailure.Words(e);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private void Place()
    {
        if (_meter is null || Snapshot is not { } s || _meter.FeederId >= s.Grid.Feeders.Length) return;
        _feeder = s.Grid.Feeders[_meter.FeederId];
        _station = s.Grid.Substations[_feeder.SubstationId];
    }

    private async Task ReadAsync()
    {
        if (_meter is not { } meter) return;
        // Taken before the query: what arrives during it raises the version again and is read next.
        _readVersion = LiveGrid.MeterVersion(meter.Id);
        var now = Time.GetUtcNow();
        try
        {
            var intervals = await Readings.IntervalsAsync(meter.Id, now - Shown, now, Stopping);
            var events = await Events.ForMeterAsync(meter.Id, 50, Stopping);
            if (_meter != meter) return;
            (_intervals, _events, _failed) = (intervals, events, null);
            _newestFirst = [.. intervals.Reverse()];
            var series = MeterSeries.Of(intervals, now - Shown, now);
            _x = series.X;
            _kwh = [new ChartSeries("kWh", series.Kwh, ChartRole.Main, series.Quality, Stepped: true)];
            _volts = [new ChartSeries("V", series.Volts, ChartRole.Main, series.Quality, Stepped: true)];
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            _failed = StoreFailure.Words(e);
        }
    }
}
