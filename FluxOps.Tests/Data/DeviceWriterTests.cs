using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using static FluxOps.Tests.Data.Batches;

namespace FluxOps.Tests.Data;

public class DeviceWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheNewerSourceTimeWinsWhateverTheOrderOfDelivery()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new DeviceWriter(store);
        await writer.WriteAsync(Devices(Noon * 1000, (3, true), (5, true)), Ct);
        await writer.WriteAsync(Devices((Noon * 1000) - 1, (3, false)), Ct);
        await writer.WriteAsync(Devices((Noon * 1000) + 1, (5, false)), Ct);
        Assert.Equal(["3 open", "5 closed"], await PositionsAsync(store));
    }

    [Fact]
    public async Task OfOneDeviceTwiceInABatchTheNewestStandsAndOfEqualTimesTheLast()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new DeviceWriter(store);
        await writer.WriteAsync(new DeviceStates
        {
            DeviceId = [1, 1, 2, 2], Open = [false, true, true, false], SourceTime = [Noon * 1000 + 9, Noon * 1000, Noon * 1000, Noon * 1000],
            Quality = new TelemetryQuality[4], Origin = new ValueOrigin[4],
        }, Ct);
        Assert.Equal(["1 closed", "2 closed"], await PositionsAsync(store));
        // A correction bears the time of what it corrects.
        await writer.WriteAsync(Devices(Noon * 1000, (2, true)), Ct);
        Assert.Equal(["1 closed", "2 open"], await PositionsAsync(store));
    }

    [Fact]
    public async Task AnotherNetworkHasNoneOfThem()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await new DeviceWriter(store).WriteAsync(Devices(Noon * 1000, (3, true)), Ct);
        await new GridStore(store).WriteAsync(TestGrid.Make(), null, Ct);
        Assert.Empty(await PositionsAsync(store));
    }

    /// <summary>A store of the version before had events of breakers only: they stay, and a redelivered one is still known.</summary>
    [Fact]
    public async Task AStoreOfTheVersionBeforeKeepsItsEvents()
    {
        var connection = await PostgresFixture.CreateDatabaseAsync();
        await using (var before = ServingStore.For(connection))
        {
            await before.OpenAsync(null, Ct);
            await using var context = before.CreateContext();
            await context.Database.MigrateAsync("20261124154118_ReplayedMeters", Ct);
            await context.Database.ExecuteSqlAsync(
                $"insert into circuit_events (substation_id, feeder_id, kind, source_time, received_at, origin) values (1, 4, 1, to_timestamp({Noon}), now(), 1)", Ct);
        }

        await using var store = ServingStore.For(connection);
        await store.OpenAsync(null, Ct);
        CircuitEvent opened = new(1, 4, CircuitEventKind.BreakerOpened, Noon * 1000, ValueOrigin.Simulated);
        await new EventWriter(store).WriteAsync(default, new[] { opened }, Ct);
        Assert.Equal(opened, Assert.Single(await new EventQueries(store).ForSubstationAsync(1, 10, Ct)));
        await new DeviceWriter(store).WriteAsync(Devices(Noon * 1000, (3, true)), Ct);
        Assert.Equal(["3 open"], await PositionsAsync(store));
    }

    private static async Task<List<string>> PositionsAsync(ServingStore store)
    {
        await using var context = store.CreateContext();
        return await context.DeviceStatus.OrderBy(d => d.DeviceId).Select(d => $"{d.DeviceId} {(d.Open ? "open" : "closed")}").ToListAsync(Ct);
    }
}
