using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;

namespace FluxOps.Blazor.Security;

/// <summary>Does the slow part of the first sign-in by password (Entity Framework's model, most of a second) soon after the start, when the first page has had the processor.</summary>
public sealed class SignInWarmUp(IServiceScopeFactory scopes, TimeProvider time, ILogger<SignInWarmUp> log)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(4);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Delay, time, stop);
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>();
            if (await users.FindByNameAsync(Accounts.FirstAdmin) is { } user)
                await users.GetRolesAsync(user);
        }
        catch (Exception e)
        {
            if (stop.IsCancellationRequested)
                return;
            log.LogDebug(e, "Warming up failed; the first sign-in is slower for it");
        }
    }
}
