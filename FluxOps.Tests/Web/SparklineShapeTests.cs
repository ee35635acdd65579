using FluxOps.Blazor.Charts;
using FluxOps.Data.Readings;

namespace FluxOps.Tests.Web;

public class SparklineShapeTests
{
    private static SparklineShape Of(float[] values, float? limit = null) => SparklineShape.Of(values, limit, null, null, "Load, MW", 96, 24);

    [Fact]
    public void NoValueIsSaidNotDrawn()
    {
        var shape = Of([float.NaN, float.NaN]);
        Assert.Equal("", shape.Line);
        Assert.Null(shape.LastX);
        Assert.Equal("Load, MW: no values", shape.Text);
    }

    [Fact]
    public void AGapSplitsTheLine() => Assert.Equal(2, Of([1, 2, float.NaN, 3, 4]).Line.Count(c => c == 'M'));

    [Fact]
    public void AValueBetweenGapsIsStillSeen() => Assert.Contains("h.01", Of([float.NaN, 5, float.NaN, 6, 7]).Line, StringComparison.Ordinal);

    [Fact]
    public void ThePartOverTheLimitStartsWhereTheLineCrossesIt()
    {
        var shape = Of([0, 10], limit: 5);
        Assert.Equal("M48 12L93 3", shape.Breach); // half way across, half way up the box of 96 × 24 with its padding of 3
        Assert.True(shape.LastOver);
        Assert.EndsWith("over the limit", shape.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AFarLimitDoesNotFlattenTheLine() => Assert.Null(Of([1, 2, 3], limit: 100).LimitY);

    [Fact]
    public void AMissingNewestValueIsSaidAndTheDotStaysOnTheLastOne()
    {
        var shape = Of([1, 2, float.NaN]);
        Assert.Equal("48", shape.LastX);
        Assert.EndsWith("newest missing", shape.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlatLineLiesInTheMiddle() => Assert.Equal("M3 12L93 12", Of([7, 7]).Line);

    [Fact]
    public void ChartDataIsPackedColumnByColumn()
    {
        var bytes = TimeChart.Pack([1_760_000_000, 1_760_000_900], [new ChartSeries("kWh", [1.5f, float.NaN], Marks: [ReadingQuality.Good, ReadingQuality.Missing])]);
        Assert.Equal(26, bytes.Length);
        Assert.Equal(1_760_000_900, BitConverter.ToDouble(bytes, 8));
        Assert.Equal(1.5f, BitConverter.ToSingle(bytes, 16));
        Assert.True(float.IsNaN(BitConverter.ToSingle(bytes, 20)));
        Assert.Equal((byte)ReadingQuality.Missing, bytes[25]);
    }
}
