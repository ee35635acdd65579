using Bunit;
using FluxOps.Blazor.Ami;
using FluxOps.Data.Changes;
using FluxOps.Data.Events;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Components;

public class AmiPartsTests : ComponentTest
{
    private static readonly DateTimeOffset Start = new(2026, 8, 14, 21, 15, 0, TimeSpan.Zero);

    private static IntervalRow Interval(int quartersBack, float kwh = 0.25f, float volts = 241.2f, ReadingQuality quality = ReadingQuality.Good, ValueOrigin origin = ValueOrigin.Measured) =>
        new(Start.ToUnixTimeSeconds() - (quartersBack * 900L), kwh, volts, quality, origin, null, 900, Start.AddMinutes(21));

    [Fact]
    public void AnIntervalNotDeliveredIsAGapAndAMissingOneToo()
    {
        var series = MeterSeries.Of([Interval(3), Interval(1, quality: ReadingQuality.Missing), Interval(0)], Start.AddHours(-1), Start);
        Assert.Equal(5, series.X.Length);
        Assert.Equal([true, false, true, true, false], series.Kwh.Select(float.IsNaN));
        Assert.Equal(ReadingQuality.Missing, series.Quality[3]);
    }

    [Fact]
    public void TheLastIntervalSaysEnergyDemandVoltageAndWhenItCame()
    {
        var last = Render<LastInterval>(p => p.Add(l => l.Interval, Interval(0)));
        Assert.Contains("0.250", last.Markup, StringComparison.Ordinal);
        Assert.Contains("1.00<small>kW", last.Markup, StringComparison.Ordinal);
        Assert.Contains("241.2<small>V", last.Markup, StringComparison.Ordinal);
        Assert.Contains("6 m 0 s after its end", last.Markup, StringComparison.Ordinal);
        Assert.Equal(Start.AddMinutes(15).ToUnixTimeMilliseconds().ToString(), last.Find("[data-age]").GetAttribute("data-age"));
    }

    [Fact]
    public void EstimatedAndReplayedWearTheirLetters()
    {
        var last = Render<LastInterval>(p => p.Add(l => l.Interval, Interval(0, quality: ReadingQuality.Estimated, origin: ValueOrigin.Replayed)));
        Assert.Equal(["E", "R"], last.FindAll("abbr").Select(b => b.TextContent));
    }

    [Fact]
    public void AMissingValueIsADashNotANumber()
    {
        var last = Render<LastInterval>(p => p.Add(l => l.Interval, Interval(0, float.NaN, float.NaN, ReadingQuality.Missing)));
        Assert.DoesNotContain("NaN", last.Markup, StringComparison.Ordinal);
        Assert.Contains("—<small>kWh", last.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void VoltageOutsideRangeAIsSaidInWords() =>
        Assert.Contains("outside range A", Render<LastInterval>(p => p.Add(l => l.Interval, Interval(0, volts: 226.9f))).Markup, StringComparison.Ordinal);

    [Fact]
    public void CompletenessHasOneBarAQuarterHourAndATableThatSaysTheSame()
    {
        var start = Start.ToUnixTimeSeconds();
        var strip = Render<CompletenessStrip>(p => p
            .Add(c => c.Intervals, [new IntervalCompleteness(start, 60, 30, 2, 0), new IntervalCompleteness(start - 900, 100, 0, 0, 0)])
            .Add(c => c.Meters, 100).Add(c => c.Newest, Start.AddMinutes(-15)));
        Assert.Equal(192, strip.FindAll("svg g").Count);
        var titles = strip.FindAll("svg title").Select(t => t.TextContent).ToArray();
        Assert.Equal("21:15:00: 90 of 100 received, 30 of them estimated, still coming in", titles[^1]);
        Assert.Equal(["21:15:00", "90", "30", "10", "90.00"], strip.FindAll("tbody tr")[0].Children.Select(c => c.TextContent));
    }

    [Fact]
    public void NoIntervalYetIsSaid() =>
        Assert.Contains("No interval has come in yet", Render<CompletenessStrip>(p => p.Add(c => c.Intervals, []).Add(c => c.Meters, 100)).Markup, StringComparison.Ordinal);

    [Fact]
    public void EventsHaveWordCodeAndValue()
    {
        var list = Render<MeterEventList>(p => p.Add(l => l.Events, [new EndDeviceEvent(1, EndDeviceEventKind.VoltageSag, Start.ToUnixTimeMilliseconds(), 221.4f, ValueOrigin.Simulated)]));
        Assert.Contains("voltage sag", list.Markup, StringComparison.Ordinal);
        Assert.Contains("3.26.131.223", list.Markup, StringComparison.Ordinal);
        Assert.Contains("221.4 V", list.Markup, StringComparison.Ordinal);
    }
}
