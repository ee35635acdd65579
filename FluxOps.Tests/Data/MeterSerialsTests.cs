using FluxOps.Data.Grid;

namespace FluxOps.Tests.Data;

public sealed class MeterSerialsTests
{
    [Fact]
    public void Serials_that_count_up_with_the_ids_are_worked_out()
    {
        var serials = Of([.. Enumerable.Range(0, 30).Select(i => $"MTR-{i + 1:0000000}")]);
        Assert.True(serials.InIdOrder);
        Assert.Equal("MTR-0000012", serials.Of(11));
        Assert.Equal(11, serials.Find("mtr-0000012"));
        Assert.Null(serials.Find("MTR-0000031"));
        Assert.Null(serials.Find("MTR-000001"));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], With(serials, "MTR-000000"));
        Assert.Equal([19, 20, 21, 22, 23, 24, 25, 26, 27, 28], With(serials, "MTR-000002"));
        Assert.Equal(30, With(serials, "mt").Length);
        Assert.Empty(With(serials, "MTR-00000012"));
        Assert.Empty(With(serials, "X"));
    }

    [Theory]
    [InlineData("A-001", "A-002", "B-003", "A-004")]
    [InlineData("A-004", "A-003", "A-002", "A-001")]
    [InlineData("none", "A-2", "A-3", "other")]
    public void Any_others_are_kept(params string[] all)
    {
        var serials = Of(all);
        Assert.Equal(all, Enumerable.Range(0, all.Length).Select(serials.Of));
        Assert.Equal(Enumerable.Range(0, all.Length).Cast<int?>(), all.Select(s => serials.Find(s.ToLowerInvariant())));
        Assert.Equal(all.Order(StringComparer.Ordinal), serials.Ordered.Select(serials.Of));
        Assert.Equal(Enumerable.Range(0, all.Length).Where(i => all[i].StartsWith("A-00", StringComparison.Ordinal)), With(serials, "a-00"));
    }

    [Fact]
    public void Serials_that_differ_by_case_are_each_found_by_their_spelling()
    {
        var serials = Of(["Ab-x", "AB-X", "other"]);
        Assert.Equal([0, 1, 0, 2], ((string[])["Ab-x", "AB-X", "ab-x", "OTHER"]).Select(s => serials.Find(s)!.Value));
    }

    private static int[] With(MeterSerials serials, string text)
    {
        var test = serials.BeginWith(text);
        return [.. Enumerable.Range(0, serials.Count).Where(test)];
    }

    // They come in no order of the ids.
    private static MeterSerials Of(string[] all)
    {
        var builder = new MeterSerials.Builder(all.Length);
        for (var id = all.Length - 1; id >= 0; id -= 2) builder.Add(id, all[id]);
        for (var id = all.Length - 2; id >= 0; id -= 2) builder.Add(id, all[id]);
        return builder.Finish();
    }
}
