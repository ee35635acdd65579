using System.Security.Claims;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Blazor.Security;

/// <summary>
/// Looks twice a minute whether the person of a circuit may still be there: someone disabled, or given another role, loses the open page too.
/// One small query per circuit; through the store, so that it holds for a change made on another instance.
/// </summary>
public sealed class CircuitAuthentication(ILoggerFactory logs, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    private readonly ILogger _log = logs.CreateLogger<CircuitAuthentication>();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>();
            return await users.GetUserAsync(authenticationState.User) is { } user
                && authenticationState.User.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user);
        }
        catch (Exception e) when (e is NpgsqlException || e.InnerException is NpgsqlException)
        {
            // An outage of the store must not sign a control room out; the next look decides.
            _log.LogDebug("A circuit's account could not be checked: {Fault}", e.Message);
            return true;
        }
    }
}
