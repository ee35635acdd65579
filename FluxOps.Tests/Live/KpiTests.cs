using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;

namespace FluxOps.Tests.Live;

public sealed class KpiTests
{
    private static readonly long Noon = Stage.Start.ToUnixTimeSeconds();

    [Fact]
    public void Load_outages_and_limits_come_from_the_states()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, amps: [300, 606, 300, 300], open: [3]));
        var kpis = stage.Now.Kpis;
        Assert.Equal((300 + 606 + 300) / 60.0, kpis.SystemMw!.Value, 2);
        Assert.Equal(1, kpis.FeedersOverLimit);
        Assert.Equal(1, kpis.IncidentCount);
        Assert.Equal(stage.Grid.Feeders[3].Customers, kpis.CustomersOut);
        Assert.Equal(4, kpis.FeedersTotal);
        Assert.Equal(100, kpis.GoodDataPercent);
        Assert.Equal(stage.Milliseconds, kpis.NewestSourceTime);
        Assert.Equal([AssetStatus.OverLimit, AssetStatus.DeEnergised], stage.Now.Substations.Status);
        Assert.Equal(new int?[] { 0, stage.Grid.Feeders[3].Customers }, stage.Now.Substations.CustomersOut);
        Assert.Equal(new int?[] { 1, 0 }, stage.Now.Substations.FeedersOverLimit);
    }

    [Fact]
    public void Customers_stay_out_when_the_telemetry_of_their_feeder_stops()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, open: [3]));
        stage.Pass(TimeSpan.FromSeconds(30)).Take(stage.Sweep(amps: [300, 300, 300, float.NaN]));
        Assert.Equal(AssetStatus.Stale, stage.Now.Feeders.Status[3]);
        Assert.Equal(stage.Grid.Feeders[3].Customers, stage.Now.Kpis.CustomersOut);
    }

    [Fact]
    public void Reporting_is_of_the_newest_quarter_hour_whose_delivery_window_is_over()
    {
        var stage = new Stage();
        // 12:00. The quarter hour from 11:30 ended at 11:45, its window is just over; the one from 11:45 is being delivered.
        stage.Take(stage.Sweep(full: true), Stage.Readings(Noon - 900, [], new IntervalCompleteness(Noon - 900, 10, 0, 0, 0), new IntervalCompleteness(Noon - 1800, 70, 6, 3, 0)));
        Assert.Equal(100.0 * 76 / 80, stage.Now.Kpis.MetersReportingPercent!.Value, 6);
        Assert.Equal(Stage.Start.AddMinutes(-30), stage.Now.Kpis.ReportingInterval);

        // The window of the next ends by the clock alone.
        Assert.True(stage.Pass(TimeSpan.FromMinutes(15)).Take());
        Assert.Equal(12.5, stage.Now.Kpis.MetersReportingPercent);
        Assert.Equal(stage.Now.Version, stage.Now.ReadingsVersion);
    }

    [Fact]
    public void Voltage_is_judged_in_that_quarter_hour_and_goes_on_being_when_meters_move_on()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true),
            Stage.Readings(Noon - 1800, [(0, 240), (1, 227.9f), (2, 228), (3, 252.1f), (4, float.NaN)], new IntervalCompleteness(Noon - 1800, 4, 0, 0, 0)));
        Assert.Equal(50, stage.Now.Kpis.OutsideRangeAPercent);

        stage.Take(Stage.Readings(Noon - 900, [(0, 200), (1, 200), (2, 200), (3, 200)], new IntervalCompleteness(Noon - 900, 4, 0, 0, 0)));
        Assert.Equal(50, stage.Now.Kpis.OutsideRangeAPercent);

        // A correction of the counted interval takes the place of what was there.
        stage.Take(Stage.Readings(Noon - 900, [(0, 240)]));
        stage.Pass(TimeSpan.FromMinutes(15)).Take();
        Assert.Equal(75, stage.Now.Kpis.OutsideRangeAPercent);
    }

    [Fact]
    public void After_a_restart_meters_that_have_moved_on_count_with_their_newest_voltage()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true), Stage.Readings(Noon - 900, [(0, 240), (1, 200)]),
            Stage.Readings(Noon - 1800, [(2, 240), (3, 240)], new IntervalCompleteness(Noon - 1800, 4, 0, 0, 0), new IntervalCompleteness(Noon - 900, 2, 0, 0, 0)));
        Assert.Equal(25, stage.Now.Kpis.OutsideRangeAPercent);
    }

    [Fact]
    public void Nothing_known_is_null_not_zero()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, amps: [float.NaN, float.NaN, float.NaN, float.NaN], silentStations: [0, 1]));
        Assert.Null(stage.Now.Kpis.SystemMw);
        Assert.Null(stage.Now.Kpis.CustomersOut);
        Assert.Null(stage.Now.Kpis.IncidentCount);
        Assert.Null(stage.Now.Kpis.FeedersOverLimit);
        Assert.All(stage.Now.Substations.CustomersOut, Assert.Null);
        Assert.All(stage.Now.Substations.FeedersOverLimit, Assert.Null);
        Assert.Null(stage.Now.Kpis.MetersReportingPercent);
        Assert.Null(stage.Now.Kpis.OutsideRangeAPercent);
        Assert.Equal(0, stage.Now.Kpis.NewestSourceTime);
    }

    [Fact]
    public void One_station_may_be_unknown_while_the_others_are_counted()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, amps: [300, 300, float.NaN, float.NaN]));
        Assert.Equal(0, stage.Now.Kpis.CustomersOut);
        Assert.Equal(new int?[] { 0, null }, stage.Now.Substations.CustomersOut);
        Assert.Equal(new int?[] { 0, null }, stage.Now.Substations.FeedersOut);
    }

    [Fact]
    public void A_quarter_hour_older_than_two_days_says_nothing_of_now()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true), Stage.Readings(Noon - 1800, [(0, 240)], new IntervalCompleteness(Noon - 1800, 4, 0, 0, 0)));
        Assert.NotNull(stage.Now.Kpis.MetersReportingPercent);
        stage.Pass(TimeSpan.FromHours(48)).Take();
        Assert.Null(stage.Now.Kpis.MetersReportingPercent);
        Assert.Null(stage.Now.Kpis.ReportingInterval);
        Assert.Null(stage.Now.Kpis.OutsideRangeAPercent);
    }
}
