using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.LivePage;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

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
