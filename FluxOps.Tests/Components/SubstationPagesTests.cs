using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.LivePage;
using FluxOps.Blazor.Substations;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Components;

public class SubstationPagesTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void TheTableSaysWhatItWaitsForBeforeTheFirstValues() =>
        Assert.Contains("Waiting for the grid", Render<SubstationsPage>().Markup, StringComparison.Ordinal);

    [Fact]
    public void TotalsAreOfWhatIsShown()
    {
        var snapshots = new TestSnapshots();
        snapshots.Out[2] = 1417;
        snapshots.Over[1] = 2;
        Live.Publish(snapshots.Next());
        Navigation.NavigateTo("/substations?region=West");
        Assert.Equal("1 of 4 shown 30.0 MW 0 feeders over limit 1,417 customers out 0 without fresh data", Squeeze(Render<SubstationsPage>().Find("[data-totals]").TextContent));
    }

    [Fact]
    public void AStationWhoseFeedersWereNeverHeardOfHasNoZeroes()
    {
        var snapshots = new TestSnapshots();
        (snapshots.Out[2], snapshots.Over[2]) = (null, null);
        Live.Publish(snapshots.Next());
        Navigation.NavigateTo("/substations?region=West");
        Assert.Contains("— feeders over limit — customers out", Squeeze(Render<SubstationsPage>().Find("[data-totals]").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public void ASimulatedCircuitEventWearsItsBadge()
    {
        var grid = new TestSnapshots().Next().Grid;
        CircuitEvent[] events = [new(0, 1, CircuitEventKind.BreakerOpened, 1, ValueOrigin.Simulated), new(0, 1, CircuitEventKind.BreakerClosed, 1, ValueOrigin.Measured)];
        var list = Render<CircuitEventList>(p => p.Add(l => l.Grid, grid).Add(l => l.Events, events));
        Assert.Equal("S", Assert.Single(list.FindAll(".badge")).TextContent);
    }

    [Fact]
    public void AnEventOfADeviceNamesIt()
    {
        var grid = new TestSnapshots().Next().Grid;
        CircuitEvent[] events =
        [
            new(0, 1, CircuitEventKind.DeviceClosed, 2, ValueOrigin.Simulated, 12_345, AssetKind.Recloser), new(0, 1, CircuitEventKind.DeviceOpened, 1, ValueOrigin.Simulated, 7, AssetKind.Fuse),
        ];
        var rows = Render<CircuitEventList>(p => p.Add(l => l.Grid, grid).Add(l => l.Events, events)).FindAll("tr");
        Assert.EndsWith($"{grid.Feeders[1].Name} recloser RC-012345 closed", rows[0].Children[0].TextContent, StringComparison.Ordinal);
        Assert.EndsWith($"{grid.Feeders[1].Name} fuse FU-000007 opened", rows[1].Children[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("out", rows[1].Children[1].ClassName);
    }

    [Fact]
    public void AHeaderSortsByItsColumnThroughTheAddress()
    {
        Live.Publish(new TestSnapshots().Next());
        var page = Render<SubstationsPage>();
        page.FindAll("th button").Single(b => b.TextContent.StartsWith("MW", StringComparison.Ordinal)).Click();
        Assert.EndsWith("?sort=mw&desc=True", Navigation.Uri, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("descending", page.FindAll("th").Single(h => h.TextContent.StartsWith("MW", StringComparison.Ordinal) && !h.TextContent.Contains('%', StringComparison.Ordinal) && !h.TextContent.Contains("MVA", StringComparison.Ordinal)).GetAttribute("aria-sort"));
    }

    [Fact]
    public void AFilterThatFitsNothingOffersTheWayBack()
    {
        Live.Publish(new TestSnapshots().Next());
        Navigation.NavigateTo("/substations?q=nowhere");
        var page = Render<SubstationsPage>();
        Assert.Equal("substations", page.Find(".state a").GetAttribute("href"));
    }

    [Fact]
    public void AnUnknownCodeIsNotFound()
    {
        Live.Publish(new TestSnapshots().Next());
        var page = Render<SubstationPage>(p => p.Add(s => s.Code, "SUB-9999"));
        Assert.Contains("No substation has the code SUB-9999.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AStaleFeederIsMarkedByClassShapeAndWord()
    {
        var snapshots = new TestSnapshots();
        snapshots.FeederFreshness[1] = Freshness.Stale;
        snapshots.FeederStatus[1] = AssetStatus.Stale;
        snapshots.FeederFreshness[0] = Freshness.Never;
        snapshots.FeederStatus[0] = AssetStatus.Never;
        snapshots.FeederPercent[0] = float.NaN;
        var snapshot = snapshots.Next();
        var table = Render<FeederTable>(p => p.Add(t => t.Snapshot, snapshot).Add(t => t.Station, snapshot.Grid.Substations[0]).Add(t => t.Wide, true));
        var rows = table.FindAll("tbody tr");
        Assert.Contains("stale", rows[1].ClassList);
        Assert.Contains("◌ stale", Squeeze(rows[1].TextContent), StringComparison.Ordinal);
        Assert.Contains("never", Squeeze(rows[0].TextContent), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void TheListHoldsItsOrderWhileThePointerIsOverIt()
    {
        var snapshots = new TestSnapshots();
        var list = Render<SubstationList>(p => p.Add(l => l.Snapshot, snapshots.Next()));
        string[] Order() => [.. list.FindAll("tbody a").Select(a => a.TextContent)];
        var before = Order();
        list.Find(".scroll").MouseEnter();
        snapshots.Status[0] = AssetStatus.DeEnergised;
        list.Render(p => p.Add(l => l.Snapshot, snapshots.Next()));
        Assert.Equal(before, Order());
        list.Find(".scroll").MouseLeave();
        list.Render(p => p.Add(l => l.Snapshot, snapshots.Next()));
        Assert.Equal("Hobby", Order()[0]);
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
