using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Replay;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FluxOps.Generator.Simulation;

/// <summary>
/// Fills in what happened while nobody simulated: minutes of telemetry at once, the newest quarter hours' readings next, older ones in the background, newest
/// first. What is there already is found in the store itself, so an interrupted filling goes on where it was.
/// </summary>
internal sealed class Past(
    ServingStore store, TelemetryWriter telemetry, ReadingWriter readings, SimulationOptions options, SimulationStatus status, TimeProvider time, ILogger log)
{
    private const int MinutesBehind = 24 * 60;
    /// <summary>Intervals written as the newest values of their meters.</summary>
    private const int NewestIntervals = 2;
    /// <summary>Share of the meters from which on an interval counts as delivered: silent and replayed meters are never there.</summary>
    private const double Delivered = 0.97;

    /// <summary>Meters that a recording plays on; the simulation leaves them alone.</summary>
    public async Task<HashSet<int>> ReplayedAsync(CancellationToken ct) => await ReplayedMeters.ReadAsync(store.DataSource, time.GetUtcNow(), ct);

    public async Task FillMinutesAsync(SimulatedUtility utility, CancellationToken ct)
    {
        if (options.BackfillHours == 0)
            return;
        long now = time.GetUtcNow().ToUnixTimeSeconds(), newest = now / 60 * 60 - 60, began = time.GetTimestamp();
        var there = await SecondsAsync("select extract(epoch from minute)::bigint from telemetry_minutes where minute > $1", newest - MinutesBehind * 60L, ct);
        long[] missing = [.. Enumerable.Range(0, MinutesBehind).Select(k => newest - k * 60L).Where(m => !there.Contains(m)).Order()];
        if (missing.Length == 0)
            return;
        // Off the caller's thread: a day of a large network is a second of arithmetic.
        await Task.Run(() => telemetry.BackfillAsync(missing.Select(utility.History.Minute), ct), ct);
        log.LogInformation("Filled in {Minutes} minutes of telemetry in {Seconds:0.0} s", missing.Length, time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Writes the newest quarter hours that are complete, and the waves already due of the one that is being delivered. Returns up to which time deliveries are stored.</summary>
    public async Task<long> FillNewestAsync(SimulatedUtility utility, CancellationToken ct)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds(), complete = utility.Readings.NewestComplete(now);
        if (options.BackfillHours == 0)
            return now;
        var replayed = await ReplayedAsync(ct);
        for (var k = NewestIntervals - 1; k >= 0; k--)
            foreach (var batch in utility.Readings.Whole(complete - k * SimulatedReadings.Seconds, now, replayed))
                await readings.WriteAsync(batch, ct);
        foreach (var delivery in utility.Readings.Due(now - SimulatedReadings.Seconds, now))
            if (delivery.Interval > complete)
                foreach (var batch in utility.Readings.Batches(delivery, replayed))
                    await readings.WriteAsync(batch, ct);
        return now;
    }

    public async Task FillReadingsAsync(SimulatedUtility utility, CancellationToken ct)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds(), newest = utility.Readings.NewestComplete(now) - NewestIntervals * SimulatedReadings.Seconds;
        int total = options.BackfillHours * 4 - NewestIntervals;
        if (total <= 0)
            return;
        var there = await SecondsAsync(
            "select extract(epoch from interval_start)::bigint from ami_completeness where interval_start >= $1 and good + estimated + missing + other >= $2",
            newest - total * (long)SimulatedReadings.Seconds, ct, (long)(utility.Model.UsagePoints.Count * Delivered));
        long[] missing = [.. Enumerable.Range(0, total).Select(k => newest - k * (long)SimulatedReadings.Seconds).Where(i => !there.Contains(i))];
        if (missing.Length == 0)
            return;
        log.LogInformation("Filling in {Intervals} quarter hours of readings in the background, newest first", missing.Length);
        for (var k = 0; k < missing.Length; k++)
        {
            status.Set(new($"Filling in the past: quarter hour {k + 1} of {missing.Length}", true, k, missing.Length));
            await PacedAsync(utility, missing[k], ct);
            if ((k + 1) % 48 == 0)
                log.LogInformation("Filled in {Done} of {Total} quarter hours", k + 1, missing.Length);
        }
        status.Set(new("Running", true, missing.Length, missing.Length));
        log.LogInformation("The past {Hours} h of readings are filled in", options.BackfillHours);
    }

    /// <summary>One interval, then a rest so long that the work's share of a core stays as set.</summary>
    private async Task PacedAsync(SimulatedUtility utility, long interval, CancellationToken ct)
    {
        var replayed = await ReplayedAsync(ct);
        using var batches = utility.Readings.Whole(interval, time.GetUtcNow().ToUnixTimeSeconds(), replayed).GetEnumerator();
        while (true)
        {
            long began = time.GetTimestamp();
            if (!await Task.Run(batches.MoveNext, ct))
                return;
            await readings.BackfillAsync(batches.Current, ct);
            await Task.Delay(time.GetElapsedTime(began) * (100.0 / options.BackfillPercent - 1), time, ct);
        }
    }

    private async Task<HashSet<long>> SecondsAsync(string query, long after, CancellationToken ct, long? least = null)
    {
        await using var command = store.DataSource.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTimeOffset.FromUnixTimeSeconds(after).UtcDateTime });
        if (least is { } n)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = n });
        await using var rows = await command.ExecuteReaderAsync(ct);
        HashSet<long> found = [];
        while (await rows.ReadAsync(ct))
            found.Add(rows.GetInt64(0));
        return found;
    }
}
