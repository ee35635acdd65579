using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>
/// How long after the commit of a telemetry sweep its values are with the operator: in a render batch of the circuit and in a frame of the
/// bulk lane. The baseline is the least that any reader has to do: hear the same commit's doorbell and read the feeders' rows, on one bare connection in this process.
/// </summary>
internal static class LatencyScenario
{
    private const int Sweeps = 25;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1130); // off the console's own beats

    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = await ConsoleApp.PublishAsync(stop);
        await using var postgres = await BenchmarkPostgres.StartAsync(stop);
        await using var store = await postgres.CreateDatabaseAsync("latency", stop);
        await using var app = ConsoleApp.Start(folder, new Dictionary<string, string>
        {
            ["FluxOps:ConnectionStrings:Serving"] = postgres.Target("latency"),
            ["FluxOps:Simulation:Enabled"] = "false",
        });
        await app.ReadyAsync(stop);
        await app.SignInAsync(stop);
        var grid = await new GridStore(store).LoadAsync(GridParts.Stations, stop);
        var sweeps = new Sweeps(grid.Feeders.Length, grid.Substations.Length);
        var writer = new TelemetryWriter(store);

        var table = new Table("operators", "way", "p50, ms", "p99, ms", "p50 / baseline", "seen");
        await using var operators = new Operators();
        var number = 0;
        foreach (var count in new[] { 1, 20, 100 })
        {
            await operators.GrowAsync(app, count, "/", stop);
            await Task.Delay(TimeSpan.FromSeconds(3), stop); // first renders
            var run = new Run(operators, sweeps);
            await run.MeasureAsync(store.DataSource, writer, number += 1000, stop);
            foreach (var (way, sample) in new[] { ("commit → LISTEN and one SELECT (baseline)", run.Doorbell), ("commit → circuit render batch", run.Circuit), ("commit → hub frame", run.Hub) })
                table.Add(count, way, sample.Median, sample.Percentile(99), sample.Median / run.Doorbell.Median, sample.Count);
        }

        table.Print($"Latency: {grid.Feeders.Length:N0} feeders and {grid.Substations.Length} substations in each sweep, Live page",
            $"Clients run in one process beside the server. A sweep that is overtaken before it is rendered is not seen, by design. Errors: {string.Join("; ", operators.Errors.DefaultIfEmpty("none"))}");
    }

    private sealed class Run(Operators operators, Sweeps sweeps)
    {
        private readonly ConcurrentDictionary<long, long> _committed = new(); // source time → ticks
        private byte[] _wanted = [];
        private long _at;

        public Sample Doorbell { get; } = new();
        public Sample Circuit { get; } = new();
        public Sample Hub { get; } = new();

        public async Task MeasureAsync(NpgsqlDataSource source, TelemetryWriter writer, int first, CancellationToken stop)
        {
            await using var listener = await source.OpenConnectionAsync(stop);
            await using (var listen = new NpgsqlCommand("listen fluxops", listener))
                await listen.ExecuteNonQueryAsync(stop);

            var seen = new ConcurrentDictionary<object, long>();
            foreach (var circuit in operators.Circuits)
            {
                circuit.Rendered += (batch, at) =>
                {
                    var committed = Volatile.Read(ref _at);
                    if (committed != 0 && batch.AsSpan().IndexOf(_wanted) >= 0 && !(seen.TryGetValue(circuit, out var last) && last == committed))
                    {
                        seen[circuit] = committed;
                        Circuit.Add(Stopwatch.GetElapsedTime(committed, at).TotalMilliseconds);
                    }
                };
            }

            foreach (var watcher in operators.Watchers)
            {
                var last = 0L;
                watcher.Received += (sourceTime, _, at) =>
                {
                    if (sourceTime != last && _committed.TryGetValue(sourceTime, out var committed))
                    {
                        last = sourceTime;
                        Hub.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed, at).TotalMilliseconds));
                    }
                };
            }

            for (var i = 1; i <= Sweeps; i++)
            {
                var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                _wanted = Encoding.UTF8.GetBytes(Format.Number(sweeps.SystemMw(first + i), sweeps.SystemMw(first + i) >= 10_000 ? 0 : 1));
                var heard = listener.WaitAsync(stop);
                // The clock starts when the writer begins to commit: the write itself is part of nobody's wait, so it is done before.
                await writer.WriteAsync(sweeps.Make(first + i, time), stop);
                var committed = Stopwatch.GetTimestamp();
                _committed[time] = committed;
                Volatile.Write(ref _at, committed);
                await heard;
                await using (var read = new NpgsqlCommand("select feeder_id, source_time, mw, mvar, kv, amps, breaker, quality from circuit_status_realtime", listener))
                await using (var rows = await read.ExecuteReaderAsync(stop))
                    while (await rows.ReadAsync(stop)) ;
                Doorbell.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
                await Task.Delay(Between, stop);
            }

            Volatile.Write(ref _at, 0);
        }
    }
}
