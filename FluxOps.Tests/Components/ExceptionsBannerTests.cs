using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Components;

public class ExceptionsBannerTests : ComponentTest
{
    private static readonly GridException Overload = new(GridExceptionKind.FeederOverLimit, 2, 0, 1, TestSnapshots.Now.AddMinutes(-2), 119.4, 1240);
    private static readonly GridException Dead = new(GridExceptionKind.FeederDeEnergised, 1, 1, 2, TestSnapshots.Now.AddMinutes(-9), 1417, 1417);

    [Fact]
    public void QuietWhenNothingIsWrong()
    {
        Live.Publish(new TestSnapshots().Next());
        var banner = Render<ExceptionsBanner>();
        Assert.Contains("No exceptions", banner.Markup, StringComparison.Ordinal);
        Assert.Empty(banner.FindAll(".pc.on1, .pc.on2, .pc.on3, .pc.on4"));
    }

    [Fact]
    public void WithoutTelemetryNobodyKnowsOfExceptions()
    {
        var snapshots = new TestSnapshots();
        snapshots.Kpis = snapshots.Kpis with { CustomersOut = null, IncidentCount = null, FeedersOverLimit = null };
        Live.Publish(snapshots.Next());
        Assert.Equal("No telemetry yet", Render<ExceptionsBanner>().Find(".msg").TextContent);
    }

    [Theory]
    [InlineData(false, "breaker open since 21:33:07")]
    [InlineData(true, "no voltage since 21:33:07")]
    public void ADeadFeederIsSaidToBeOpenOnlyWhereItsBreakerIs(bool closed, string words)
    {
        Live.Publish(new TestSnapshots().With(Dead with { BreakerClosed = closed }).Next());
        Assert.Equal($"Feeder F-1202 {words} · 1,417 customers out", Render<ExceptionsBanner>().Find(".msg").TextContent);
    }

    [Fact]
    public void SaysTheNewestInWordsAndTheOldestAge()
    {
        Live.Publish(new TestSnapshots().With(Dead).With(Overload).Next());
        var banner = Render<ExceptionsBanner>();
        Assert.Equal("Feeder F-1201 load over rating since 21:40:07 · now 119 % · 1,240 customers", banner.Find(".msg").TextContent);
        Assert.Equal(Dead.Since.ToUnixTimeMilliseconds().ToString(), banner.Find(".oldest .age").GetAttribute("data-age"));
    }

    [Fact]
    public void CountsByPriorityWithShapeAndNumber()
    {
        Live.Publish(new TestSnapshots().With(Dead).With(Overload).With(Overload).Next());
        var chips = Render<ExceptionsBanner>().FindAll(".pc").Select(c => c.TextContent.Replace("priority ", "", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["■1 · 1", "▲2 · 2", "▼3 · 0", "●4 · 0"], chips);
    }

    [Fact]
    public void ClickSelectsWhatItIsAbout()
    {
        Live.Publish(new TestSnapshots().With(Overload).Next());
        Render<ExceptionsBanner>().Find("button.msg").Click();
        Assert.EndsWith("/?substation=SUB-0000&feeder=F-1201", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void ALostStoreIsSaidWithReasonAndTime()
    {
        Live.Publish(new TestSnapshots { Link = new FeedLink(false, TestSnapshots.Now.AddSeconds(-7), "connection refused") }.Next());
        var text = Render<ExceptionsBanner>().Find(".banner.lost").TextContent;
        Assert.Contains("since 21:42:00: connection refused. Values below are old.", text, StringComparison.Ordinal);
    }
}
