using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Data;
using FluxOps.Tests.Live;

namespace FluxOps.Tests.Topology;

/// <summary>Lists of assets: 2 stations, 4 feeders of 3 segments, 4 transformers and 20 meters each; feeder 1 is over its limit, 3 is out.</summary>
public sealed class AssetQueryTests
{
    private readonly AssetQuery _query;
    private readonly GridModel _grid = TestGrid.Make();

    public AssetQueryTests()
    {
        var stage = new Stage(_grid);
        stage.Take(stage.Sweep(full: true, amps: [300, 650, 200, 300], open: [3]));
        var live = new LiveGrid();
        live.Publish(stage.Now);
        _query = new(live, new GridTopologies((_, _) => throw new InvalidOperationException("everything is there"), (serial, _) =>
        {
            for (var id = 0; id < _grid.UsagePoints.Count; id++) serial(id, _grid.UsagePoints.Serial[id]);
            return Task.FromResult(_grid.Network.ContentHash);
        }));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AssetLayer.Substation, 2, "SUB-0000", null)]
    [InlineData(AssetLayer.Feeder, 4, "ST-1200", 0)]
    [InlineData(AssetLayer.Segment, 12, "LN-000000", 0)]
    [InlineData(AssetLayer.Device, 4, "FU-000001", 1)]
    [InlineData(AssetLayer.Transformer, 16, "TX-000000", 0)]
    [InlineData(AssetLayer.Meter, 80, "MTR-0000000", 0)]
    public async Task Every_layer_is_listed_by_name(AssetLayer layer, int count, string first, int? feeder)
    {
        var list = await _query.ListAsync(new() { Layer = layer }, ct: Stop);
        var rows = list.Rows(0, int.MaxValue);
        Assert.Equal((count, count), (list.Count, rows.Length));
        Assert.Equal((first, feeder, 0), (rows[0].Name, rows[0].FeederId, rows[0].SubstationId));
        Assert.Equal(rows.Select(r => r.Name).Order(StringComparer.Ordinal), rows.Select(r => r.Name));
        Assert.Equal(rows.Select(r => r.Name).Reverse(), (await _query.ListAsync(new() { Layer = layer }, AssetSort.Name, descending: true, Stop)).Rows(0, count).Select(r => r.Name));
        Assert.All(rows, r => Assert.Equal(r.Asset, list.Picture.Names.Find(r.Name)));
    }

    [Fact]
    public async Task All_that_a_filter_says_holds()
    {
        var state = await _query.ListAsync(new() { Layer = AssetLayer.Feeder, States = ["over", "out"] }, ct: Stop);
        Assert.Equal([1, 3], state.Ids);
        Assert.Equal(["over", "out"], state.Rows(0, 9).Select(r => r.State.Key));
        Assert.Equal([3], (await _query.ListAsync(new() { Layer = AssetLayer.Feeder, States = ["over", "out"], SubstationId = 1 }, ct: Stop)).Ids);
        Assert.Equal([8, 9, 10, 11], (await _query.ListAsync(new() { Layer = AssetLayer.Transformer, FeederId = 2 }, ct: Stop)).Ids);
        Assert.Equal([10, 11], (await _query.ListAsync(new() { Layer = AssetLayer.Transformer, FeederId = 2, Text = "tx-00001" }, ct: Stop)).Ids);
        var area = GeoShape.Box(-95.6, 29.6, -95.59996, 29.60004);
        Assert.Equal([0, 1, 2, 3, 4], (await _query.ListAsync(new() { Layer = AssetLayer.Meter, Area = area }, ct: Stop)).Ids);
        Assert.Equal([1], (await _query.ListAsync(new() { Layer = AssetLayer.Substation, Text = "station 1" }, ct: Stop)).Ids);
        Assert.Equal(["l100"], (await _query.ListAsync(new() { Layer = AssetLayer.Feeder, Mode = MapPalette.Mode("loading")!, States = ["l100"] }, ct: Stop)).Rows(0, 9).Select(r => r.State.Key));
        Assert.Equal(3, (await _query.ListAsync(new() { Layer = AssetLayer.Feeder, Mode = MapPalette.Mode("nominal")!, States = ["kv-a"] }, ct: Stop)).Count);
    }

    [Fact]
    public async Task What_could_be_chosen_is_counted_in_the_same_pass_and_a_cancelled_list_ends()
    {
        var list = await _query.ListAsync(new() { Layer = AssetLayer.Feeder, States = ["over"], Text = "ST-12" }, ct: Stop);
        Assert.Equal((1, 4), (list.Count, list.ByClass.Sum()));
        Assert.Equal((1, 1), (list.ByClass[(int)AssetStatus.OverLimit], list.ByClass[(int)AssetStatus.DeEnergised]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _query.ListAsync(new() { Layer = AssetLayer.Meter }, ct: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Sorts_put_what_has_no_value_last_and_are_always_the_same()
    {
        var load = await _query.ListAsync(new() { Layer = AssetLayer.Feeder }, AssetSort.Load, descending: true, Stop);
        Assert.Equal([1, 0, 2, 3], load.Ids);
        Assert.Equal([3, 2, 0, 1], (await _query.ListAsync(new() { Layer = AssetLayer.Feeder }, AssetSort.Load, descending: false, Stop)).Ids);
        Assert.Equal([3, 1], (await _query.ListAsync(new() { Layer = AssetLayer.Feeder }, AssetSort.State, ct: Stop)).Ids.Take(2));
        foreach (var descending in (bool[])[false, true])
            Assert.Equal(Enumerable.Range(0, 4), (await _query.ListAsync(new() { Layer = AssetLayer.Device }, AssetSort.Voltage, descending, Stop)).Ids);
        Assert.Equal(Enumerable.Range(40, 40).Concat(Enumerable.Range(0, 40)), (await _query.ListAsync(new() { Layer = AssetLayer.Meter }, AssetSort.Substation, descending: true, Stop)).Ids);
    }

    [Fact]
    public async Task Rows_are_read_by_the_page()
    {
        var list = await _query.ListAsync(new() { Layer = AssetLayer.Meter, FeederId = 1 }, ct: Stop);
        Assert.Equal(20, list.Count);
        Assert.Equal(["MTR-0000035", "MTR-0000036"], list.Rows(15, 2).Select(r => r.Name));
        Assert.Equal(2, list.Rows(18, 10).Length);
        Assert.Empty(list.Rows(20, 10));
        Assert.Equal(650 / 6.0, (await _query.ListAsync(new() { Layer = AssetLayer.Segment, FeederId = 1 }, ct: Stop))[0].Values.LoadPercent!.Value, 3);
    }

    [Fact]
    public async Task Lines_below_an_open_device_have_no_voltage_and_no_load()
    {
        var query = With(attached: true, (0, true));
        var dead = (await query.ListAsync(new() { Layer = AssetLayer.Segment, FeederId = 0 }, ct: Stop)).Rows(0, 9);
        Assert.All(dead, r => Assert.Equal((true, (double?)null, (double?)null, Stage.Start), (r.Code.Dead, r.Values.Kv, r.Values.LoadPercent, r.Values.SourceTime)));
        Assert.All((await query.ListAsync(new() { Layer = AssetLayer.Segment, FeederId = 2 }, ct: Stop)).Rows(0, 9), r => Assert.NotNull(r.Values.Kv));
        // Fuses 1 and 3 are normally open.
        Assert.Equal([0, 1, 2, 3, 4, 5, 9, 10, 11], (await query.ListAsync(new() { Layer = AssetLayer.Segment, States = ["out"] }, ct: Stop)).Ids);
        var transformers = (await query.ListAsync(new() { Layer = AssetLayer.Transformer }, ct: Stop)).Rows(0, 99);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15], transformers.Where(r => r.BeforeOutage).Select(r => r.Asset.Id));
    }

    [Fact]
    public async Task A_device_is_where_it_said_even_before_the_codes_are_known()
    {
        var rows = (await With(attached: false, (0, true), (1, false)).ListAsync(new() { Layer = AssetLayer.Device }, AssetSort.SourceTime, ct: Stop)).Rows(0, 9);
        Assert.Equal([(0, true), (1, false), (2, false), (3, true)], rows.Select(r => (r.Asset.Id, r.Open!.Value)));
        Assert.Equal([(Stage.Start, ValueOrigin.Measured), (Stage.Start, ValueOrigin.Measured), (null, null), (null, null)], rows.Select(r => ((DateTimeOffset?)r.Values.SourceTime, r.Values.Origin)));
    }

    private AssetQuery With(bool attached, params (int, bool)[] devices)
    {
        var stage = new Stage(_grid);
        if (attached) stage.State.Attach(new(_grid));
        stage.Take(stage.Sweep(full: true), stage.Devices(true, devices));
        var live = new LiveGrid();
        live.Publish(stage.Now);
        return new(live, new GridTopologies((_, _) => throw new InvalidOperationException("everything is there"), (_, _) => throw new InvalidOperationException("no names are asked for")));
    }

    [Fact]
    public async Task A_number_alone_is_no_name()
    {
        var names = (await _query.ListAsync(new() { Layer = AssetLayer.Meter }, ct: Stop)).Picture.Names;
        Assert.Null(names.Find("1"));
        Assert.Null(names.Find(""));
        Assert.Null(names.Find("TX-999999"));
        Assert.Null(names.Find("SW-000001"));
        Assert.Equal(new AssetRef(AssetLayer.Device, 1), names.Find(" fu-1 "));
        Assert.Equal(new AssetRef(AssetLayer.Substation, 1), names.Find("station 1"));
        Assert.Equal(new AssetRef(AssetLayer.Meter, 7), names.Find("mtr-0000007"));
    }
}
