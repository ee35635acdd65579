using System.Diagnostics;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>What one more operator costs the server: memory, processor time and bytes, while nothing happens and while every feeder changes every 2 s.</summary>
internal static class CircuitsScenario
{
    private const int Count = 50;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = await ConsoleApp.PublishAsync(stop);
        await using var postgres = await BenchmarkPostgres.StartAsync(stop);
        await using var store = await postgres.CreateDatabaseAsync("circuits", stop);
        await using var app = ConsoleApp.Start(folder, new Dictionary<string, string>
        {
            ["FluxOps:ConnectionStrings:Serving"] = postgres.Target("circuits"),
            ["FluxOps:Simulation:Enabled"] = "false",
        });
        await app.ReadyAsync(stop);
        await app.SignInAsync(stop);
        var grid = await new GridStore(store).LoadAsync(GridParts.Stations, stop);
        var feed = new Feed(new Sweeps(grid.Feeders.Length, grid.Substations.Length), new TelemetryWriter(store));

        var table = new Table("page", "operators", "load", "CPU, % of a core", "CPU per operator, %", "MB", "KB per operator", "bytes/s per operator", "of it circuit", "batches/s per operator");
        var aloneIdle = await WatchAsync(app, null, null, stop);
        var aloneBusy = await WatchAsync(app, null, feed, stop);
        table.Add("–", 0, "idle", aloneIdle.Cpu, null, aloneIdle.Memory, null, null, null, null);
        table.Add("–", 0, "busy", aloneBusy.Cpu, null, aloneBusy.Memory, null, null, null, null);

        foreach (var path in new[] { "/", "/substations" })
        {
            var before = app.MemoryMb;
            await using var operators = new Operators();
            await operators.GrowAsync(app, Count, path, stop);
            await Task.Delay(TimeSpan.FromSeconds(5), stop);
            foreach (var (load, writer, alone) in new[] { ("idle", null, aloneIdle), ("busy", (Feed?)feed, aloneBusy) })
            {
                var watched = await WatchAsync(app, operators, writer, stop);
                table.Add(path, Count, load, watched.Cpu, (watched.Cpu - alone.Cpu) / Count, watched.Memory, (watched.Memory - before) * 1024 / Count,
                    watched.Bytes / Count, watched.CircuitBytes / Count, watched.Batches / Count);
            }

            foreach (var error in operators.Errors)
                Console.WriteLine($"circuit error: {error}");
        }

        table.Print($"Operators: what each costs ({grid.Feeders.Length:N0} feeders, {grid.Substations.Length} substations, a sweep of all every 2 s when busy)",
            "Memory is resident, without a forced collection; bytes are before WebSocket compression. While watching, an operator's page makes no HTTP request: the browser tests count them.");
    }

    private static async Task<(double Cpu, double Memory, double Bytes, double CircuitBytes, double Batches)> WatchAsync(
        ConsoleApp app, Operators? operators, Feed? feed, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var feeding = feed?.RunAsync(enough.Token) ?? Task.CompletedTask;
        await Task.Delay(TimeSpan.FromSeconds(3), stop);
        var (start, cpu, bytes, circuit, batches) = (Stopwatch.GetTimestamp(), app.ProcessorTime, operators?.BytesReceived ?? 0, operators?.CircuitBytes ?? 0, operators?.Batches ?? 0);
        await Task.Delay(Watched, stop);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var result = ((app.ProcessorTime - cpu).TotalSeconds / seconds * 100, app.MemoryMb, ((operators?.BytesReceived ?? 0) - bytes) / seconds,
            ((operators?.CircuitBytes ?? 0) - circuit) / seconds, ((operators?.Batches ?? 0) - batches) / seconds);
        await enough.CancelAsync();
        await feeding;
        return result;
    }

    private sealed class Feed(Sweeps sweeps, TelemetryWriter writer)
    {
        private int _number;

        public async Task RunAsync(CancellationToken stop)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
            try
            {
                do
                {
                    await writer.WriteAsync(sweeps.Make(++_number, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()), stop);
                }
                while (await timer.WaitForNextTickAsync(stop));
            }
            catch (OperationCanceledException)
            {
                // Watched long enough.
            }
        }
    }
}
