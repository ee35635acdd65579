using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace FluxOps.Blazor.Security;

/// <summary>Who a circuit belongs to, until <see cref="PeopleChanges"/> says that the account no longer stands behind it: the open page is then nobody's.</summary>
public sealed class CircuitAuthentication : ServerAuthenticationStateProvider, IDisposable
{
    private readonly PeopleChanges _changes;
    private IDisposable? _watch;
    private Task _following = Task.CompletedTask;
    private volatile bool _disposed;

    public CircuitAuthentication(PeopleChanges changes)
    {
        _changes = changes;
        AuthenticationStateChanged += Follow;
    }

    private void Follow(Task<AuthenticationState> state) => _following = FollowAsync(_following, state);

    // One after the other, so that the newest state's subscription is the one that stays.
    private async Task FollowAsync(Task before, Task<AuthenticationState> state)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var user = (await state).User;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
        if (user.Identity?.IsAuthenticated != true || _disposed) return;
        _watch = _changes.Subscribe(user, End);
        // The circuit may have ended meanwhile.
        if (_disposed) Interlocked.Exchange(ref _watch, null)?.Dispose();
    }

    private void End() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));

    public void Dispose()
    {
        _disposed = true;
        AuthenticationStateChanged -= Follow;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
    }
}
