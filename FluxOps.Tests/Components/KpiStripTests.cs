using Bunit;
using FluxOps.Blazor.LivePage;

namespace FluxOps.Tests.Components;

public class KpiStripTests : ComponentTest
{
    private static string Value(IRenderedComponent<KpiStrip> strip, string key) => strip.Find($"[data-kpi={key}]").TextContent.Trim();

    [Fact]
    public void BeforeAnyValueEveryFigureIsADashAndNothingIsNaN()
    {
        var strip = Render<KpiStrip>(p => p.Add(k => k.Snapshot, null));
        Assert.Equal("—MW", Value(strip, "system-mw"));
        Assert.Equal("—", Value(strip, "customers-out"));
        Assert.Equal("never", Value(strip, "data-age"));
        Assert.DoesNotContain("NaN", strip.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void FiguresHaveUnitsAndTheIntervalTheyAreOf()
    {
        var at = TestSnapshots.Now.AddMinutes(-12.0 - (7 / 60.0));
        var snapshots = new TestSnapshots { Kpis = new(21846.2, 3412, 4, 7, 1503, 99.618, at, 0.414, TestSnapshots.Now.ToUnixTimeMilliseconds(), 99.7) };
        var strip = Render<KpiStrip>(p => p.Add(k => k.Snapshot, snapshots.Next()));
        Assert.Equal("21,846MW", Value(strip, "system-mw"));
        Assert.Equal("3,412", Value(strip, "customers-out"));
        Assert.Equal("7of 1,503", Value(strip, "feeders-over"));
        Assert.Equal("99.62%", Value(strip, "meters-reporting"));
        Assert.Equal("0.41% of meters", Value(strip, "outside-range-a"));
        Assert.Contains("interval 21:30", strip.Find("[data-kpi=meters-reporting] ~ .note").TextContent, StringComparison.Ordinal);
        var end = at.AddMinutes(15).ToUnixTimeMilliseconds().ToString();
        Assert.Equal(2, strip.FindAll($".note [data-age='{end}'][data-period='1800']").Count);
        Assert.Contains("4 incidents", strip.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIntervalOfAnotherDayHasItsDate()
    {
        var snapshots = new TestSnapshots();
        snapshots.Kpis = snapshots.Kpis with { ReportingInterval = new(2026, 8, 13, 21, 30, 0, TimeSpan.Zero), MetersReportingPercent = 98 };
        Assert.Contains("interval 2026-08-13 21:30", Render<KpiStrip>(p => p.Add(k => k.Snapshot, snapshots.Next())).Find("[data-kpi=meters-reporting] ~ .note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnyTelemetryNothingIsCountedAndNoZeroIsShown()
    {
        var snapshots = new TestSnapshots { Kpis = new(null, null, null, null, 8, null, null, null, 0, 0) };
        var strip = Render<KpiStrip>(p => p.Add(k => k.Snapshot, snapshots.Next()));
        Assert.Equal("—MW", Value(strip, "system-mw"));
        Assert.Equal("—", Value(strip, "customers-out"));
        Assert.Equal("—of 8", Value(strip, "feeders-over"));
        Assert.Equal(4, strip.FindAll(".never").Count);
        Assert.DoesNotContain("incident", strip.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyWhatIsAbnormalHasATone()
    {
        var quiet = Render<KpiStrip>(p => p.Add(k => k.Snapshot, new TestSnapshots().Next()));
        Assert.Empty(quiet.FindAll(".kpi.warn, .kpi.alarm"));
        var snapshots = new TestSnapshots();
        snapshots.Kpis = snapshots.Kpis with { CustomersOut = 1, FeedersOverLimit = 1 };
        var loud = Render<KpiStrip>(p => p.Add(k => k.Snapshot, snapshots.Next()));
        Assert.Single(loud.FindAll(".kpi.alarm"));
        Assert.Single(loud.FindAll(".kpi.warn"));
    }
}
