using FluxOps.Data.Events;
using FluxOps.Generator.Simulation;

namespace FluxOps.Tests.Generator;

public sealed class IncidentsTests
{
    private const long Day = 86_400_000, Start = 20_000 * Day;
    private static readonly Incidents Demo = new(DemoNetwork.Model, new SimulationOptions());

    [Fact]
    public void Happen_at_the_rate_that_was_asked_for_and_quiet_is_normal()
    {
        Assert.InRange(Demo.Outages(Start, Start + 10 * Day).Count, 700, 1_250);
        Assert.InRange(Demo.Losses(Start, Start + 10 * Day).Count, 1_100, 1_800);
        int quiet = Enumerable.Range(0, 2_000).Count(k => Demo.Outages(Start + k * 400_000L, Start + k * 400_000L + 1).Count == 0);
        Assert.InRange(quiet / 2_000.0, 0.3, 0.8);
        Assert.Empty(new Incidents(DemoNetwork.Model, new SimulationOptions { OutagesPerHour = 0 }).Outages(Start, Start + Day));
    }

    [Fact]
    public void Are_the_same_however_time_is_cut()
    {
        var whole = Demo.Events(Start, Start + Day / 4);
        List<EndDeviceEvent> meters = [];
        List<CircuitEvent> circuits = [];
        for (long at = Start; at < Start + Day / 4; at += 1_000_000)
        {
            var part = Demo.Events(at, Math.Min(at + 1_000_000, Start + Day / 4));
            meters.AddRange(part.Meters);
            circuits.AddRange(part.Circuits);
        }
        Assert.Equal(whole.Meters, meters);
        Assert.Equal(whole.Circuits, circuits);
    }

    [Fact]
    public void A_share_of_the_meters_gasps_within_a_minute_and_most_report_the_restoration()
    {
        var outages = Demo.Outages(Start, Start + Day).FindAll(o => o.Start > Start && o.End + 200_000 < Start + Day);
        var (events, circuits) = Demo.Events(Start - 1, Start + Day);
        double gasps = 0, restored = 0, meters = 0;
        foreach (var o in outages)
        {
            Assert.InRange(o.End - o.Start, 180_000, 1_200_000);
            Assert.Contains(circuits, c => c.FeederId == o.FeederId && c.Kind == CircuitEventKind.BreakerOpened && c.SourceTime == o.Start);
            Assert.Contains(circuits, c => c.FeederId == o.FeederId && c.Kind == CircuitEventKind.BreakerClosed && c.SourceTime == o.End);
            var own = events.Where(e => DemoNetwork.Model.UsagePoints.FeederId[e.UsagePointId] == o.FeederId).ToList();
            gasps += own.Count(e => e.Kind == EndDeviceEventKind.PowerDown && e.SourceTime > o.Start && e.SourceTime <= o.Start + 60_000);
            restored += own.Count(e => e.Kind == EndDeviceEventKind.PowerRestore && e.SourceTime > o.End && e.SourceTime <= o.End + 120_000);
            meters += DemoNetwork.Model.Feeders[o.FeederId].Meters;
        }
        Assert.InRange(gasps / meters, 0.2, 0.4);
        Assert.InRange(restored / meters, 0.75, 0.95);
    }
}
