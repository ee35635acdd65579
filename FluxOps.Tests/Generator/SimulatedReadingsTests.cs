using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Load;
using FluxOps.Generator.Simulation;

namespace FluxOps.Tests.Generator;

public sealed class SimulatedReadingsTests
{
    private const long Interval = 1_795_000_500 / 900 * 900;
    private static readonly SimulatedUtility Utility = new(DemoNetwork.Model, LocalClock.Find(LocalClock.DefaultZone), new SimulationOptions());
    private static readonly HashSet<int> None = [];

    [Fact]
    public void Every_meter_has_its_turn_once_within_the_delivery_window()
    {
        var due = Utility.Readings.Due(Interval + 900, Interval + 1_800).Where(d => d.Interval == Interval).ToList();
        Assert.Equal(20, due.Count);
        Assert.All(due, d => Assert.InRange(d.DueAt, Interval + 900, Interval + 900 + 620));
        int[] ids = [.. due.SelectMany(d => Utility.Readings.Batches(d, None)).Where(b => b.IntervalStart[0] == Interval).SelectMany(b => b.UsagePointId)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.InRange(ids.Length, 98_800, 99_999);
        Assert.All(due.SelectMany(d => Utility.Readings.Batches(d, None)), b => Assert.True(b.Count <= 10_000));
    }

    [Fact]
    public void Time_cut_in_pieces_gives_the_same_deliveries()
    {
        var whole = Utility.Readings.Due(Interval, Interval + 7_200);
        List<Delivery> parts = [];
        for (long at = Interval; at < Interval + 7_200; at += 7)
            parts.AddRange(Utility.Readings.Due(at, Math.Min(at + 7, Interval + 7_200)));
        Assert.Equal(whole.OrderBy(d => d.DueAt), parts.OrderBy(d => d.DueAt));
        Assert.True(whole.Select(d => d.Interval).SequenceEqual(whole.Select(d => d.Interval).Order()), "in order");
    }

    [Fact]
    public void A_little_is_missing_at_first_and_most_of_it_comes_later()
    {
        IntervalReadings[] fresh = [.. Utility.Readings.Whole(Interval, Interval + 1_600, None)], old = [.. Utility.Readings.Whole(Interval, Interval + 90_000, None)];
        double Share(IntervalReadings[] batches, ReadingQuality quality) => batches.Sum(b => b.Quality.Count(q => q == quality)) / 100_000.0;
        Assert.InRange(1 - Share(fresh, ReadingQuality.Good) - Share(fresh, ReadingQuality.PowerFail), 0.004, 0.012);
        Assert.True(Share(old, ReadingQuality.Missing) < Share(fresh, ReadingQuality.Missing));
        Assert.True(Share(old, ReadingQuality.Estimated) > 0);
        foreach (var b in fresh)
            for (var i = 0; i < b.Count; i++)
                Assert.Equal(b.Quality[i] == ReadingQuality.Missing, float.IsNaN(b.Kwh[i]));
    }

    [Fact]
    public void Meters_being_replayed_are_left_alone()
    {
        HashSet<int> replayed = [0, 5, 99_999];
        Assert.DoesNotContain(Utility.Readings.Whole(Interval, Interval + 90_000, replayed).SelectMany(b => b.UsagePointId), replayed.Contains);
    }

    [Fact]
    public void Meters_of_a_feeder_without_power_read_zero_and_say_power_failed()
    {
        var outage = Utility.Incidents.Outages(Interval * 1000, Interval * 1000 + 86_400_000).First(o => o.End - o.Start > 900_000);
        long interval = SimulatedReadings.IntervalOf(outage.Start / 1000);
        foreach (var b in Utility.Readings.Whole(interval, interval + 90_000, None))
            for (var i = 0; i < b.Count; i++)
                if (DemoNetwork.Model.UsagePoints.FeederId[b.UsagePointId[i]] == outage.FeederId)
                    Assert.True(b.Quality[i] is ReadingQuality.PowerFail or ReadingQuality.Missing);
    }

    [Fact]
    public void A_sweep_leaves_out_silent_stations_and_shows_open_breakers()
    {
        var outage = Utility.Incidents.Outages(Interval * 1000, Interval * 1000 + 86_400_000).First(o => Utility.Incidents.Losses(o.Start, o.End).TrueForAll(l => l.SubstationId != DemoNetwork.Model.Feeders[o.FeederId].SubstationId));
        var sweep = Utility.Telemetry.Sweep(outage.Start + 1_000);
        int at = Array.IndexOf(sweep.Feeders.FeederId, outage.FeederId);
        Assert.Equal((BreakerState.Open, 0f), (sweep.Feeders.Breaker[at], sweep.Feeders.Amps[at]));
        var loss = Utility.Incidents.Losses(Interval * 1000, Interval * 1000 + 86_400_000)[0];
        Assert.DoesNotContain(loss.SubstationId, Utility.Telemetry.Sweep(loss.Start + 1).Substations.SubstationId);
    }
}
