using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace FluxOps.Blazor.Security;

/// <summary>Who a circuit belongs to, until <see cref="PeopleChanges"/> says that the account no longer stands behind it: the open page is then nobody's.</summary>
public sealed class CircuitAuthentication : ServerAuthenticationStateProvider, IDisposable
{
    private readonly PeopleChanges _changes;
    private IDisposable? _watch;
    private bool _disposed;

    public CircuitAuthentication(PeopleChanges changes)
    {
        _changes = changes;
        AuthenticationStateChanged += Follow;
    }

    private async void Follow(Task<AuthenticationState> state)
    {
        var user = (await state).User;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
        if (user.Identity?.IsAuthenticated != true || _disposed) return;
        _watch = _changes.Subscribe(user, End);
    }

    private void End() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));

    public void Dispose()
    {
        _disposed = true;
        AuthenticationStateChanged -= Follow;
        Interlocked.Exchange(ref _watch, null)?.Dispose();
    }
}
