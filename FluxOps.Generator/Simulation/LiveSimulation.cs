using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Generator.Load;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Generator.Simulation;

/// <summary>
/// Plays the utility into the serving store: telemetry, readings and events at their times, the missed past after a start. Writes only to Postgres; when that
/// is away, it says so once, waits, and catches up in order. One process at a time does this.
/// </summary>
public sealed class LiveSimulation(
    ServingStore store, GridStore grids, TelemetryWriter telemetry, ReadingWriter readings, EventWriter events, DeviceWriter devices,
    IOptions<SimulationOptions> options, IOptions<ServingOptions> serving, SimulationStatus status, TimeProvider time, ILogger<LiveSimulation> log) : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];
    private int _failures;
    /// <summary>The stream whose write failed first in this run and in the one before; null where it was the connection.</summary>
    private Written? _failed, _faulted;

    private enum Written { Telemetry, Events, Readings }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            status.Set(new("Switched off (FluxOps:Simulation:Enabled)", false, 0, 0));
            return;
        }
        var zone = LocalClock.Find(options.Value.TimeZone);
        try
        {
            await store.Ready.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host ends before the store was ever open; why, the start has said.
            return;
        }
        SimulatedUtility? utility = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grids.ExistsAsync(stoppingToken);
                await using var mine = await TakeTurnAsync(stoppingToken);
                utility = await LoadAsync(mine, utility, zone, stoppingToken);
                await RunAsync(mine, utility, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException or ObjectDisposedException or OperationCanceledException)
            {
                if (_failures == 0)
                    log.LogWarning("The simulation cannot write to the serving store and waits for it: {Reason}", e.Message);
                status.Set(status.Current with { Message = "Waiting for the serving store", Writing = false });
                await Task.Delay(Pauses[Math.Min(_failures++, Pauses.Length - 1)], time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!status.Current.Writing)
            return;
        try
        {
            await telemetry.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            log.LogInformation("The last minute of telemetry was not stored: {Reason}", e.Message);
        }
    }

    private async Task<SimulationLock> TakeTurnAsync(CancellationToken ct)
    {
        for (var said = false; ; said = true)
        {
            if (await SimulationLock.TryTakeAsync(store, ct) is { } mine)
                return mine;
            if (!said)
                log.LogInformation("Another process simulates into this store; this one stands by");
            status.Set(new("Another process simulates; standing by", false, 0, 0));
            await Task.Delay(TimeSpan.FromSeconds(5), time, ct);
        }
    }

    /// <summary>The network as it is in the store now; the one at hand where it is still the same.</summary>
    private async Task<SimulatedUtility> LoadAsync(SimulationLock mine, SimulatedUtility? known, TimeZoneInfo zone, CancellationToken ct)
    {
        if (known is not null && known.Model.Network.ContentHash == await mine.NetworkAsync(ct))
            return known;
        var model = await grids.LoadAsync(GridParts.Stations | GridParts.Segments | GridParts.Transformers | GridParts.UsagePoints | GridParts.Devices, ct);
        return await Task.Run(() => new SimulatedUtility(model, zone, options.Value), ct);
    }

    private async Task RunAsync(SimulationLock mine, SimulatedUtility utility, CancellationToken ct)
    {
        status.Set(new("Running", true, 0, 0));
        (_faulted, _failed) = (_failed, null);
        using var together = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var past = new Past(store, telemetry, readings, options.Value, serving.Value.HotDays, status, time, log);
        Task[] parts =
        [
            WatchAsync(mine, utility, together.Token), WritesAsync(Written.Telemetry, SweepAsync(utility, together.Token)),
            WritesAsync(Written.Events, EventsAsync(utility, together.Token)), WritesAsync(Written.Readings, ReadingsAsync(utility, past, together.Token)),
        ];
        try
        {
            // All run until one fails; then none may go on alone.
            await await Task.WhenAny(parts);
        }
        finally
        {
            await together.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the run when the lock's connection is gone, or another network has taken this one's place.</summary>
    private static async Task WatchAsync(SimulationLock mine, SimulatedUtility utility, CancellationToken ct)
    {
        while (await mine.NetworkAsync(ct) == utility.Model.Network.ContentHash)
            await mine.ReplacedAsync(ct);
        throw new InvalidOperationException("the network was replaced");
    }

    private async Task WritesAsync(Written stream, Task writing)
    {
        try
        {
            await writing;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failed ??= stream;
            throw;
        }
    }

    /// <summary>The store takes again what it did not take last: only then is a fault over. Otherwise a lasting one would be tried, and told, at full pace.</summary>
    private void Wrote(Written stream)
    {
        if (_failures == 0 || _faulted is { } other && other != stream)
            return;
        _failures = 0;
        log.LogInformation("The serving store is back: the simulation goes on and catches up");
    }

    private async Task SweepAsync(SimulatedUtility utility, CancellationToken ct)
    {
        long period = options.Value.TelemetrySeconds * 1000L;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(period), time);
        do
        {
            long now = time.GetUtcNow().ToUnixTimeMilliseconds();
            await telemetry.WriteAsync(utility.Telemetry.Sweep(now), ct);
            Wrote(Written.Telemetry);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task EventsAsync(SimulatedUtility utility, CancellationToken ct)
    {
        var incidents = utility.Incidents;
        await new DevicePositions(store, devices, events).SettleAsync(incidents, time.GetUtcNow().ToUnixTimeMilliseconds(), ct);
        // Twenty-four hours of events behind a first start; what is there already is ignored by its key.
        utility.EventsUpTo ??= time.GetUtcNow().AddHours(-Math.Min(24, options.Value.BackfillHours)).ToUnixTimeMilliseconds();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            long now = time.GetUtcNow().ToUnixTimeMilliseconds(), upTo = Math.Min(now, utility.EventsUpTo.Value + 3_600_000);
            await devices.WriteAsync(incidents.Positions(utility.EventsUpTo.Value, upTo, now), ct);
            var (meters, circuits) = incidents.Events(utility.EventsUpTo.Value, upTo);
            await events.WriteAsync(meters, circuits, ct);
            Wrote(Written.Events);
            utility.EventsUpTo = upTo;
            if (upTo < now)
                continue;
            await timer.WaitForNextTickAsync(ct);
        }
        while (!ct.IsCancellationRequested);
    }

    private async Task ReadingsAsync(SimulatedUtility utility, Past past, CancellationToken ct)
    {
        await past.FillMinutesAsync(utility, ct);
        if (utility.ReadingsUpTo is null)
        {
            utility.ReadingsUpTo = await past.FillNewestAsync(utility, ct);
            Wrote(Written.Readings);
        }
        var filling = past.FillReadingsAsync(utility, ct);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (filling.IsFaulted)
                await filling;
            var due = utility.Readings.Due(utility.ReadingsUpTo.Value, time.GetUtcNow().ToUnixTimeSeconds());
            if (due.Count == 0)
                continue;
            var replayed = await past.ReplayedAsync(ct);
            foreach (var delivery in due)
            {
                foreach (var batch in utility.Readings.Batches(delivery, replayed))
                    await readings.WriteAsync(batch, ct);
                // Waves of one second come in order; the cursor moves past a second only when all of it is stored.
                utility.ReadingsUpTo = delivery.Equals(due[^1]) ? delivery.DueAt : Math.Max(utility.ReadingsUpTo.Value, delivery.DueAt - 1);
            }
            Wrote(Written.Readings);
        }
        await filling;
    }
}
