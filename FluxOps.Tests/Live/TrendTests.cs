using FluxOps.Blazor.Live;

namespace FluxOps.Tests.Live;

public sealed class TrendTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_minute_is_the_mean_of_what_arrived_and_a_missing_one_a_gap()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, amps: [300, 300, 300, float.NaN]));
        for (var i = 1; i < 30; i++) stage.Pass(2 * Second).Take(stage.Sweep(amps: [300 + (i % 2 == 0 ? 0 : 60), 300, 300, float.NaN]));
        Assert.True(float.IsNaN(stage.Now.Trends.FeederMw[0][^1]));

        stage.Pass(6 * Second).Take(stage.Sweep());
        Assert.Equal(Stage.Start.ToUnixTimeSeconds(), stage.Now.Trends.NewestMinute);
        Assert.Equal(5.5f, stage.Now.Trends.FeederMw[0][^1], 0.001f);
        Assert.True(float.IsNaN(stage.Now.Trends.FeederMw[3][^1]));
        Assert.Equal(15.5f, stage.Now.Trends.Kpi[(int)KpiTrend.SystemMw][^1], 0.001f);
        Assert.Equal(stage.Now.Version, stage.Now.TrendsVersion);
        Assert.Equal(Stage.Start.ToUnixTimeSeconds(), Assert.Single(stage.State.TakeClosedMinutes()).Minute);

        // Nothing for two minutes: two columns of gap, and the age says why.
        stage.Pass(TimeSpan.FromMinutes(3)).Take();
        Assert.Equal(Stage.Start.AddMinutes(3).ToUnixTimeSeconds(), stage.Now.Trends.NewestMinute);
        Assert.True(float.IsNaN(stage.Now.Trends.Kpi[(int)KpiTrend.SystemMw][^1]));
        Assert.Equal(5f, stage.Now.Trends.FeederMw[0][^3]);
    }

    [Fact]
    public void The_last_hour_is_there_at_once()
    {
        var stage = new Stage();
        var newest = Stage.Start.ToUnixTimeSeconds() - 60;
        stage.State.Seed(
            [new(newest - 59 * 60, [1, 2], [3, 4, 5, 6], []), new(newest, [7, 8], [9, 10, 11, 12], []), new(newest - 3600, [99, 99], [99, 99, 99, 99], [])],
            [new(newest, [100, 5, 1, 99, 2, 1])]);
        stage.Take(stage.Sweep(full: true));
        Assert.Equal(newest, stage.Now.Trends.NewestMinute);
        Assert.Equal([1, 7], new[] { stage.Now.Trends.SubstationMw[0][0], stage.Now.Trends.SubstationMw[0][^1] });
        Assert.True(float.IsNaN(stage.Now.Trends.SubstationMw[0][30]));
        Assert.Equal(99, stage.Now.Trends.Kpi[(int)KpiTrend.MetersReporting][^1]);
        // Where no figures were stored, the minute's own values give what they can; what they cannot say stays a gap.
        Assert.Equal(18, stage.Now.Trends.Kpi[(int)KpiTrend.SystemMw][0]);
        Assert.True(float.IsNaN(stage.Now.Trends.Kpi[(int)KpiTrend.CustomersOut][0]));
    }

    [Fact]
    public void A_machine_that_slept_for_a_week_wakes_to_an_empty_hour()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        stage.Pass(TimeSpan.FromDays(7)).Take();
        // The minute that has just ended still waits for its last values.
        Assert.Equal(Stage.Start.AddDays(7).AddMinutes(-2).ToUnixTimeSeconds(), stage.Now.Trends.NewestMinute);
        Assert.True(stage.State.TakeClosedMinutes().Count <= MinuteTrends.Length + 2);
    }
}
