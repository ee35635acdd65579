using FluxOps.Data.Changes;
using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Npgsql;
using static FluxOps.Tests.Data.Batches;

namespace FluxOps.Tests.Data;

public class ChangeFeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TellsEverythingFirstThenWhatChanges()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        using var telemetry = new TelemetryWriter(store);
        var readings = new ReadingWriter(store);
        await new GridStore(store).WriteAsync(TestGrid.Make(), null, Ct);
        await telemetry.WriteAsync(Sweep(Noon * 1000, 4, 2), Ct);
        await readings.WriteAsync(Readings(Noon, 0, 80), Ct);

        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        Assert.Equal("h1", (await NextAsync<NetworkChange>(feed)).ContentHash);
        var full = await NextAsync<TelemetryChange>(feed);
        Assert.Equal((true, 4, 2, ValueOrigin.Simulated), (full.Full, full.Sweep.Feeders.Count, full.Sweep.Substations.Count, full.Sweep.Origin));
        var all = await NextAsync<ReadingsChange>(feed);
        Assert.Equal((true, 80), (all.Full, all.Latest.Count));
        Assert.Equal(new IntervalCompleteness(Noon, 80, 0, 0, 0), Assert.Single(all.Completeness));
        Assert.True((await NextAsync<EventsChange>(feed)).Full);

        await telemetry.WriteAsync(Sweep((Noon * 1000) + 2000, 3, 1, mw: 7), Ct);
        var delta = await NextAsync<TelemetryChange>(feed);
        Assert.False(delta.Full);
        Assert.Equal([7f, 8f, 9f], delta.Sweep.Feeders.Mw);
        await readings.WriteAsync(Readings(Noon + 900, 10, 5, ReadingQuality.Estimated, origin: ValueOrigin.Replayed), Ct);
        var some = await NextAsync<ReadingsChange>(feed);
        Assert.Equal([10, 11, 12, 13, 14], some.Latest.UsagePointId.Order());
        Assert.Equal(ValueOrigin.Replayed, some.Latest.Origin);
        Assert.Equal(new IntervalCompleteness(Noon + 900, 0, 5, 0, 0), Assert.Single(some.Completeness));

        await telemetry.BackfillAsync([new(Noon - 60, [1], [1], [1], [1], [1])], Ct);
        await NextAsync<MinutesChange>(feed);
    }

    [Fact]
    public async Task TellsPositionsOfDevicesAllFirstThenThoseThatChangedOnce()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var (devices, events) = (new DeviceWriter(store), new EventWriter(store));
        await devices.WriteAsync(Devices(Noon * 1000, (4, true), (9, false)), Ct);

        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        var full = await NextAsync<DeviceChange>(feed);
        Assert.True(full.Full && full.ReceivedAt > 0);
        Assert.Equal([(4, true), (9, false)], full.States.DeviceId.Zip(full.States.Open));
        await NextAsync<EventsChange>(feed);

        await devices.WriteAsync(Devices((Noon * 1000) + 1, (9, true)), Ct);
        var delta = await NextAsync<DeviceChange>(feed);
        Assert.Equal((false, 9, true, (Noon * 1000) + 1), (delta.Full, Assert.Single(delta.States.DeviceId), delta.States.Open[0], delta.States.SourceTime[0]));
        Assert.Equal((TelemetryQuality.Good, ValueOrigin.Simulated), (delta.States.Quality[0], delta.States.Origin[0]));

        // Delivered again, or late: rung, but nothing new. What comes next is the event.
        await devices.WriteAsync(Devices((Noon * 1000) + 1, (9, true)), Ct);
        await devices.WriteAsync(Devices(Noon * 1000, (9, false)), Ct);
        CircuitEvent opened = new(0, 1, CircuitEventKind.DeviceOpened, Noon * 1000, ValueOrigin.Simulated, 9, AssetKind.Recloser);
        await events.WriteAsync(default, new[] { opened }, Ct);
        Assert.True(await feed.MoveNextAsync());
        Assert.Equal(opened, Assert.Single(Assert.IsType<EventsChange>(feed.Current).Circuits));
    }

    [Fact]
    public async Task NewsOfPeopleIsTheNotificationItself()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        await NextAsync<EventsChange>(feed);
        await using (var ring = store.DataSource.CreateCommand("select pg_notify('fluxops', p) from unnest($1) p"))
        {
            ring.Parameters.Add(new() { Value = new[] { "people|no number", PeopleChange.Payload(7), PeopleChange.Payload(8) } });
            await ring.ExecuteNonQueryAsync(Ct);
        }

        Assert.Equal(7, (await NextAsync<PeopleChange>(feed)).UserId);
        Assert.Equal(8, (await NextAsync<PeopleChange>(feed)).UserId);
    }

    [Fact]
    public async Task EachRowKeepsItsOwnArrivalAndOrigin()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        using var telemetry = new TelemetryWriter(store);
        await telemetry.WriteAsync(Sweep(Noon * 1000, 2, 2), Ct);
        foreach (var table in new[] { "circuit_status_realtime where feeder_id", "substation_status_realtime where substation_id" })
        {
            var (name, id) = (table.Split(' ')[0], table.Split(' ')[2]);
            await using var age = store.DataSource.CreateCommand($"update {name} set received_at = timestamptz '2026-01-01 00:00Z', origin = 0 where {id} = 1");
            await age.ExecuteNonQueryAsync(Ct);
        }

        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        var full = await NextAsync<TelemetryChange>(feed);

        var old = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var (feeders, substations) = (full.Sweep.Feeders.ReceivedAt!, full.Sweep.Substations.ReceivedAt!);
        Assert.Equal((old, old), (feeders[1], substations[1]));
        Assert.True(Math.Min(feeders[0], substations[0]) > old);
        Assert.Equal(Math.Max(feeders[0], substations[0]), full.ReceivedAt);
        Assert.Equal([ValueOrigin.Simulated, ValueOrigin.Measured], full.Sweep.Feeders.Origin!);
        Assert.Equal([ValueOrigin.Simulated, ValueOrigin.Measured], full.Sweep.Substations.Origin!);
    }

    [Fact]
    public async Task ANewNetworkIsToldBeforeAllElse()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        await NextAsync<EventsChange>(feed);
        await new GridStore(store).WriteAsync(TestGrid.Make(hash: "h9"), null, Ct);
        Assert.True(await feed.MoveNextAsync());
        Assert.Equal(new NetworkChange("h9"), feed.Current);
        Assert.True((await NextAsync<TelemetryChange>(feed)).Full);
    }

    /// <summary>Writers hold their transactions open in the server for times that differ, so that commits come in another order than inserts.</summary>
    [Theory]
    [InlineData("end_device_events (usage_point_id, kind, source_time, received_at, origin) values ($1, 1, now(), now(), 1)")]
    [InlineData("device_status_realtime (device_id, open, quality, source_time, received_at, origin) values ($1, true, 0, now(), now(), 1)")]
    public async Task MissesNothingAndRepeatsNothingWhileWritersOverlap(string row)
    {
        const int writers = 6, each = 30;
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        await NextAsync<EventsChange>(feed);

        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(async w =>
        {
            var hold = new Random(w);
            await using var connection = await store.DataSource.OpenConnectionAsync(Ct);
            for (var n = 0; n < each; n++)
            {
                await using var transaction = await connection.BeginTransactionAsync(Ct);
                await using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands =
                    {
                        new($"insert into {row}") { Parameters = { new() { Value = (w * 1000) + n } } },
                        new("select pg_sleep($1)") { Parameters = { new() { Value = hold.NextDouble() * 0.02 } } },
                        new("select pg_notify('fluxops', 'events')"),
                    },
                };
                await batch.ExecuteNonQueryAsync(Ct);
                if (n % 7 == 3)
                    await transaction.RollbackAsync(Ct);
                else
                    await transaction.CommitAsync(Ct);
            }
        }));

        var expected = Enumerable.Range(0, writers).SelectMany(w => Enumerable.Range(0, each).Where(n => n % 7 != 3).Select(n => (w * 1000) + n)).Order().ToArray();
        List<int> seen = [];
        while (seen.Count < expected.Length)
        {
            Assert.True(await feed.MoveNextAsync());
            seen.AddRange(feed.Current switch
            {
                EventsChange change => change.Meters.Select(e => e.UsagePointId),
                DeviceChange change => change.States.DeviceId,
                _ => [],
            });
        }
        await writing;
        Assert.Equal(expected, seen.Order());
    }

    [Fact]
    public async Task AfterALossItSaysSoAndTellsEverythingAgain()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        await NextAsync<EventsChange>(feed);
        var next = feed.MoveNextAsync();
        Assert.Equal(1L, await TerminateAsync(store, "application_name = 'fluxops feed'"));
        Assert.True(await next);
        Assert.IsType<FeedLost>(feed.Current);

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await new EventWriter(store).WriteAsync(new EndDeviceEvent[] { new(5, EndDeviceEventKind.PowerDown, now, float.NaN, ValueOrigin.Simulated) }, default, Ct);
        Assert.True(await feed.MoveNextAsync());
        Assert.IsType<FeedRestored>(feed.Current);
        var events = await NextAsync<EventsChange>(feed);
        Assert.True(events.Full);
        Assert.Equal(5, Assert.Single(events.Meters).UsagePointId);
    }

    [Fact]
    public async Task AServerThatFallsSilentIsNoticedWithinFiveSeconds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stops a server process by signal");
        await using var store = await PostgresFixture.OpenStoreAsync();
        await using var feed = new ChangeFeed(store).ReadAsync(Ct).GetAsyncEnumerator(Ct);
        await NextAsync<EventsChange>(feed);
        await using var find = store.DataSource.CreateCommand("select pid from pg_stat_activity where application_name = 'fluxops feed' and datname = current_database()");
        var pid = (int)(await find.ExecuteScalarAsync(Ct))!;
        await Shell.RunAsync("kill", "-STOP", $"{pid}");
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.True(await feed.MoveNextAsync());
            Assert.IsType<FeedLost>(feed.Current);
            Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 5);
        }
        finally
        {
            await Shell.RunAsync("kill", "-CONT", $"{pid}");
        }
    }

    [Fact]
    public async Task WritersGoOnAfterTheirPooledConnectionsDied()
    {
        await using var store = await PostgresFixture.OpenStoreAsync();
        var writer = new ReadingWriter(store);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => writer.WriteAsync(Readings(Noon + (900 * n), 0, 10), Ct)));
        await TerminateAsync(store, "application_name = 'fluxops' and pid <> pg_backend_pid()");
        for (var n = 4; n < 8; n++)
            Assert.Equal(10, (await writer.WriteAsync(Readings(Noon + (900 * n), 0, 10), Ct)).Inserted);
    }

    private static async Task<long> TerminateAsync(ServingStore store, string which)
    {
        await using var kill = store.DataSource.CreateCommand($"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and {which}");
        return (long)(await kill.ExecuteScalarAsync(Ct))!;
    }

    private static async Task<T> NextAsync<T>(IAsyncEnumerator<GridChange> feed) where T : GridChange
    {
        while (await feed.MoveNextAsync())
            if (feed.Current is T found)
                return found;
        throw new InvalidOperationException("The feed ended.");
    }
}
