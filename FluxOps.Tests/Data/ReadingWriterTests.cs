using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using static FluxOps.Tests.Data.Batches;

namespace FluxOps.Tests.Data;

public class ReadingWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSameBatchTwiceIsStoredOnce()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        var batch = Readings(Noon, 0, 100);
        Assert.Equal(new ReadingWriteResult(100, 0, 0), await writer.WriteAsync(batch, Ct));
        Assert.Equal(new ReadingWriteResult(0, 0, 100), await writer.WriteAsync(batch, Ct));
        await using var db = store.CreateContext();
        Assert.Equal(100, await db.AmiReadings.CountAsync(Ct));
        Assert.Equal(100, (await db.AmiCompleteness.SingleAsync(Ct)).Good);
        Assert.Equal(1, await db.ReadingBatches.CountAsync(Ct));
    }

    [Fact]
    public async Task CompletenessCountsEachMeterOnceWhateverIsDeliveredAgain()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        await writer.WriteAsync(Readings(Noon, 0, 60, ReadingQuality.Estimated), Ct);
        await writer.WriteAsync(Readings(Noon, 30, 40, ReadingQuality.Missing), Ct);          // 30..59 lose, 60..69 are new
        var result = await writer.WriteAsync(Readings(Noon, 50, 30, ReadingQuality.Good), Ct); // 50..59 estimated, 60..69 missing, 70..79 new
        Assert.Equal(new ReadingWriteResult(10, 20, 0), result);
        await using var db = store.CreateContext();
        var c = await db.AmiCompleteness.SingleAsync(Ct);
        Assert.Equal((30, 50, 0, 0), (c.Good, c.Estimated, c.Missing, c.Other));
        Assert.Equal(80, await db.AmiReadings.CountAsync(Ct));
    }

    [Fact]
    public async Task ABetterReadingReplacesAndAWorseOneIsIgnored()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        await writer.WriteAsync(Readings(Noon, 7, 1, ReadingQuality.Estimated, 0.1f), Ct);
        await writer.WriteAsync(Readings(Noon, 7, 1, ReadingQuality.Good, 0.2f), Ct);
        await writer.WriteAsync(Readings(Noon, 7, 1, ReadingQuality.Estimated, 0.3f), Ct);
        await using var db = store.CreateContext();
        Assert.Equal(0.2f, (await db.AmiReadings.SingleAsync(Ct)).Kwh);
        Assert.Equal(0.2f, (await db.AmiLatest.SingleAsync(Ct)).Kwh);
    }

    [Fact]
    public async Task LatestIsTheNewestIntervalHoweverLateTheOthersCome()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        await writer.WriteAsync(Readings(Noon + 900, 0, 3, kwh: 0.9f), Ct);
        await writer.WriteAsync(Readings(Noon, 0, 3, kwh: 0.1f), Ct);
        await using var db = store.CreateContext();
        Assert.All(await db.AmiLatest.ToListAsync(Ct), l => Assert.Equal(0.9f, l.Kwh));
        Assert.Equal(6, await db.AmiReadings.CountAsync(Ct));
    }

    [Fact]
    public async Task OneBatchMayHoldManyIntervalsDaysAndRepeats()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var batch = new IntervalReadings
        {
            Origin = ValueOrigin.Replayed, UsagePointId = [5, 5, 5, 4], IntervalStart = [Noon + 86_400, Noon, Noon, Noon],
            Kwh = [3, 1, 1, 2], Volts = [240, float.NaN, float.NaN, 241], Quality = [ReadingQuality.Good, ReadingQuality.Good, ReadingQuality.Good, ReadingQuality.PowerFail], SourceCode = ["A", "E", "E", null],
        };
        Assert.Equal(new ReadingWriteResult(3, 0, 1), await new ReadingWriter(store).WriteAsync(batch, Ct));
        await using var db = store.CreateContext();
        var latest = await db.AmiLatest.SingleAsync(l => l.UsagePointId == 5, Ct);
        Assert.Equal((3f, "A", ValueOrigin.Replayed), (latest.Kwh, latest.SourceCode, latest.Origin));
        Assert.Null((await db.AmiReadings.SingleAsync(r => r.UsagePointId == 5 && r.Kwh == 1, Ct)).Volts);
    }

    [Fact]
    public async Task BackfillLeavesTheNewestValuesAlone()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        Assert.Equal(10, (await writer.BackfillAsync(Readings(Noon, 0, 10), Ct)).Inserted);
        Assert.Equal(5, (await writer.BackfillAsync(Readings(Noon, 5, 10), Ct)).Inserted);
        await using var db = store.CreateContext();
        Assert.Equal(0, await db.AmiLatest.CountAsync(Ct));
        Assert.Equal(15, (await db.AmiCompleteness.SingleAsync(Ct)).Good);
    }

    [Fact]
    public async Task WritersThatOverlapAgree()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async w =>
        {
            var writer = new ReadingWriter(store);
            for (var n = 0; n < 5; n++)
                await writer.WriteAsync(Readings(Noon + (900 * n), w * 10, 100, (w + n) % 2 == 0 ? ReadingQuality.Good : ReadingQuality.Estimated), Ct);
        }));
        await using var db = store.CreateContext();
        foreach (var c in await db.AmiCompleteness.ToListAsync(Ct))
        {
            var rows = await db.AmiReadings.Where(r => r.IntervalStart == c.IntervalStart).ToListAsync(Ct);
            Assert.Equal(150, rows.Count);
            Assert.Equal((rows.Count(r => r.Quality == ReadingQuality.Good), rows.Count(r => r.Quality == ReadingQuality.Estimated)), (c.Good, c.Estimated));
        }
    }

    [Fact]
    public async Task QueriesFindMetersAndTheirIntervals()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await new GridStore(store).WriteAsync(TestGrid.Make(), null, Ct);
        var writer = new ReadingWriter(store);
        for (var n = 0; n < 4; n++)
            await writer.WriteAsync(Readings(Noon + (900 * n), 0, 80, kwh: n), Ct);
        var queries = new ReadingQueries(store);

        Assert.Equal(12, (await queries.FindAsync("MTR-0000012", Ct))!.Id);
        Assert.Equal(12, (await queries.FindAsync(" mtr-0000012", Ct))!.Id);
        Assert.Null(await queries.FindAsync("MTR-9", Ct));
        Assert.Equal(["MTR-0000003", "MTR-0000042"], (await queries.PointsAsync([42, 3, 9999], Ct)).Select(p => p.Serial).Order());
        Assert.Equal("142 Cedar Bend Dr, Hobby", Assert.Single(await queries.PointsAsync([42], Ct)).Address);

        var intervals = await queries.IntervalsAsync(3, DateTimeOffset.FromUnixTimeSeconds(Noon), DateTimeOffset.FromUnixTimeSeconds(Noon + 2700), Ct);
        Assert.Equal([0f, 1f, 2f], intervals.Select(i => i.Kwh));
        Assert.Equal(Noon, intervals[0].IntervalStart);

        var page = await queries.LatestAsync(new LatestFilter(FeederId: 1), 15, null, Ct);
        Assert.Equal((15, 34), (page.Items.Count, page.NextAfter));
        var rest = await queries.LatestAsync(new LatestFilter(FeederId: 1), 15, page.NextAfter, Ct);
        Assert.Equal((5, null), (rest.Items.Count, rest.NextAfter));
        Assert.All(page.Items.Concat(rest.Items), i => Assert.Equal((1, 3f), (i.FeederId, i.Reading.Kwh)));
        Assert.Equal(80, (await queries.LatestAsync(default, 1000, null, Ct)).Items.Count);
        Assert.Equal(40, (await queries.LatestAsync(new LatestFilter(SubstationId: 0), 1000, null, Ct)).Items.Count);
    }
}
