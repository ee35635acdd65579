using FluxOps.Blazor.Live;
using FluxOps.Blazor.Substations;

namespace FluxOps.Tests.Components;

public class SubstationRowsTests
{
    private static TestSnapshots Mixed()
    {
        var snapshots = new TestSnapshots(5);
        snapshots.Status[1] = AssetStatus.OverLimit;
        snapshots.Status[3] = AssetStatus.DeEnergised;
        snapshots.Status[4] = AssetStatus.Stale;
        snapshots.Out[3] = 900;
        return snapshots;
    }

    private static string[] Names(SubstationQuery query, TestSnapshots? snapshots = null) =>
        [.. SubstationRows.Of((snapshots ?? Mixed()).Next(), query).Select(r => r.Station.Name)];

    [Fact]
    public void WorstComesFirst() => Assert.Equal(["Katy", "Jensen", "Spring", "Alief", "Hobby"], Names(new SubstationQuery()));

    [Fact]
    public void TextMatchesNameOrCode()
    {
        Assert.Equal(["Hobby"], Names(new SubstationQuery("hob")));
        Assert.Equal(["Alief"], Names(new SubstationQuery("0002")));
    }

    [Fact]
    public void RegionAndStatusNarrow()
    {
        Assert.Equal(["Spring", "Hobby"], Names(new SubstationQuery(Region: "South")));
        Assert.Equal(["Katy", "Jensen", "Spring"], Names(new SubstationQuery(Status: SubstationQuery.Abnormal)));
        Assert.Equal(["Jensen"], Names(new SubstationQuery(Status: "over limit")));
    }

    [Theory]
    [InlineData(SubstationColumn.Mw, false, "Hobby")]
    [InlineData(SubstationColumn.Mw, true, "Spring")]
    [InlineData(SubstationColumn.Name, false, "Alief")]
    [InlineData(SubstationColumn.Out, true, "Katy")]
    public void AnyColumnSortsEitherWay(SubstationColumn column, bool descending, string first) =>
        Assert.Equal(first, Names(new SubstationQuery(Sort: column, Descending: descending))[0]);

    [Fact]
    public void UnknownValuesSortBelowAllOthers()
    {
        var snapshots = new TestSnapshots();
        snapshots.Mw[2] = float.NaN;
        Assert.Equal("Alief", Names(new SubstationQuery(Sort: SubstationColumn.Mw, Descending: true), snapshots)[^1]);
    }
}
