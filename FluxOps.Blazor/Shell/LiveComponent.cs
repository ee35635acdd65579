using FluxOps.Blazor.Live;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.Shell;

/// <summary>
/// A component that shows live values. It owns one loop over <see cref="LiveGrid"/>, renders at most three times a second, always the newest picture,
/// and only when the part it shows has a new version. The loop runs on the circuit, so a slow browser slows itself alone.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    /// <summary>Shortest time between two renderings: what changes faster than that cannot be read.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(330);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private long? _seen;

    [Inject] public required LiveGrid LiveGrid { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>Newest picture seen; null until the network and its first values are known.</summary>
    protected GridSnapshot? Snapshot { get; private set; }
    /// <summary>Cancelled when the component goes away.</summary>
    protected CancellationToken Stopping => _stop.Token;

    /// <summary>Version of what this component shows.</summary>
    protected abstract long VersionOf(GridSnapshot snapshot);
    /// <summary>Called before each rendering for a new version.</summary>
    protected virtual Task OnSnapshotAsync(GridSnapshot snapshot) => Task.CompletedTask;

    protected override Task OnInitializedAsync() => LiveGrid.Current is { } current ? AcceptAsync(current) : Task.CompletedTask;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watching = WatchAsync();
    }

    private Task AcceptAsync(GridSnapshot snapshot)
    {
        _seen = VersionOf(snapshot);
        Snapshot = snapshot;
        return OnSnapshotAsync(snapshot);
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var snapshot in LiveGrid.Watch(_stop.Token))
            {
                if (VersionOf(snapshot) == _seen) continue;
                await AcceptAsync(snapshot);
                StateHasChanged();
                await Task.Delay(MinimumInterval, Time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The component is gone; so is the loop.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // Not disposed: a continuation that comes late still asks for its token, and a source without a timer holds nothing.
        await _stop.CancelAsync();
        await _watching;
        OnDispose();
    }

    /// <summary>Called once the loop has ended.</summary>
    protected virtual void OnDispose()
    {
    }
}
