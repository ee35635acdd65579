using FluxOps.Blazor.Live;
using FluxOps.Blazor.Substations;

namespace FluxOps.Tests.Components;

public class LargestChangesTests
{
    private static float[] Minutes(Func<int, float> value) => [.. Enumerable.Range(0, MinuteTrends.Length).Select(value)];

    private static List<LoadChange> Of(int take, params float[][] feeders)
    {
        var grid = new TestSnapshots(4).Next().Grid;
        return LargestChanges.Of(new MinuteTrends { NewestMinute = 0, SubstationMw = [], FeederMw = feeders, Kpi = [] }, grid.Feeders.Take(feeders.Length), take);
    }

    [Fact]
    public void TheLargestComesFirstWhicheverWayItWent()
    {
        var changes = Of(2, Minutes(_ => 5), Minutes(m => m < 30 ? 5 : 2), Minutes(m => m < 30 ? 5 : 6));
        Assert.Equal([1, 2], changes.Select(c => c.Feeder.Id));
        Assert.Equal(-3, changes[0].DeltaMw, 3);
    }

    [Fact]
    public void AFeederKnownForOnlySomeMinutesIsComparedOverThose()
    {
        var change = Assert.Single(Of(3, Minutes(m => m < 40 ? float.NaN : m < 50 ? 4 : 6)));
        Assert.Equal(20, change.Minutes);
        Assert.Equal(2, change.DeltaMw, 3);
    }

    [Fact]
    public void TooFewMinutesAreNotCompared() => Assert.Empty(Of(3, Minutes(m => m < 55 ? float.NaN : m)));
}
