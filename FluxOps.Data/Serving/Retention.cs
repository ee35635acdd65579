using FluxOps.Data.Bulk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>Drops what has left the hot window: whole days of readings (a partition is dropped, never emptied row by row) with their intervals' completeness, old minutes and events, batch records after an hour.</summary>
public sealed class Retention(ServingStore store, IOptions<ServingOptions> options, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.Ready.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Every, time);
            do
            {
                try
                {
                    var days = await ApplyAsync(stoppingToken);
                    if (days > 0)
                        log.LogInformation("Dropped {Days} days of readings older than {HotDays} days", days, options.Value.HotDays);
                }
                catch (NpgsqlException e)
                {
                    // A reader holds a partition, or the server is away: the next round comes.
                    log.LogDebug("Retention waits for its next round: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Retention stops");
        }
    }

    /// <summary>One round; how many days of readings were dropped.</summary>
    public async Task<int> ApplyAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        var trend = now.AddDays(-options.Value.TrendDays);
        // Each by itself: a round that held several tables could deadlock with whoever replaces the network.
        await DeleteAsync("delete from reading_batches where received_at < $1", now.AddHours(-1));
        await DeleteAsync("delete from telemetry_minutes where minute < $1", trend);
        await DeleteAsync("delete from kpi_minutes where minute < $1", trend);
        await DeleteAsync("delete from end_device_events where source_time < $1", trend);
        await DeleteAsync("delete from circuit_events where source_time < $1", trend);

        var keep = DateOnly.FromDateTime(now).AddDays(-options.Value.HotDays);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Dropping needs the parent's exclusive lock: rather later than with every reader queued behind us.
        await using (var patience = new NpgsqlCommand("set local lock_timeout = '2s'", connection))
            await patience.ExecuteNonQueryAsync(ct);
        await using var drop = new NpgsqlCommand("select ami_drop_days_before($1)", connection) { Parameters = { Sql.Value(keep) } };
        var days = (int)(await drop.ExecuteScalarAsync(ct))!;
        // The list of intervals must not name what is gone.
        await using (var forget = new NpgsqlCommand("delete from ami_completeness where interval_start < $1", connection) { Parameters = { Sql.Value(keep.ToDateTime(default, DateTimeKind.Utc)) } })
            await forget.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return days;

        async Task DeleteAsync(string text, DateTime before)
        {
            await using var one = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(text, Sql.Value(before)) } };
            await one.ExecuteNonQueryAsync(ct);
        }
    }
}
