using System.Net;
using System.Net.Sockets;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using FluxOps.Tests.Shared;
using Npgsql;

namespace FluxOps.Tests.Data;

public class ConnectionFailureTests
{
    private const string Secret = "hunter2-s3cret";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"Host=no-such-host.invalid;Password={Secret}", ServingFault.WrongHost, "no-such-host.invalid")]
    [InlineData($"Host=127.0.0.1;Port=1;Password={Secret}", ServingFault.Refused, "127.0.0.1:1")]
    [InlineData($"Hostt=db;Password={Secret}", ServingFault.BadConnectionString, "FluxOps__ConnectionStrings__Serving")]
    [InlineData($"Port={Secret}", ServingFault.BadConnectionString, "FluxOps__ConnectionStrings__Serving")]
    [InlineData($"Database=x;Password={Secret}", ServingFault.BadConnectionString, "no Host")]
    public async Task EachFaultHasOneClearMessage(string connectionString, ServingFault fault, string says) =>
        Assert.Contains(says, (await FailAsync(connectionString, fault)).Message);

    [Fact]
    public async Task AMissingDatabaseIsNamed()
    {
        var there = await PostgresFixture.CreateDatabaseAsync();
        var failure = await FailAsync(new NpgsqlConnectionStringBuilder(there) { Database = "nowhere" }.ConnectionString, ServingFault.MissingDatabase);
        Assert.Contains("'nowhere'", failure.Message);
    }

    [Fact]
    public async Task AUserWhoMayNotMakeTablesIsTold()
    {
        var there = await PostgresFixture.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(there))
        {
            await using var make = source.CreateCommand("create role reader_only login; create database bare_for_reader template template0");
            make.CommandText = "create role reader_only login";
            await make.ExecuteNonQueryAsync(Ct);
            make.CommandText = "create database bare_for_reader template template0";
            await make.ExecuteNonQueryAsync(Ct);
        }
        var failure = await FailAsync(new NpgsqlConnectionStringBuilder(there) { Database = "bare_for_reader", Username = "reader_only" }.ConnectionString, ServingFault.MissingPrivilege);
        Assert.Contains("'reader_only'", failure.Message);
    }

    [Fact]
    public async Task AWrongPasswordIsNotRepeatedToAnyone()
    {
        var options = PostgresFixture.PrivateServer();
        await using var server = new EmbeddedPostgresServer(options);
        await server.StartAsync(null, Ct);
        var rules = Directory.GetFiles(options.DataFolder!, "pg_hba.conf", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(rules, "local all guarded scram-sha-256\nlocal all all trust\n", Ct);
        await using (var source = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var make = source.CreateCommand("create role guarded login password 'right'");
            await make.ExecuteNonQueryAsync(Ct);
            await using var reload = source.CreateCommand("select pg_reload_conf()");
            await reload.ExecuteScalarAsync(Ct);
        }
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = "guarded", Password = Secret };
        Assert.Contains("'guarded'", (await FailAsync(target.ConnectionString, ServingFault.WrongPassword)).Message);
        target.Password = null;
        await FailAsync(target.ConnectionString, ServingFault.WrongPassword);
    }

    [Fact]
    public async Task AnOldServerIsRefused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOldAsync(listener);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var failure = await FailAsync($"Host=127.0.0.1;Port={port};Username=u;Password={Secret};SSL Mode=Disable;GSS Encryption Mode=Disable;Server Compatibility Mode=NoTypeLoading;Pooling=false", ServingFault.TooOld);
        Assert.Contains("15.4", failure.Message);
        await serving;
    }

    /// <summary>Says what a server says to one who has come in: authenticated, its version, ready.</summary>
    private static async Task ServeOldAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        var stream = client.GetStream();
        var buffer = new byte[4096];
        Assert.NotEqual(0, await stream.ReadAsync(buffer, Ct));
        await stream.WriteAsync((byte[])[
            (byte)'R', 0, 0, 0, 8, 0, 0, 0, 0,
            .. Parameter("server_version", "15.4"), .. Parameter("client_encoding", "UTF8"), .. Parameter("integer_datetimes", "on"), .. Parameter("TimeZone", "UTC"),
            (byte)'K', 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 1,
            (byte)'Z', 0, 0, 0, 5, (byte)'I'], Ct);
        while (await stream.ReadAsync(buffer, Ct) > 0) { }

        static byte[] Parameter(string name, string value) =>
            [(byte)'S', 0, 0, 0, (byte)(4 + name.Length + 1 + value.Length + 1), .. System.Text.Encoding.ASCII.GetBytes(name), 0, .. System.Text.Encoding.ASCII.GetBytes(value), 0];
    }

    private static async Task<ServingStoreException> FailAsync(string connectionString, ServingFault fault)
    {
        await using var store = new ServingStore(new ServingOptions { ConnectionString = connectionString, PatienceSeconds = 0 });
        var failure = await Assert.ThrowsAsync<ServingStoreException>(() => store.OpenAsync(null, Ct));
        Assert.Equal(fault, failure.Fault);
        Assert.DoesNotContain(Secret, failure.ToString());
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }
}
