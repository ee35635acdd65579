using System.Runtime.CompilerServices;
using FluxOps.Data.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FluxOps.Data.Changes;

/// <summary>
/// What changes in the store, exactly once and in order of visibility. One connection listens; a notification is a doorbell only,
/// what changed is read from the tables, so nothing is missed while the connection is down or writers overlap.
/// </summary>
public sealed class ChangeFeed(ServingStore store, TimeProvider? time = null, ILogger<ChangeFeed>? logger = null)
{
    // A lost server is retried at once, then ever more slowly; the console says how old its data are meanwhile.
    private static readonly double[] PauseSeconds = [0.2, 0.5, 1, 2, 5];

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ILogger _log = logger ?? NullLogger<ChangeFeed>.Instance;
    private readonly Random _jitter = new(Environment.ProcessId);

    /// <summary>Full state of every kind, then what changes, for ever. After a loss: <see cref="FeedLost"/>, <see cref="FeedRestored"/>, full state again.</summary>
    public async IAsyncEnumerable<GridChange> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await store.Ready.WaitAsync(ct);
        string? network = null;
        var failures = 0;
        var lost = false;
        while (true)
        {
            await using var session = new FeedSession(store, network);
            IReadOnlyList<GridChange>? changes = null;
            string reason = "";
            try
            {
                changes = await session.OpenAsync(ct);
            }
            catch (Exception e) when (IsLoss(e))
            {
                reason = Said(e);
            }
            if (changes is not null && lost)
            {
                _log.LogInformation("The change feed is back");
                yield return new FeedRestored(_time.GetUtcNow());
            }
            while (changes is not null)
            {
                (lost, failures, network) = (false, 0, session.Network);
                foreach (var change in changes)
                    yield return change;
                try
                {
                    changes = await session.NextAsync(ct);
                }
                catch (Exception e) when (IsLoss(e))
                {
                    (changes, reason) = (null, Said(e));
                }
            }
            if (!lost)
            {
                lost = true;
                _log.LogWarning("The change feed is lost: {Reason}", reason);
                yield return new FeedLost(_time.GetUtcNow(), reason);
            }
            var pause = PauseSeconds[Math.Min(failures++, PauseSeconds.Length - 1)] * (0.75 + (0.5 * _jitter.NextDouble()));
            await Task.Delay(TimeSpan.FromSeconds(pause), _time, ct);
        }
    }

    /// <summary>Operators get plain words, the log what the driver said.</summary>
    private string Said(Exception e)
    {
        _log.LogDebug(e, "The change feed's connection failed");
        return StoreTrouble.Words(e);
    }

    private static bool IsLoss(Exception e) => e is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException or ObjectDisposedException;
}
