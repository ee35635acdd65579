using FluxOps.Blazor.Configuration;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.DataProtection;
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
