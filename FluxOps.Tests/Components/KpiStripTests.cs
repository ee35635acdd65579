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
        Assert.Contains("interval 21:30", strip.Markup, StringComparison.Ordinal);
        Assert.Contains("4 incidents", strip.Markup, StringComparison.Ordinal);
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
