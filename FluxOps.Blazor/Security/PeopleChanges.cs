using System.Collections.Concurrent;
using System.Security.Claims;
using System.Threading.Channels;
using FluxOps.Data.Changes;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Blazor.Security;

/// <summary>
/// Ends what someone has open (a page's circuit, the map's lane) as soon as the account no longer stands behind it: disabled, gone, another role, another password.
/// The change feed says whose account changed, on whichever instance; the store is asked then, once for everything open here, and never by the clock.
/// </summary>
public sealed class PeopleChanges(ServingStore store, IOptions<IdentityOptions> identity, TimeProvider time, ILogger<PeopleChanges> log) : BackgroundService
{
    /// <summary>Only after a question that the store did not answer.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private const int Everyone = -1;

    private readonly ConcurrentDictionary<Watch, bool> _watches = [];
    private readonly Channel<int> _changed = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>
    /// Calls <paramref name="ended"/> once when the session of <paramref name="user"/> is over. It is looked at now as well: its cookie may be a minute older than the account.
    /// </summary>
    public IDisposable Subscribe(ClaimsPrincipal user, Action ended)
    {
        var claims = identity.Value.ClaimsIdentity;
        var id = int.TryParse(user.FindFirstValue(claims.UserIdClaimType), out var known) ? known : 0; // 0 is nobody's
        var watch = new Watch(this, id, user.FindFirstValue(claims.SecurityStampClaimType), ended);
        _watches[watch] = true;
        _changed.Writer.TryWrite(id);
        return watch;
    }

    /// <summary>From the feed: one account changed.</summary>
    public void Tell(int userId) => _changed.Writer.TryWrite(userId);

    /// <summary>From the feed: it listens (again). What it would have said meanwhile is not known.</summary>
    public void TellEveryone() => _changed.Writer.TryWrite(Everyone);

    /// <summary>Changes an account and says so in one transaction. <paramref name="db"/> must be the context that <paramref name="change"/> works on.</summary>
    public static async Task<T> AnnounceAsync<T>(FluxOpsContext db, int userId, Func<Task<T>> change, CancellationToken ct = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await change();
        var payload = PeopleChange.Payload(userId);
        await db.Database.ExecuteSqlAsync($"select pg_notify('fluxops', {payload})", ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.Ready.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host ends before the store was ever open; why, the start has said.
            return;
        }
        HashSet<int> ids = [];
        while (ids.Count > 0 || await _changed.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_changed.Reader.TryRead(out var id)) ids.Add(id);
            try
            {
                await CheckAsync([.. _watches.Keys.Where(w => ids.Contains(w.UserId) || ids.Contains(Everyone))], stoppingToken);
                ids.Clear();
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // An outage of the store must not sign a control room out.
                log.LogDebug("Accounts could not be checked: {Fault}", e.Message);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task CheckAsync(Watch[] watches, CancellationToken ct)
    {
        if (watches.Length == 0) return;
        Dictionary<int, string> stamps = [];
        await using var command = store.DataSource.CreateCommand("select id, security_stamp from users where id = any($1) and security_stamp is not null and (lockout_end is null or lockout_end < $2)");
        command.Parameters.Add(new NpgsqlParameter { Value = watches.Select(w => w.UserId).Distinct().ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = Accounts.DisabledUntil.AddYears(-1) });
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                stamps[reader.GetInt32(0)] = reader.GetString(1);
        foreach (var watch in watches)
        {
            if (stamps.GetValueOrDefault(watch.UserId) is { } stamp && stamp == watch.Stamp || !_watches.TryRemove(watch, out _)) continue;
            try
            {
                watch.Ended();
            }
            catch (Exception e)
            {
                // One that is just closing by itself must not keep the others open.
                log.LogDebug(e, "An ended session could not be told so");
            }
        }
    }

    private sealed class Watch(PeopleChanges owner, int userId, string? stamp, Action ended) : IDisposable
    {
        public int UserId => userId;
        public string? Stamp => stamp;
        public Action Ended => ended;
        public void Dispose() => owner._watches.TryRemove(this, out _);
    }
}
