using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Network;
using FluxOps.Generator.Simulation;
using FluxOps.Tests.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FluxOps.Tests.Generator;

/// <summary>The simulation into a real Postgres, on a clock that the test turns.</summary>
public sealed class LiveSimulationTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 15, 4, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_first_start_fills_the_day_and_then_sweeps_by_the_clock()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        var (simulation, status) = Simulate(store, clock, new() { BackfillHours = 1, BackfillPercent = 100, CommunicationLossesPerHour = 0, LateralOutagesPerHour = 0, RecloserLockoutsPerHour = 0 });
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            await UntilAsync(store, clock, "select count(*) = 1440 from telemetry_minutes where minute < '2026-11-24 15:04Z'");
            await UntilAsync(store, clock, "select count(*) > 1150 from ami_latest where interval_start >= '2026-11-24 14:30Z' and origin = 1");
            await UntilAsync(store, clock, "select count(*) = 30 and min(source_time) > '2026-11-24 15:04:30Z' from circuit_status_realtime");
            // The quarter hour that ends at 15:15 comes in waves after it; the hour before comes from the background.
            await UntilAsync(store, clock, "select good + estimated + missing + other > 1150 from ami_completeness where interval_start = '2026-11-24 15:00Z'", TimeSpan.FromSeconds(20));
            await UntilAsync(store, clock, "select count(*) >= 5 from ami_completeness where good > 1100");
            Assert.True(status.Current.Writing);
        }
        finally
        {
            await simulation.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Only_one_process_simulates()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        var (first, _) = Simulate(store, clock, new() { BackfillHours = 0 });
        var (second, status) = Simulate(store, clock, new() { BackfillHours = 0 });
        await first.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select count(*) > 20 from circuit_status_realtime");
        await second.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select true", until: () => status.Current.Message.StartsWith("Another process", StringComparison.Ordinal));
        await first.StopAsync(TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select true", until: () => status.Current.Writing);
        await second.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_leaves_the_lock_free_at_once()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        var (simulation, status) = Simulate(store, clock, new() { BackfillHours = 0 });
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select true", until: () => status.Current.Writing);
        Assert.Null(await SimulationLock.TryTakeAsync(store, TestContext.Current.CancellationToken));
        await simulation.StopAsync(TestContext.Current.CancellationToken);
        await using var mine = await SimulationLock.TryTakeAsync(store, TestContext.Current.CancellationToken);
        Assert.NotNull(mine);
    }

    [Fact]
    public async Task Another_network_is_simulated_as_soon_as_it_is_stored()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        var (simulation, _) = Simulate(store, clock, new() { BackfillHours = 0, CommunicationLossesPerHour = 0 });
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select count(*) = 30 from circuit_status_realtime");
        await new GridStore(store).WriteAsync(NetworkSynthesiser.Build(NetworkPlan.Tiny with { Seed = 7, Feeders = 36 }), null, TestContext.Current.CancellationToken);
        await UntilAsync(store, clock, "select count(*) = 36 from circuit_status_realtime");
        await simulation.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_fell_due_during_a_stop_comes_with_the_next_start()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        SimulationOptions options = new() { BackfillHours = 4, BackfillPercent = 100, OutagesPerHour = 0 };
        await RunAsync();
        // One stop over the hour in which late readings come, then a start: the hours before must be as a first start would fill them now.
        clock.Advance(TimeSpan.FromMinutes(100));
        await RunAsync();
        var utility = new SimulatedUtility(NetworkSynthesiser.Build(NetworkPlan.Tiny), TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone), options);
        long now = clock.GetUtcNow().ToUnixTimeSeconds(), newest = utility.Readings.NewestComplete(now);
        await using var command = store.DataSource.CreateCommand("select extract(epoch from interval_start)::bigint, good + estimated + missing + other, missing from ami_completeness where interval_start < to_timestamp($1) and interval_start >= to_timestamp($2)");
        command.Parameters.AddWithValue((double)newest - 900);
        command.Parameters.AddWithValue((double)newest - 3 * 3_600);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var intervals = 0;
        for (; await rows.ReadAsync(TestContext.Current.CancellationToken); intervals++)
            Assert.Equal(utility.Readings.Expected(rows.GetInt64(0), now, []), (rows.GetInt32(1), rows.GetInt32(2)));
        Assert.Equal(11, intervals);

        async Task RunAsync()
        {
            var (simulation, status) = Simulate(store, clock, options);
            await simulation.StartAsync(TestContext.Current.CancellationToken);
            await UntilAsync(store, clock, "select true", TimeSpan.FromMilliseconds(200), () => status.Current is { Writing: true, Message: "Running", BackfillTotal: > 0 } s && s.BackfilledIntervals == s.BackfillTotal);
            await simulation.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_lasting_fault_is_told_once_and_so_is_its_end()
    {
        await using var store = await NetworkAsync();
        var clock = new FakeTimeProvider(Begin);
        var log = new Told();
        // Events are still taken: they must not pass for the end of what ails the telemetry.
        await ExecuteAsync("alter table circuit_status_realtime rename to elsewhere");
        var (simulation, _) = Simulate(store, clock, new() { BackfillHours = 0, VoltageEventsPerHour = 3_600 }, log);
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        var began = clock.GetUtcNow();
        await UntilAsync(store, clock, "select true", until: () => clock.GetUtcNow() > began.AddSeconds(60));
        Assert.Single(log.Lines, l => l.Contains("waits for it", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("is back", StringComparison.Ordinal));
        await ExecuteAsync("alter table elsewhere rename to circuit_status_realtime");
        await UntilAsync(store, clock, "select count(*) > 20 from circuit_status_realtime", until: () => log.Lines.Any(l => l.Contains("is back", StringComparison.Ordinal)));
        Assert.Single(log.Lines, l => l.Contains("waits for it", StringComparison.Ordinal));
        await simulation.StopAsync(TestContext.Current.CancellationToken);

        async Task ExecuteAsync(string text)
        {
#pragma warning disable CA2100 // constants of this test
            await using var command = store.DataSource.CreateCommand(text);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_start_finds_the_devices_that_are_open_and_closes_those_that_are_not_any_more()
    {
        await using var store = await NetworkAsync();
        SimulationOptions options = new() { BackfillHours = 0, LateralOutagesPerHour = 120, OutagesPerHour = 0 };
        var model = NetworkSynthesiser.Build(NetworkPlan.Tiny);
        var incidents = new Incidents(model, options);
        long begin = Begin.ToUnixTimeMilliseconds();
        // One that simulated closed since, one whose incident no setting of now explains, and one that is measured: the simulation has no say in it.
        var over = incidents.DeviceOutages(begin - 1_200_000, begin).First(o => o.End <= begin);
        var underWay = incidents.DeviceOutages(begin, begin + 1);
        int[] others = [.. Enumerable.Range(0, model.Devices.Count).Where(d => d != over.DeviceId && !underWay.Exists(o => o.DeviceId == d)).Take(2)];
        await new DeviceWriter(store).WriteAsync(new DeviceStates
        {
            DeviceId = [over.DeviceId, .. others], Open = [true, true, true], SourceTime = [over.Start, begin - 50_000_000, begin - 50_000_000], Quality = new TelemetryQuality[3],
            Origin = [ValueOrigin.Simulated, ValueOrigin.Simulated, ValueOrigin.Measured],
        }, TestContext.Current.CancellationToken);
        var clock = new FakeTimeProvider(Begin);
        var (simulation, _) = Simulate(store, clock, options);
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(underWay);
        foreach (var o in underWay)
            await UntilAsync(store, clock, $"select exists (select from device_status_realtime where device_id = {o.DeviceId} and source_time >= to_timestamp({o.Start / 1000.0}) and origin = 1)");
        await UntilAsync(store, clock, $"select not open and source_time = to_timestamp({over.End / 1000.0}) from device_status_realtime where device_id = {over.DeviceId}");
        await UntilAsync(store, clock, $"select not open from device_status_realtime where device_id = {others[0]}");
        await UntilAsync(store, clock, $"select open and origin = 0 from device_status_realtime where device_id = {others[1]}");
        foreach (var o in underWay)
            await UntilAsync(store, clock, $"select exists (select from circuit_events where device_id = {o.DeviceId} and kind = 5 and source_time = to_timestamp({o.Start / 1000.0}))");
        await UntilAsync(store, clock, $"select exists (select from circuit_events where device_id = {others[0]} and kind = 6)");
        // What happens while it runs is told by an event and a position of the same time.
        await UntilAsync(store, clock, """
            select count(*) > 0 from circuit_events e join device_status_realtime d using (device_id, source_time) where e.kind = 5 and d.open and e.device_kind = 4
            """, TimeSpan.FromSeconds(5));
        await simulation.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Switched_off_it_writes_nothing()
    {
        await using var store = await NetworkAsync();
        var (simulation, status) = Simulate(store, new FakeTimeProvider(Begin), new() { Enabled = false });
        await simulation.StartAsync(TestContext.Current.CancellationToken);
        await simulation.ExecuteTask!;
        Assert.False(status.Current.Writing);
        await using var count = store.DataSource.CreateCommand("select count(*) from circuit_status_realtime");
        Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<ServingStore> NetworkAsync()
    {
        var store = await PostgresFixture.OpenStoreAsync();
        await new GridStore(store).WriteAsync(NetworkSynthesiser.Build(NetworkPlan.Tiny), null, TestContext.Current.CancellationToken);
        return store;
    }

    private static (LiveSimulation, SimulationStatus) Simulate(ServingStore store, TimeProvider clock, SimulationOptions options, ILogger<LiveSimulation>? log = null)
    {
        var status = new SimulationStatus();
        return (new LiveSimulation(store, new GridStore(store), new TelemetryWriter(store), new ReadingWriter(store), new EventWriter(store), new DeviceWriter(store),
            Options.Create(options), Options.Create(new ServingOptions()), status, clock, log ?? NullLogger<LiveSimulation>.Instance), status);
    }

    /// <summary>What was logged, a line each.</summary>
    private sealed class Told : ILogger<LiveSimulation>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }

    /// <summary>Turns the clock until the store says yes.</summary>
    private static async Task UntilAsync(ServingStore store, FakeTimeProvider clock, string query, TimeSpan? step = null, Func<bool>? until = null)
    {
        for (var turn = 0; turn < 600; turn++)
        {
            await using var command = store.DataSource.CreateCommand(query);
            if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true && (until is null || until()))
                return;
            clock.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"Not within 600 turns of the clock: {query}");
    }
}
