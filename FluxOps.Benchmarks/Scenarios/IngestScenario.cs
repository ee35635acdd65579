using System.Diagnostics;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>
/// Interval readings through the live path (table, newest value of each meter, completeness, doorbell) against binary COPY of the same rows
/// into a table of the same columns and key. Rounds alternate, so that a busy moment of the machine meets both.
/// </summary>
internal static class IngestScenario
{
    private const int Batch = 10_000;
    private const int Meters = 100_000;
    private const int Rounds = 3;

    public static async Task RunAsync(CancellationToken stop)
    {
        await using var postgres = await BenchmarkPostgres.StartAsync(stop);
        await using var store = await postgres.CreateDatabaseAsync("ingest", stop);
        var source = store.DataSource;
        await ExecuteAsync(source, "create table ami_copy (like ami_realtime including defaults, primary key (interval_start, usage_point_id))", stop);
        var writer = new ReadingWriter(store);

        var live = new Way("live path, first delivery");
        var again = new Way("live path, delivered again (ignored)");
        var copy = new Way("binary COPY, same columns and key (baseline)");
        var quarter = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        await writer.WriteAsync(Readings(0, quarter - 900), stop); // first use compiles the path and makes the day's partition

        for (var round = 0; round < Rounds; round++, quarter += 900)
        {
            for (var first = 0; first < Meters; first += Batch)
            {
                var readings = Readings(first, quarter);
                await copy.MeasureAsync(() => CopyAsync(source, readings, stop));
                await live.MeasureAsync(() => writer.WriteAsync(readings, stop));
            }

            for (var first = 0; first < Meters; first += Batch * 2)
            {
                var readings = Readings(first, quarter);
                await again.MeasureAsync(() => writer.WriteAsync(readings, stop));
            }
        }

        var table = new Table("way", "rows/s", "batch p50, ms", "batch p99, ms", "p50 / baseline");
        foreach (var way in new[] { copy, live, again })
            table.Add(way.Name, way.RowsPerSecond, way.Batches.Median, way.Batches.Percentile(99), way.Batches.Median / copy.Batches.Median);
        table.Print($"Ingest: batches of {Batch:N0} readings of {Meters:N0} meters", "One connection, one transaction a batch, fsync on. R6: p99 of one batch under 100 ms.");
    }

    private static IntervalReadings Readings(int first, long quarter)
    {
        var ids = Enumerable.Range(first, Batch).ToArray();
        return new IntervalReadings
        {
            Origin = ValueOrigin.Simulated,
            UsagePointId = ids,
            IntervalStart = [.. ids.Select(_ => quarter)],
            Kwh = [.. ids.Select(id => id % 1000 / 1000f + quarter / 900 % 96 / 100f)],
            Volts = [.. ids.Select(id => 236 + id % 100 / 10f)],
            Quality = new ReadingQuality[Batch],
        };
    }

    private static async Task CopyAsync(NpgsqlDataSource source, IntervalReadings readings, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var import = await connection.BeginBinaryImportAsync(
            "copy ami_copy (interval_start, usage_point_id, kwh, volts, quality, origin, source_code, interval_s, received_at) from stdin (format binary)", stop);
        var received = DateTime.UnixEpoch.AddSeconds(readings.IntervalStart[0] + 900);
        for (var i = 0; i < readings.Count; i++)
        {
            await import.StartRowAsync(stop);
            await import.WriteAsync(DateTime.UnixEpoch.AddSeconds(readings.IntervalStart[i]), NpgsqlDbType.TimestampTz, stop);
            await import.WriteAsync(readings.UsagePointId[i], NpgsqlDbType.Integer, stop);
            await import.WriteAsync(readings.Kwh[i], NpgsqlDbType.Real, stop);
            await import.WriteAsync(readings.Volts[i], NpgsqlDbType.Real, stop);
            await import.WriteAsync((short)readings.Quality[i], NpgsqlDbType.Smallint, stop);
            await import.WriteAsync((short)readings.Origin, NpgsqlDbType.Smallint, stop);
            await import.WriteNullAsync(stop);
            await import.WriteAsync((short)readings.IntervalSeconds, NpgsqlDbType.Smallint, stop);
            await import.WriteAsync(received, NpgsqlDbType.TimestampTz, stop);
        }

        await import.CompleteAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(stop);
    }

    private sealed class Way(string name)
    {
        private TimeSpan _spent;

        public string Name => name;
        public Sample Batches { get; } = new();
        public double RowsPerSecond => Batches.Count * Batch / _spent.TotalSeconds;

        public async Task MeasureAsync(Func<Task> write)
        {
            var start = Stopwatch.GetTimestamp();
            await write();
            var took = Stopwatch.GetElapsedTime(start);
            _spent += took;
            Batches.Add(took.TotalMilliseconds);
        }
    }
}
