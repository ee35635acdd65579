using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Generator.Replay;

/// <summary>Plays a recording onto a meter, through the writer that every source uses: what lies before now at once, then each interval when it ends.</summary>
/// <param name="say">Takes lines for the person at the console.</param>
public sealed class Replayer(ServingStore store, ReadingWriter writer, TimeProvider time, Action<string> say)
{
    /// <summary>With a speed above 1, this much of the past is played interval by interval, until it has caught up with now.</summary>
    public static readonly TimeSpan CatchUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1), Again = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the recording ends or is cancelled, either way with the meter given back to the simulation. True: it has ended.</summary>
    public async Task<bool> RunAsync(Recording recording, ReplaySchedule schedule, UsagePointRow meter, double speed, CancellationToken ct)
    {
        var step = recording.IntervalSeconds;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var from = now - (long)ReplaySchedule.Before.TotalSeconds;
        var atOnce = speed > 1 ? now - (long)CatchUp.TotalSeconds : now;
        var first = schedule.FirstAt(now);
        var next = first;
        while (next < schedule.Start.Length && schedule.Start[next] + step <= atOnce)
            next++;

        var removed = await ReplayedMeters.TakeAsync(store.DataSource, meter.Id, recording.Source, At(now), At(from), Lease(schedule, next, step), ct);
        if (removed > 0)
            say($"{removed:N0} simulated readings of this meter from {Utc(from)} on make way.");
        try
        {
            var result = await writer.WriteAsync(Batch(recording, schedule, meter.Id, first, next), ct);
            say($"{next - first:N0} readings before {Utc(atOnce)} written at once ({result.Inserted:N0} new, {result.Replaced:N0} replaced, {result.Ignored:N0} there already).");
            await FollowAsync(recording, schedule, meter.Id, next, speed, ct);
            say("The recording has ended.");
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            say("Stopped; the simulation takes the meter back.");
            return false;
        }
        finally
        {
            await ReplayedMeters.ReleaseAsync(store.DataSource, meter.Id, time.GetUtcNow(), CancellationToken.None);
        }
    }

    /// <summary>
    /// Until when the meter is taken: beyond the next delivery, or the next look at the clock, by four intervals or an hour. A replay that is killed
    /// cannot give its meter back; so its meter is silent for no longer than that.
    /// </summary>
    private DateTimeOffset Lease(ReplaySchedule schedule, int next, int step)
    {
        var look = time.GetUtcNow() + LongestWait;
        var due = next < schedule.Start.Length ? At(schedule.Start[next] + step) : look;
        return (due < look ? due : look) + TimeSpan.FromSeconds(Math.Max(3_600, 4 * step));
    }

    private async Task FollowAsync(Recording recording, ReplaySchedule schedule, int meter, int next, double speed, CancellationToken ct)
    {
        var step = recording.IntervalSeconds;
        var behind = speed > 1;
        for (; next < schedule.Start.Length; next++)
        {
            var due = At(schedule.Start[next] + step);
            if (behind && due <= time.GetUtcNow())
                await Task.Delay(TimeSpan.FromSeconds(step / speed), time, ct);
            else if (behind)
            {
                behind = false;
                say("Caught up with now: from here on in real time.");
            }
            // A reading can be there when its interval has ended, not before. Waits are cut, because a timer has a longest one and clocks are set.
            for (var left = due - time.GetUtcNow(); left > TimeSpan.Zero; left = due - time.GetUtcNow())
            {
                await ReachAsync(() => ReplayedMeters.ExtendAsync(store.DataSource, meter, Lease(schedule, next, step), ct), ct);
                await Task.Delay(left < LongestWait ? left : LongestWait, time, ct);
            }
            await ReachAsync(() => ReplayedMeters.ExtendAsync(store.DataSource, meter, Lease(schedule, next + 1, step), ct), ct);
            await ReachAsync(() => writer.WriteAsync(Batch(recording, schedule, meter, next, next + 1), ct), ct);
            say($"{Utc(schedule.Start[next])}  {Value(recording, schedule.Index[next])}");
        }
    }

    /// <summary>The store may go away for a while under a replay of weeks. Delivering twice does no harm.</summary>
    private async Task ReachAsync(Func<Task> work, CancellationToken ct)
    {
        for (var said = false; ; said = true)
        {
            try
            {
                await work();
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
            {
                if (!said)
                    say($"The store is away ({e.Message}); trying again every {Again.TotalSeconds:0} s.");
                await Task.Delay(Again, time, ct);
            }
        }
    }

    private static IntervalReadings Batch(Recording recording, ReplaySchedule schedule, int meter, int from, int to)
    {
        var rows = schedule.Index[from..to];
        return new()
        {
            Origin = ValueOrigin.Replayed,
            UsagePointId = Array.ConvertAll(rows, _ => meter),
            IntervalStart = schedule.Start[from..to],
            Kwh = Array.ConvertAll(rows, i => recording.Kwh[i]),
            Volts = Array.ConvertAll(rows, _ => float.NaN), // neither kind of file has voltages
            Quality = Array.ConvertAll(rows, i => recording.Quality[i]),
            SourceCode = Array.ConvertAll(rows, i => recording.SourceCode[i]),
            IntervalSeconds = recording.IntervalSeconds,
        };
    }

    private static string Value(Recording recording, int i) =>
        recording.Quality[i] == ReadingQuality.Missing ? "missing" : $"{recording.Kwh[i]:0.000} kWh  {recording.Quality[i]}";

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static string Utc(long seconds) => $"{At(seconds):yyyy-MM-dd HH:mm}Z";
}
