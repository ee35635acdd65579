using System.Security.Claims;
using FluxOps.Blazor.Configuration;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Security;

/// <summary>
/// Who may sign in, and as what. Each method asks itself whether the person calling is an administrator now, by the store and not by the
/// cookie alone; each change, and each refusal, is in the audit log. Hiding a button is a courtesy, this is the lock.
/// </summary>
public sealed class People(IServiceScopeFactory scopes, OneTimeLinks links, AuditLog audit, IOptions<SignInSettings> settings)
{
    public async Task<IReadOnlyList<Person>> ListAsync(ClaimsPrincipal by, CancellationToken ct = default)
    {
        await using var scope = await AuthoriseAsync(by, "people list", "");
        var db = scope.ServiceProvider.GetRequiredService<FluxOpsContext>();
        var rows = await (
            from user in db.Users
            join has in db.UserRoles on user.Id equals has.UserId into all
            from has in all.DefaultIfEmpty()
            join role in db.Roles on has.RoleId equals role.Id into names
            from role in names.DefaultIfEmpty()
            orderby user.UserName
            select new { user.Id, user.UserName, user.DisplayName, Role = role.Name, user.LockoutEnd, HasPassword = user.PasswordHash != null }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(r => new Person(r.Id, r.UserName ?? "", r.DisplayName, r.Role ?? "", !(r.LockoutEnd >= Accounts.DisabledUntil), r.HasPassword))];
    }

    /// <summary>Makes an account without a password and the link that lets its owner in.</summary>
    public async Task<SignInLink> AddAsync(ClaimsPrincipal by, string userName, string? displayName, string role, CancellationToken ct = default)
    {
        await using var scope = await AuthoriseAsync(by, "person add", userName);
        CheckRole(role);
        var users = Users(scope);
        var user = new FluxOpsUser { UserName = userName.Trim(), DisplayName = string.IsNullOrWhiteSpace(displayName) ? null : displayName.Trim(), LockoutEnabled = true };
        Check(await users.CreateAsync(user));
        Check(await users.AddToRoleAsync(user, role));
        await audit.WriteAsync(Name(by), "person add", user.UserName, role, ct);
        return await InviteAsync(by, user, ct);
    }

    public async Task SetRoleAsync(ClaimsPrincipal by, int id, string role, CancellationToken ct = default)
    {
        await using var scope = await AuthoriseAsync(by, "role set", $"{id}");
        CheckRole(role);
        var users = Users(scope);
        var user = await FindAsync(users, id);
        var old = await users.GetRolesAsync(user);
        if (old is [var only] && only == role)
            return;
        if (old.Contains(Roles.Admin))
            await KeepOneAdminAsync(users, user);
        await ChangeAsync(scope, user, async () =>
        {
            Check(await users.RemoveFromRolesAsync(user, old));
            Check(await users.AddToRoleAsync(user, role));
        }, ct);
        await audit.WriteAsync(Name(by), "role set", user.UserName!, $"{string.Join(", ", old)} → {role}", ct);
    }

    public async Task SetEnabledAsync(ClaimsPrincipal by, int id, bool enabled, CancellationToken ct = default)
    {
        var action = enabled ? "person enable" : "person disable";
        await using var scope = await AuthoriseAsync(by, action, $"{id}");
        var users = Users(scope);
        var user = await FindAsync(users, id);
        if (!enabled && await users.IsInRoleAsync(user, Roles.Admin))
            await KeepOneAdminAsync(users, user);
        await ChangeAsync(scope, user, async () => Check(await users.SetLockoutEndDateAsync(user, enabled ? null : Accounts.DisabledUntil)), ct);
        await audit.WriteAsync(Name(by), action, user.UserName!, null, ct);
    }

    public async Task<SignInLink> NewLinkAsync(ClaimsPrincipal by, int id, CancellationToken ct = default)
    {
        await using var scope = await AuthoriseAsync(by, "link new", $"{id}");
        return await InviteAsync(by, await FindAsync(Users(scope), id), ct);
    }

    private async Task<SignInLink> InviteAsync(ClaimsPrincipal by, FluxOpsUser user, CancellationToken ct)
    {
        var link = await links.CreateAsync(user.UserName!, TimeSpan.FromHours(settings.Value.InvitationHours), ct)
            ?? throw new PeopleException($"{user.UserName} is disabled: enable the account first.");
        await audit.WriteAsync(Name(by), "link new", user.UserName!, null, ct); // that there is one, never the link itself
        return link;
    }

    /// <summary>All of a change or none of it; with a new stamp, so that cookies end within a minute, and the news of it, so that open pages end at once.</summary>
    private static async Task ChangeAsync(AsyncServiceScope scope, FluxOpsUser user, Func<Task> change, CancellationToken ct) =>
        await PeopleChanges.AnnounceAsync(scope.ServiceProvider.GetRequiredService<FluxOpsContext>(), user.Id, async () =>
        {
            await change();
            Check(await Users(scope).UpdateSecurityStampAsync(user));
            return user.Id;
        }, ct);

    private async Task<AsyncServiceScope> AuthoriseAsync(ClaimsPrincipal by, string action, string target)
    {
        var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        if (by.Identity?.IsAuthenticated == true && await users.GetUserAsync(by) is { } user
            && !(user.LockoutEnd >= Accounts.DisabledUntil) && await users.IsInRoleAsync(user, Roles.Admin))
            return scope;
        await scope.DisposeAsync();
        await audit.WriteAsync(Name(by), "refused: " + action, target, null);
        throw new NotAllowedException("Only an administrator can do this.");
    }

    private static async Task KeepOneAdminAsync(UserManager<FluxOpsUser> users, FluxOpsUser leaving)
    {
        var admins = await users.GetUsersInRoleAsync(Roles.Admin);
        if (!admins.Any(a => a.Id != leaving.Id && !(a.LockoutEnd >= Accounts.DisabledUntil)))
            throw new PeopleException($"{leaving.UserName} is the only administrator. Make someone else one first.");
    }

    private static async Task<FluxOpsUser> FindAsync(UserManager<FluxOpsUser> users, int id) =>
        await users.FindByIdAsync($"{id}") ?? throw new PeopleException("There is no such account.");

    private static void CheckRole(string role)
    {
        if (!Roles.All.Contains(role))
            throw new PeopleException($"There is no role '{role}'; there are {string.Join(", ", Roles.All)}.");
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new PeopleException(string.Join(" ", result.Errors.Select(e => e.Description)));
    }

    private static UserManager<FluxOpsUser> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>();

    private static string Name(ClaimsPrincipal by) => by.Identity?.Name ?? "";
}
