using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluxOps.Blazor.Configuration;
using FluxOps.Data.Serving;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FluxOps.Blazor.Security;

/// <summary>A link that signs someone in once. Its path is the secret: show it to that person only, and to no log.</summary>
public sealed record SignInLink(string Path, DateTimeOffset Until);

/// <summary>
/// Links that sign in once. The token is 256 random bits; the store keeps its hash alone, beside the other tokens of the user, so that a link
/// made on one instance works on each and a reader of the database cannot use it. Redeeming deletes the row: of two at once, one wins.
/// </summary>
public sealed class OneTimeLinks(ServingStore store, TimeProvider time, IOptions<SignInSettings> settings)
{
    public const string PathPrefix = "/signin/link/";
    private const string Provider = "fluxops-link";
    private const int TokenBytes = 32;

    /// <summary>A link that works as long as the one printed at the start.</summary>
    public Task<SignInLink?> CreateAsync(string userName, CancellationToken ct) => CreateAsync(userName, TimeSpan.FromMinutes(settings.Value.LinkMinutes), ct);

    /// <summary>Null when there is no such user, or the user is disabled.</summary>
    public async Task<SignInLink?> CreateAsync(string userName, TimeSpan lifetime, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = time.GetUtcNow();
        var until = now + lifetime;
        await using var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("delete from user_tokens where login_provider = $1 and value::bigint < $2")
        {
            Parameters = { new() { Value = Provider }, new() { Value = now.ToUnixTimeSeconds() } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into user_tokens (user_id, login_provider, name, value)
            select id, $1, $2, $3 from users where normalized_user_name = $4 and (lockout_end is null or lockout_end < $5)
            returning user_id
            """)
        {
            Parameters =
            {
                new() { Value = Provider }, new() { Value = Hash(token) }, new() { Value = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
                new() { Value = userName.ToUpperInvariant() }, new() { Value = Accounts.DisabledUntil.AddYears(-1) },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new SignInLink(PathPrefix + token, until) : null;
    }

    /// <summary>The user whom the link signs in; null when it never existed, was used, or is too old.</summary>
    public async Task<int?> RedeemAsync(string token, CancellationToken ct)
    {
        if (token.Length != Base64Url.GetEncodedLength(TokenBytes))
            return null;
        var hash = Hash(token);
        await using var command = store.DataSource.CreateCommand("delete from user_tokens where login_provider = $1 and name = $2 returning user_id, name, value");
        command.Parameters.Add(new NpgsqlParameter { Value = Provider });
        command.Parameters.Add(new NpgsqlParameter { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(reader.GetString(1)), Encoding.ASCII.GetBytes(hash));
        var until = long.Parse(reader.GetString(2), CultureInfo.InvariantCulture);
        return same && until >= time.GetUtcNow().ToUnixTimeSeconds() ? reader.GetInt32(0) : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
