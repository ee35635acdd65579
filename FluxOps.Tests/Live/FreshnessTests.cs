using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;

namespace FluxOps.Tests.Live;

public sealed class FreshnessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Nothing_is_published_before_the_first_values()
    {
        var stage = new Stage();
        Assert.False(stage.Take());
        Assert.False(stage.Take(stage.Sweep(full: false)));
        Assert.True(stage.Take(stage.Sweep(full: true)));
    }

    [Fact]
    public void Values_age_on_the_clock_and_are_published_only_when_a_class_changes()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        Assert.All(stage.Now.Feeders.Freshness, f => Assert.Equal(Freshness.Live, f));

        var published = Enumerable.Range(1, 20).Where(_ => stage.Pass(Second).Take()).ToArray();

        // 3.001 s: late. 10.001 s: stale. With it comes the exception "without data".
        Assert.Equal([4, 11], published);
        Assert.All(stage.Now.Feeders.Status, s => Assert.Equal(AssetStatus.Stale, s));
        Assert.All(stage.Now.Feeders.Mw, mw => Assert.Equal(5, mw));
        Assert.Equal(0, stage.Now.Kpis.GoodDataPercent);
    }

    [Fact]
    public void One_feeder_that_falls_silent_is_stale_alone_and_comes_back()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        for (var i = 0; i < 6; i++) stage.Pass(2 * Second).Take(stage.Sweep(amps: [300, float.NaN, 300, 300]));
        Assert.Equal([AssetStatus.Normal, AssetStatus.Stale, AssetStatus.Normal, AssetStatus.Normal], stage.Now.Feeders.Status);
        Assert.Equal([AssetStatus.Stale, AssetStatus.Normal], stage.Now.Substations.Status);

        stage.Pass(2 * Second).Take(stage.Sweep());
        Assert.All(stage.Now.Feeders.Status, s => Assert.Equal(AssetStatus.Normal, s));
    }

    [Fact]
    public void A_lost_feed_is_said_at_once_and_taken_back_when_the_values_are()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;

        Assert.True(stage.Pass(Second).Take(new FeedLost(stage.Time.GetUtcNow(), "The server closed the connection.")));
        Assert.False(stage.Now.Link.Connected);
        Assert.Equal("The server closed the connection.", stage.Now.Link.Reason);
        Assert.Same(before.Feeders, stage.Now.Feeders);

        stage.Pass(15 * Second).Take();
        // Every station is silent now; the link says so, not an alarm a station.
        Assert.Empty(stage.Now.Exceptions);
        Assert.All(stage.Now.Substations.Status, s => Assert.Equal(AssetStatus.Stale, s));

        Assert.False(stage.Take(new FeedRestored(stage.Time.GetUtcNow())));
        Assert.True(stage.Take(stage.Sweep(full: true)));
        Assert.True(stage.Now.Link.Connected);
        Assert.Equal("", stage.Now.Link.Reason);
        Assert.All(stage.Now.Feeders.Status, s => Assert.Equal(AssetStatus.Normal, s));
    }

    [Fact]
    public void A_feed_that_never_came_is_said_too()
    {
        var stage = new Stage();
        Assert.True(stage.Take(new FeedLost(stage.Time.GetUtcNow(), "No answer.")));
        Assert.False(stage.Now.Link.Connected);
        Assert.All(stage.Now.Feeders.Status, s => Assert.Equal(AssetStatus.Never, s));
        Assert.Null(stage.Now.Kpis.SystemMw);
    }

    [Fact]
    public void An_overtaken_value_does_not_replace_a_newer_one()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var older = stage.Sweep(amps: [590, 590, 590, 590]);
        stage.Pass(2 * Second).Take(stage.Sweep());
        stage.Take(older);
        Assert.All(stage.Now.Feeders.Amps, a => Assert.Equal(300, a));
    }
}
