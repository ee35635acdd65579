using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.LivePage;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Readings;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Data;
using Console = FluxOps.Blazor.LivePage.LiveConsole;

namespace FluxOps.Tests.Components;

public class MapPanelsTests : ComponentTest
{
    private static NetworkTrace Trace(PassedDevice[] devices, int out_ = 0) => new()
    {
        From = new(AssetLayer.Transformer, 4), Direction = TraceDirection.Up, FeederId = 1, BankId = 0, SubstationId = 0, Upstream = [7, 3], Downstream = [], Segments = [3, 7], Ties = [],
        Transformers = [4], Meters = [new(10, 3)], Devices = devices, Km = 1.3, Kva = 75, MeterCount = 3, Customers = 85, SegmentsOut = 0, TransformersOut = out_, MetersOut = 3 * out_, CustomersOut = 85 * out_,
    };

    [Fact]
    public void ATraceIsALinkBesideWhatIsSelected()
    {
        var view = Render<TraceView>(p => p.Add(t => t.Address, "?asset=TX-000004").Add(t => t.Name, "TX-000004"));
        Assert.Equal(["?asset=TX-000004&trace=up", "?asset=TX-000004&trace=down", "?asset=TX-000004&trace=both"], view.FindAll("[data-trace]").Select(a => a.GetAttribute("href")));
        Assert.Empty(view.FindAll("[data-escape]"));
    }

    [Fact]
    public void ATraceCountsAndIsClearedByTheEscapeKey()
    {
        var view = Render<TraceView>(p => p.Add(t => t.Address, "?asset=TX-000004").Add(t => t.Name, "TX-000004").Add(t => t.Direction, TraceDirection.Up)
            .Add(t => t.Grid, new TestSnapshots().Next().Grid).Add(t => t.Trace, Trace([new(2, true, false), new(5, false, false)], 1)));
        Assert.Equal("1.3km", view.Find("[data-count=km]").TextContent);
        Assert.Equal("85", view.Find("[data-count=customers]").TextContent);
        Assert.Contains("1 open", view.Find("[data-count=devices]").TextContent, StringComparison.Ordinal);
        Assert.Contains("out", view.Find("[data-count=out]").ClassList);
        Assert.Equal("true", view.Find("[data-trace=up]").GetAttribute("aria-current"));
        Assert.Equal("?asset=TX-000004", view.Find("[data-escape]").GetAttribute("href"));
    }

    [Fact]
    public void ATraceOfManyDevicesShowsAllWhenAsked()
    {
        var topology = new GridTopology(TestGrid.Make(substations: 10));
        var view = Render<TraceView>(p => p.Add(t => t.Address, "?substation=SUB-0000").Add(t => t.Name, "Station 0").Add(t => t.Direction, TraceDirection.Down)
            .Add(t => t.Topology, topology).Add(t => t.Trace, Trace([.. Enumerable.Range(0, 20).Select(i => new PassedDevice(i, i == 19, false))])));
        Assert.Equal(8, view.FindAll(".passed li").Count);
        Assert.StartsWith("FU-000019", view.Find(".passed li").TextContent, StringComparison.Ordinal);
        Assert.Equal("Show all 20", view.Find("button").TextContent);
        view.Find("button").Click();
        Assert.Equal((20, "true"), (view.FindAll(".passed li").Count, view.Find("button").GetAttribute("aria-expanded")));
    }

    [Fact]
    public void AnOutlineOfManyPointsIsThinnedAndSaysSo()
    {
        Assert.Equal(("-95.4,29.7;-95.3,29.7;-95.3,29.8", null), Console.AreaOf("-95.4,29.7;-95.3,29.7;-95.3,29.8&x"));
        var (area, notice) = Console.AreaOf(string.Join(';', Enumerable.Range(0, 250).Select(i => $"{i},{i * i % 7}")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i * 250 / 100}"), area.Split(';').Select(p => p.Split(',')[0]));
        Assert.Contains("250 points", notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AssetLayer.Device, "not in its normal position")]
    [InlineData(AssetLayer.Transformer, "de-energised")]
    public void ADeadDeviceIsOneOutOfItsPlace(AssetLayer layer, string word) =>
        Assert.Contains(word, Render<StateChip>(p => p.Add(c => c.Layer, layer).Add(c => c.Code, AssetCode.Of(true, Freshness.Live, VoltageBand.Unknown, LoadBand.Unknown))).Markup, StringComparison.Ordinal);

    [Fact]
    public void ValuesThatAreNotPlainlyMeasuredWearLetters()
    {
        Assert.Empty(AssetWords.Letters(TelemetryQuality.Good, ValueOrigin.Measured));
        Assert.Equal(["M", "S"], AssetWords.Letters(TelemetryQuality.Manual, ValueOrigin.Simulated).Select(l => l.Letter));
        Assert.Equal(["E", "R"], AssetWords.Letters(ReadingQuality.Estimated, ValueOrigin.Replayed).Select(l => l.Letter));
    }

    [Fact]
    public void WhatHasANameOfItsIdHasItsAddress()
    {
        var grid = new TestSnapshots().Next().Grid;
        Assert.Equal("?substation=SUB-0001", AssetAddress.Of(grid, null, new(AssetLayer.Substation, 1)));
        Assert.Equal("?substation=SUB-0001&feeder=F-1202", AssetAddress.Of(grid, null, new(AssetLayer.Feeder, 2)));
        Assert.Equal("?asset=TX-000012", AssetAddress.Of(grid, null, new(AssetLayer.Transformer, 12)));
        Assert.Null(AssetAddress.Of(grid, null, new(AssetLayer.Feeder, 99)));
        Assert.Null(AssetAddress.Of(grid, null, new(AssetLayer.Device, 0))); // its name says its kind, which is not known yet
    }
}
