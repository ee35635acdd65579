using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using static FluxOps.Tests.Data.Batches;

namespace FluxOps.Tests.Data;

public class TelemetryWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(Noon);

    [Fact]
    public async Task TheNewestValueStands()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        using var writer = new TelemetryWriter(store);
        await writer.WriteAsync(Sweep(Noon * 1000, 3, 2, mw: 5), Ct);
        await writer.WriteAsync(Sweep((Noon * 1000) + 2000, 3, 2, mw: 6), Ct);
        await writer.WriteAsync(Sweep(Noon * 1000, 3, 2, mw: 5), Ct); // late
        await using var db = store.CreateContext();
        Assert.Equal([6f, 7f, 8f], (await db.CircuitStatus.OrderBy(c => c.FeederId).ToListAsync(Ct)).Select(c => c.Mw ?? 0));
        Assert.Equal(2, await db.SubstationStatus.CountAsync(Ct));
    }

    [Fact]
    public async Task AMinuteIsTheMeanOfItsSweepsEachCountedOnce()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        using var writer = new TelemetryWriter(store);
        for (var n = 0; n < 3; n++)
        {
            await writer.WriteAsync(Sweep((Noon * 1000) + (n * 20_000), 2, 1, mw: 1 + n), Ct);
            await writer.WriteAsync(Sweep((Noon * 1000) + (n * 20_000), 2, 1, mw: 1 + n), Ct);
        }
        var queries = new TelemetryQueries(store);
        Assert.Empty((await queries.FeederAsync(0, At, At.AddHours(1), Ct)).Mw);
        await writer.WriteAsync(Sweep((Noon * 1000) + 60_000, 2, 1, mw: 9), Ct); // the next minute ends this one
        var series = await queries.FeederAsync(1, At, At.AddHours(1), Ct);
        Assert.Equal([Noon], series.UnixSeconds);
        Assert.Equal([3f], series.Mw);
        await writer.FlushAsync(Ct);
        var station = await queries.SubstationAsync(0, At, At.AddHours(1), Ct);
        Assert.Equal([20f, 90f], station.Mw);
    }

    [Fact]
    public async Task BackfilledMinutesFillGapsOnly()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        using var writer = new TelemetryWriter(store);
        TelemetryMinute Minute(int n, float mw) => new(Noon + (60 * n), [mw], [12.4f], [mw, float.NaN], [12.4f, 12.5f], [200, 210]);
        await writer.BackfillAsync([Minute(0, 1), Minute(1, 2)], Ct);
        await writer.BackfillAsync([Minute(1, 99), Minute(2, 3)], Ct);
        var queries = new TelemetryQueries(store);
        var first = await queries.FeederAsync(0, At, At.AddHours(1), Ct);
        Assert.Equal([1f, 2f, 3f], first.Mw);
        Assert.All((await queries.FeederAsync(1, At, At.AddHours(1), Ct)).Mw, v => Assert.True(float.IsNaN(v)));
        var system = await queries.SystemAsync(At, At.AddHours(1), Ct);
        Assert.Equal([1f, 2f, 3f], system.Mw);
        var recent = await queries.RecentMinutesAsync(2, Ct);
        Assert.Equal([Noon + 60, Noon + 120], recent.Select(m => m.Minute));
        Assert.Equal([12.4f, 12.5f], recent[0].FeederKv);
    }

    [Fact]
    public async Task OfTwoInstancesTheFirstKpiMinuteStands()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var queries = new TelemetryQueries(store);
        await queries.WriteKpiMinuteAsync(new KpiMinute(At, 12000, 3, 1, 99.5, null, 2), Ct);
        await queries.WriteKpiMinuteAsync(new KpiMinute(At, 1), Ct);
        Assert.Equal(new KpiMinute(At, 12000, 3, 1, 99.5, null, 2), Assert.Single(await queries.KpiMinutesAsync(10, Ct)));
    }

    [Fact]
    public async Task AnEventDeliveredTwiceIsStoredOnce()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new EventWriter(store);
        EndDeviceEvent[] meters = [new(3, EndDeviceEventKind.VoltageSag, Noon * 1000, 210, ValueOrigin.Simulated), new(3, EndDeviceEventKind.PowerDown, (Noon * 1000) + 5, float.NaN, ValueOrigin.Simulated)];
        // Two fuses of one feeder at the same time are two events.
        CircuitEvent[] circuits =
        [
            new(1, 4, CircuitEventKind.DeviceOpened, (Noon * 1000) + 1, ValueOrigin.Simulated, 8, AssetKind.Fuse), new(1, 4, CircuitEventKind.DeviceOpened, (Noon * 1000) + 1, ValueOrigin.Simulated, 9, AssetKind.Fuse),
            new(1, 4, CircuitEventKind.BreakerOpened, Noon * 1000, ValueOrigin.Simulated),
        ];
        await writer.WriteAsync(meters, circuits, Ct);
        await writer.WriteAsync(meters, circuits, Ct);
        var queries = new EventQueries(store);
        Assert.Equal(Enumerable.Reverse(meters), await queries.ForMeterAsync(3, 10, Ct));
        Assert.Equal(circuits, (await queries.ForSubstationAsync(1, 10, Ct)).OrderByDescending(e => e.SourceTime).ThenBy(e => e.DeviceId));
    }
}
