using FluxOps.Blazor.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace FluxOps.Blazor.Live;

/// <summary>
/// The bulk lane. A client calls the stream <c>Watch</c> and gets frames (<see cref="StatusFrames"/>): the whole first, then what changed since the frame before.
/// With <c>Look</c> it says what it draws beside substations and feeders. A slow connection skips versions; the next frame is made from where it stands.
/// </summary>
[Authorize]
public sealed class LiveHub(LiveGrid live, PeopleChanges people) : Hub
{
    public const string Path = "/hubs/live";

    private LaneConnection Lane => (LaneConnection)Context.Items[typeof(LaneConnection)]!;

    /// <summary>The lane is cut with the account: disabled, another role, another password.</summary>
    public override Task OnConnectedAsync()
    {
        if (Context.User is { } user) Context.Items[typeof(PeopleChanges)] = people.Subscribe(user, Context.Abort);
        Context.Items[typeof(LaneConnection)] = new LaneConnection(live);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(typeof(PeopleChanges), out var watch)) (watch as IDisposable)?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }

    public IAsyncEnumerable<byte[]> Watch(CancellationToken ct) => Lane.FramesAsync(ct);

    /// <summary>What this connection wants from now on beside substations and feeders; what is new in it comes at once, as an addition.</summary>
    /// <param name="assets">Segments, devices, transformers and the tallies of the meters.</param>
    /// <param name="meterStations">Ids of the substations whose meters it draws.</param>
    public void Look(bool assets, int[] meterStations) => Lane.Look(assets, meterStations);
}
