using FluxOps.Blazor.Live;
using FluxOps.Blazor.Substations;

namespace FluxOps.Tests.Components;

public class LoadHistoryTests
{
    private static readonly DateTimeOffset Now = TestSnapshots.Now;

    [Fact]
    public void TodayAndYesterdayLieOverEachOther()
    {
        var newest = (Now.ToUnixTimeSeconds() / 60 * 60) - 60;
        var history = LoadHistory.Of([newest - 86_400, newest - 60, newest], [7, 8, 9], Now);
        Assert.Equal(newest, history.X[^1]);
        Assert.Equal(9, history.Today[^1]);
        Assert.Equal(8, history.Today[^2]);
        Assert.Equal(7, history.Yesterday[^1]);
        Assert.True(float.IsNaN(history.Today[0]));
    }

    [Fact]
    public void WithoutADayBeforeThereIsNoYesterday() => Assert.Empty(LoadHistory.Of([Now.ToUnixTimeSeconds() - 60], [1], Now).Yesterday);

    [Fact]
    public void TrendsCarryItOnWithoutAskingAgain()
    {
        var newest = (Now.ToUnixTimeSeconds() / 60 * 60) - 60;
        var values = new float[MinuteTrends.Length];
        Array.Fill(values, float.NaN);
        values[^2] = 42; // the newest column is the running minute, without a mean yet
        var trends = new MinuteTrends { NewestMinute = newest + 180, SubstationMw = [], FeederMw = [], Kpi = [] };
        var moved = LoadHistory.Of([newest], [9], Now).With(trends, values);
        Assert.Equal(newest + 120, moved.X[^1]);
        Assert.Equal(42, moved.Today[^1]);
        Assert.True(float.IsNaN(moved.Today[^2]));
        Assert.Equal(9, moved.Today[^3]);
    }
}
