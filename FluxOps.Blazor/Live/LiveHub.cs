using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The bulk lane. A client calls the stream <c>Watch</c> and gets frames (<see cref="StatusFrames"/>): the whole first, then what changed since the frame before.
/// A slow connection skips versions; the next frame is made from where it stands.
/// </summary>
[Authorize]
public sealed class LiveHub(LiveGrid live) : Hub
{
    public const string Path = "/hubs/live";

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
