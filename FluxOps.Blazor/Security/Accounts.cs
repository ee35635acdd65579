using System.Security.Claims;
using FluxOps.Blazor.Configuration;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Blazor.Security;

/// <summary>
/// What must be there before anyone can sign in: the roles, the first administrator, the keys that protect cookies. Plain SQL: Entity
/// Framework builds its model for most of a second, which a start has no time for, and "on conflict" suits several instances starting at once.
/// </summary>
public sealed class Accounts(ServingStore store, OneTimeLinks links, IDataProtectionProvider protection, IOptions<SignInSettings> settings)
{
    public const string FirstAdmin = "admin";

    /// <summary>Identity's lockout is for a while; "disabled" is a lockout that ends when nothing else is left running.</summary>
    public static readonly DateTimeOffset DisabledUntil = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The link for the administrator, where one is to be printed.</summary>
    public async Task<SignInLink?> PrepareAsync(CancellationToken ct)
    {
        await SeedAsync(ct);
        protection.CreateProtector(nameof(Accounts)).Protect([]); // reads the key ring, or makes its first key
        return settings.Value.PrintAdminLink ? await links.CreateAsync(FirstAdmin, ct) : null;
    }

    /// <summary>
    /// The session of someone who need not show a password, as Identity's own factory makes it; null when there is no such account or it is disabled.
    /// The first sign-in after a start comes this way, within its first second.
    /// </summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(int id, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand("""
            select u.user_name, u.security_stamp, array(select r.name from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id)
            from users u where u.id = $1 and (u.lockout_end is null or u.lockout_end < $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = DisabledUntil.AddYears(-1) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var claims = new ClaimsIdentityOptions();
        return new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(claims.UserIdClaimType, $"{id}"), new Claim(claims.UserNameClaimType, reader.GetString(0)), new Claim(claims.SecurityStampClaimType, reader.GetString(1)),
            .. reader.GetFieldValue<string[]>(2).Select(role => new Claim(claims.RoleClaimType, role)),
        ], IdentityConstants.ApplicationScheme, claims.UserNameClaimType, claims.RoleClaimType));
    }

    private async Task SeedAsync(CancellationToken ct)
    {
        await using var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into roles (name, normalized_name, concurrency_stamp)
            select r, upper(r), gen_random_uuid()::text from unnest($1::text[]) r
            on conflict (normalized_name) do nothing
            """)
        {
            Parameters = { new() { Value = Roles.All.ToArray() } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            with first as (
                insert into users (user_name, normalized_user_name, display_name, email_confirmed, phone_number_confirmed, two_factor_enabled,
                                   lockout_enabled, access_failed_count, security_stamp, concurrency_stamp)
                values ($1, upper($1), 'Administrator', false, false, false, true, 0, upper(replace(gen_random_uuid()::text, '-', '')), gen_random_uuid()::text)
                on conflict (normalized_user_name) do nothing
                returning id)
            insert into user_roles (user_id, role_id) select first.id, r.id from first, roles r where r.name = $2
            """)
        {
            Parameters = { new() { Value = FirstAdmin }, new() { Value = Roles.Admin } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
