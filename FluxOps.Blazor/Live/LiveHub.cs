using System.Runtime.CompilerServices;
using FluxOps.Blazor.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The bulk lane. A client calls the stream <c>Watch</c> and gets frames (<see cref="StatusFrames"/>): the whole first, then what changed since the frame before.
/// A slow connection skips versions; the next frame is made from where it stands.
/// </summary>
[Authorize]
public sealed class LiveHub(LiveGrid live, PeopleChanges people) : Hub
{
    public const string Path = "/hubs/live";

    /// <summary>The lane is cut with the account: disabled, another role, another password.</summary>
    public override Task OnConnectedAsync()
    {
        if (Context.User is { } user) Context.Items[typeof(PeopleChanges)] = people.Subscribe(user, Context.Abort);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(typeof(PeopleChanges), out var watch)) (watch as IDisposable)?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }

    public async IAsyncEnumerable<byte[]> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        GridSnapshot? shown = null;
        await foreach (var snapshot in live.Watch(ct))
        {
            var frame = shown is null ? StatusFrames.Snapshot(snapshot) : StatusFrames.Step(shown, snapshot);
            // Nothing it draws has moved: the client stays at the version it has, and the next step is made from there.
            if (frame is null) continue;
            shown = snapshot;
            yield return frame;
        }
    }
}
