using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Replay;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FluxOps.Generator.Simulation;

/// <summary>
/// Fills in what happened while nobody simulated: minutes of telemetry at once, the newest quarter hours' readings next, older ones in the background, newest
/// first. What is there already is found in the store itself, by counting, so an interrupted filling goes on where it was, and neither a wave nor a late or
/// estimated reading that fell due during a stop stays missing.
/// </summary>
internal sealed class Past(
    ServingStore store, TelemetryWriter telemetry, ReadingWriter readings, SimulationOptions options, int hotDays, SimulationStatus status, TimeProvider time, ILogger log)
{
    private const int MinutesBehind = 24 * 60;
    /// <summary>Intervals written as the newest values of their meters.</summary>
    private const int NewestIntervals = 2;

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
        // Days that retention drops again are not filled in.
        var kept = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date.AddDays(-hotDays), TimeSpan.Zero).ToUnixTimeSeconds();
        int total = (int)Math.Min(options.BackfillHours * 4 - NewestIntervals, (newest - kept) / SimulatedReadings.Seconds + 1);
        if (total <= 0)
            return;
        var missing = await MissingAsync(utility, newest, total, now, ct);
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
        log.LogInformation("The past {Hours} h of readings are filled in", (total + NewestIntervals) / 4);
    }

    /// <summary>Intervals that lack readings which should have come by now, or still have as missing what should have come late; newest first.</summary>
    private async Task<long[]> MissingAsync(SimulatedUtility utility, long newest, int total, long now, CancellationToken ct)
    {
        Dictionary<long, (long All, long Missing)> there = [];
        await using (var command = store.DataSource.CreateCommand("select extract(epoch from interval_start)::bigint, (good + estimated + missing + other)::bigint, missing::bigint from ami_completeness where interval_start > $1"))
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTimeOffset.FromUnixTimeSeconds(newest - total * (long)SimulatedReadings.Seconds).UtcDateTime });
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
                there[rows.GetInt64(0)] = (rows.GetInt64(1), rows.GetInt64(2));
        }
        List<long> missing = [];
        for (var k = 0; k < total; k++)
        {
            var interval = newest - k * (long)SimulatedReadings.Seconds;
            if (there.TryGetValue(interval, out var found))
            {
                // Meters whose replay lasted beyond this interval have a recording's readings, or none.
                var replayed = await ReplayedMeters.ReadAsync(store.DataSource, DateTimeOffset.FromUnixTimeSeconds(interval), ct);
                var expected = await Task.Run(() => utility.Readings.Expected(interval, now, replayed), ct);
                if (found.All >= expected.All && found.Missing <= expected.Missing + replayed.Count)
                    continue;
            }
            missing.Add(interval);
        }
        return [.. missing];
    }

    /// <summary>One interval, then a rest so long that the work's share of a core stays as set.</summary>
    private async Task PacedAsync(SimulatedUtility utility, long interval, CancellationToken ct)
    {
        var replayed = await ReplayedMeters.ReadAsync(store.DataSource, DateTimeOffset.FromUnixTimeSeconds(interval), ct);
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

    private async Task<HashSet<long>> SecondsAsync(string query, long after, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTimeOffset.FromUnixTimeSeconds(after).UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(ct);
        HashSet<long> found = [];
        while (await rows.ReadAsync(ct))
            found.Add(rows.GetInt64(0));
        return found;
    }
}
