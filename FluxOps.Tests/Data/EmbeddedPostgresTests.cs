using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using FluxOps.Tests.Shared;
using Npgsql;

namespace FluxOps.Tests.Data;

public class EmbeddedPostgresTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKilledServerIsStartedAgainAndTheSameDataSourceWorks()
    {
        await using var store = new ServingStore(new ServingOptions(), PostgresFixture.PrivateServer());
        await store.OpenAsync(null, Ct);
        await new AuditLog(store).WriteAsync("ann", "switch", "FDR-1", null, Ct);
        var pid = store.Embedded!.ProcessId;
        await Shell.RunAsync("kill", "-KILL", $"{pid}");

        long? rows = null;
        while (rows is null || store.Embedded.Restarts == 0) // a backend may outlive its server by a query
            try
            {
                await using var count = store.DataSource.CreateCommand("select count(*) from audit_log");
                rows = (long?)await count.ExecuteScalarAsync(Ct);
            }
            catch (NpgsqlException)
            {
                await Task.Yield(); // not there yet
            }
        Assert.Equal(1, rows);
        Assert.NotEqual(pid, store.Embedded.ProcessId);
    }

    [Fact]
    public async Task ASecondCopyIsRefusedAndToldWhoOwnsTheData()
    {
        var options = PostgresFixture.PrivateServer();
        await using var first = new EmbeddedPostgresServer(options);
        await first.StartAsync(null, Ct);
        await using var second = new ServingStore(new ServingOptions(), options);
        var refusal = await Assert.ThrowsAsync<ServingStoreException>(() => second.OpenAsync(null, Ct));
        Assert.Equal(ServingFault.AlreadyRunning, refusal.Fault);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message);
        await PingAsync(first);
    }

    [Fact]
    public async Task StartsOverWhatAnInterruptedFirstStartLeft()
    {
        var folder = PostgresFixture.NewFolder();
        var major = await MajorAsync(folder);
        Directory.Delete(Path.Combine(folder, $"data-{major}"), true);
        Directory.CreateDirectory(Path.Combine(folder, $"data-{major}"));
        await File.WriteAllTextAsync(Path.Combine(folder, $"data-{major}", "PG_VERSION"), major, Ct);
        Directory.CreateDirectory(Path.Combine(folder, $"data-{major}.tmp"));
        await File.WriteAllTextAsync(Path.Combine(folder, $"data-{major}.tmp", "half"), "", Ct);

        await using var server = new EmbeddedPostgresServer(PostgresFixture.PrivateServer(folder));
        await server.StartAsync(null, Ct);
        await PingAsync(server);
        Assert.True(Directory.Exists(Path.Combine(folder, $"data-{major}.broken")));
    }

    [Fact]
    public async Task APidFileWhoseNumberIsAnotherProcessNowIsNoObstacle()
    {
        var folder = PostgresFixture.NewFolder();
        var major = await MajorAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"data-{major}", "postmaster.pid"), $"{Environment.ProcessId}\n", Ct);
        await using var server = new EmbeddedPostgresServer(PostgresFixture.PrivateServer(folder));
        await server.StartAsync(null, Ct);
        await PingAsync(server);
    }

    [Fact]
    public async Task AsRootWithoutUserNamespacesItRunsAsNobody()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "for root on Linux");
        var options = PostgresFixture.PrivateServer();
        options.RootLaunch = RootLaunch.OtherUser;
        for (var at = new DirectoryInfo(options.DataFolder!); at.FullName.Length > Path.GetTempPath().TrimEnd('/').Length; at = at.Parent!)
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(at.FullName, (UnixFileMode)0b111_101_101);
        await using (var server = new EmbeddedPostgresServer(options))
        {
            await server.StartAsync(null, Ct);
            await PingAsync(server);
        }
        options.RootLaunch = RootLaunch.Automatic; // and back: the files change hands
        await using var again = new EmbeddedPostgresServer(options);
        await again.StartAsync(null, Ct);
        await PingAsync(again);
    }

    /// <summary>Makes the data and stops; the major version is in the folder's name.</summary>
    private static async Task<string> MajorAsync(string folder)
    {
        await using (var first = new EmbeddedPostgresServer(PostgresFixture.PrivateServer(folder)))
            await first.StartAsync(null, Ct);
        return Path.GetFileName(Directory.GetDirectories(folder, "data-*").Single())["data-".Length..];
    }

    private static async Task PingAsync(EmbeddedPostgresServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var ping = source.CreateCommand("select 1");
        Assert.Equal(1, await ping.ExecuteScalarAsync(Ct));
    }
}
