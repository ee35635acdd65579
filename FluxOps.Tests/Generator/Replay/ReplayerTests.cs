using System.Globalization;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Replay;
using FluxOps.Tests.Data;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using static FluxOps.Tests.Generator.Replay.Smt;

namespace FluxOps.Tests.Generator.Replay;

public sealed class ReplayerTests
{
    private const int Meter = 12;
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-07-15T17:05:00Z", CultureInfo.InvariantCulture);
    private static readonly TimeZoneInfo Texas = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed class Bench : IAsyncDisposable
    {
        public required ServingStore Store { get; init; }
        public required ReadingWriter Writer { get; init; }
        public required UsagePointRow Point { get; init; }
        public FakeTimeProvider Time { get; } = new(Now);
        /// <summary>What the replay says, a line each: how a test knows how far it is.</summary>
        public System.Threading.Channels.Channel<string> Said { get; } = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public static async Task<Bench> OpenAsync()
        {
            var store = await PostgresFixture.OpenStoreAsync();
            await new GridStore(store).WriteAsync(TestGrid.Make(), null, Ct);
            return new() { Store = store, Writer = new(store), Point = (await new ReadingQueries(store).FindAsync($"MTR-{Meter:0000000}", Ct))! };
        }

        public Task<bool> Run(Recording recording, double speed, CancellationToken ct) =>
            new Replayer(Store, Writer, Time, line => Said.Writer.TryWrite(line))
                .RunAsync(recording, ReplaySchedule.Of(recording, ReplaySchedule.ChooseDays(recording, Time.GetUtcNow(), Texas), Texas), Point, speed, ct);

        public async Task HeardAsync(string part)
        {
            while (!(await Said.Reader.ReadAsync(Ct)).Contains(part, StringComparison.Ordinal)) { }
        }

        /// <summary>Lets the clock run until a line is said.</summary>
        public async Task AdvanceUntilAsync(TimeSpan step, string part)
        {
            var heard = HeardAsync(part);
            while (await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(5), Ct)) != heard)
                Time.Advance(step);
            await heard;
        }

        public Task<ReadingWriteResult> SimulatedAsync(DateTimeOffset start, int from, int count) => Writer.WriteAsync(Batches.Readings(start.ToUnixTimeSeconds(), from, count, kwh: 9), Ct);

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    [Fact]
    public async Task A_recording_lands_as_replayed_and_lives_on()
    {
        await using var bench = await Bench.OpenAsync();
        // The simulation was here: 48 h ago, this quarter hour, and one that the file will be late for.
        foreach (var at in new[] { Now.AddHours(-47).AddMinutes(-5), Now.AddMinutes(-20), Now.AddMinutes(-5) })
            await bench.SimulatedAsync(at, Meter - 1, 3);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = bench.Run(Days("2026-07-01", 30), 1, stop.Token);
        await bench.HeardAsync("written at once");

        await using var db = bench.Store.CreateContext();
        var rows = await db.AmiReadings.Where(r => r.UsagePointId == Meter).OrderBy(r => r.IntervalStart).ToListAsync(Ct);
        Assert.Equal(191, rows.Count); // the first quarter hour that begins within 48 h to the last that has ended
        Assert.All(rows, r => Assert.Equal((ValueOrigin.Replayed, "A", (short)900, null), (r.Origin, r.SourceCode, r.IntervalS, r.Volts)));
        Assert.Equal(Now.AddMinutes(-20).UtcDateTime, rows[^1].IntervalStart);
        var latest = await db.AmiLatest.AsNoTracking().SingleAsync(l => l.UsagePointId == Meter, Ct);
        Assert.Equal((ValueOrigin.Replayed, rows[^1].IntervalStart, rows[^1].Kwh), (latest.Origin, latest.IntervalStart, latest.Kwh));
        Assert.Equal([Meter], await ReplayedMeters.ReadAsync(bench.Store.DataSource, Now, Ct));
        // Were it killed now, the simulation would have the meter back within hours, not when thirty days are over.
        Assert.Empty(await ReplayedMeters.ReadAsync(bench.Store.DataSource, Now.AddHours(3), Ct));
        // The neighbours keep theirs, and completeness counts what is there.
        Assert.Equal(6, await db.AmiReadings.CountAsync(r => r.UsagePointId != Meter && r.Origin == ValueOrigin.Simulated, Ct));
        foreach (var c in await db.AmiCompleteness.ToListAsync(Ct))
            Assert.Equal(await db.AmiReadings.CountAsync(r => r.IntervalStart == c.IntervalStart, Ct), c.Good);

        // A late wave of the simulation changes nothing; the next quarter hour comes when it has ended.
        await bench.SimulatedAsync(Now.AddMinutes(-20), Meter, 1);
        await bench.AdvanceUntilAsync(TimeSpan.FromMinutes(1), "2026-07-15 17:15Z");
        Assert.InRange(bench.Time.GetUtcNow(), Now.AddMinutes(25), Now.AddMinutes(70));
        var newest = await db.AmiLatest.AsNoTracking().SingleAsync(l => l.UsagePointId == Meter, Ct);
        Assert.Equal(ValueOrigin.Replayed, newest.Origin);
        Assert.True(newest.IntervalStart >= Now.AddMinutes(10).UtcDateTime);
        Assert.Equal(0, await db.AmiReadings.CountAsync(r => r.UsagePointId == Meter && r.Origin == ValueOrigin.Simulated, Ct));

        await stop.CancelAsync();
        Assert.False(await running);
        Assert.Empty(await ReplayedMeters.ReadAsync(bench.Store.DataSource, bench.Time.GetUtcNow(), Ct));
    }

    [Fact]
    public async Task A_fast_replay_never_runs_into_the_future_and_ends_with_the_file()
    {
        await using var bench = await Bench.OpenAsync();
        var running = bench.Run(Days("2026-07-01", 3), 900, Ct); // three days: whole days, 48 h before now and what is left after
        await bench.HeardAsync("written at once");
        await using var db = bench.Store.CreateContext();
        Assert.Equal(95, await db.AmiReadings.CountAsync(r => r.UsagePointId == Meter, Ct));
        await bench.AdvanceUntilAsync(TimeSpan.FromSeconds(1), "Caught up with now");
        Assert.InRange(bench.Time.GetUtcNow(), Now.AddSeconds(90), Now.AddMinutes(30));
        Assert.False(await db.AmiReadings.AnyAsync(r => r.UsagePointId == Meter && r.IntervalStart > bench.Time.GetUtcNow().UtcDateTime.AddMinutes(-15), Ct));
        await bench.AdvanceUntilAsync(TimeSpan.FromMinutes(15), "has ended");
        Assert.True(await running);
        Assert.Empty(await ReplayedMeters.ReadAsync(bench.Store.DataSource, bench.Time.GetUtcNow(), Ct));
    }

    [Theory]
    [InlineData(ValueOrigin.Replayed, ReadingQuality.Missing), InlineData(ValueOrigin.Measured, ReadingQuality.Estimated)]
    public async Task A_simulated_reading_gives_way_to_a_real_one_and_never_the_other_way_round(ValueOrigin origin, ReadingQuality quality)
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        var (real, simulated) = (Batches.Readings(Batches.Noon, 7, 1, quality, 0.2f, origin), Batches.Readings(Batches.Noon, 7, 1, ReadingQuality.Good, 0.9f));
        await writer.WriteAsync(simulated, Ct);
        Assert.Equal(new ReadingWriteResult(0, 1, 0), await writer.WriteAsync(real, Ct));
        Assert.Equal(new ReadingWriteResult(0, 0, 1), await writer.WriteAsync(simulated, Ct));
        await using var db = store.CreateContext();
        Assert.Equal((origin, quality), ((await db.AmiReadings.SingleAsync(Ct)).Origin, (await db.AmiLatest.SingleAsync(Ct)).Quality));
        Assert.Equal(1, await db.AmiCompleteness.Where(c => c.Good == 0).CountAsync(Ct));
    }
}
