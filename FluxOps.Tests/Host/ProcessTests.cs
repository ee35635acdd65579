using System.Net;
using System.Net.Sockets;
using FluxOps.Blazor.Start;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Tests.Shared;
using Npgsql;

namespace FluxOps.Tests.Host;

/// <summary>What someone sees who starts the program: exit codes and plain sentences, never a stack trace.</summary>
public sealed class ProcessTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    [Fact]
    public async Task BadSettingsAreAllListedBeforeAnythingStarts()
    {
        using var console = new ChildConsole(
            [("FluxOps:Site:MaxConnections", "3"), ("FluxOps:SignIn:LinkMinutes", "soon"), ("FluxOps:ControlRoom:TimeZone", "Texas/Houston")], "--urls", AnyPort);

        Assert.Equal(ExitCodes.BadConfiguration, await console.ExitAsync());
        Assert.Contains("3 settings are wrong", console.Output);
        Assert.Contains("FluxOps:Site:MaxConnections: \"3\" is out of range; allowed: 10 to 100000", console.Output);
        Assert.Contains("FluxOps:SignIn:LinkMinutes: \"soon\" is not a whole number; allowed: 1 to 1440", console.Output);
        Assert.Contains("Texas/Houston", console.Output);
        Assert.DoesNotContain("   at ", console.Output);
    }

    [Fact]
    public async Task AWrongPasswordIsOneSentenceWithoutThePassword()
    {
        await using var server = new RefusingPostgres();
        using var console = new ChildConsole(
            [("FluxOps:ConnectionStrings:Serving", $"Host=127.0.0.1;Port={server.Port};Database=fluxops;Username=grid;Password=hunter2-hunter2;SSL Mode=Disable")], "--urls", AnyPort);

        Assert.Equal(ExitCodes.StartFailed, await console.ExitAsync());
        Assert.Contains("refuses the password of user", console.Output);
        Assert.DoesNotContain("hunter2", console.Output);
        Assert.DoesNotContain("   at ", console.Output);
    }

    [Fact]
    public async Task ASecondCopyOnTheSameDataSaysSoAndEnds()
    {
        var options = PostgresFixture.PrivateServer();
        await using var first = new EmbeddedPostgresServer(options);
        await first.StartAsync(null, TestContext.Current.CancellationToken);

        using var second = new ChildConsole([("FluxOps:EmbeddedPostgres:DataFolder", options.DataFolder!)], "--urls", AnyPort);

        Assert.Equal(ExitCodes.AlreadyRunning, await second.ExitAsync());
        Assert.Contains(options.DataFolder!, second.Output);
        await using var still = NpgsqlDataSource.Create(first.ConnectionString);
        await using var one = still.CreateCommand("select 1");
        Assert.Equal(1, await one.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ATakenPortIsNamedWithAWayOut()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var console = new ChildConsole([("FluxOps:ConnectionStrings:Serving", await PostgresFixture.CreateDatabaseAsync())], "--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(ExitCodes.AddressTaken, await console.ExitAsync());
        Assert.Contains($"{port} is in use", console.Output);
        Assert.Contains("--urls", console.Output);
        Assert.DoesNotContain("   at ", console.Output);
    }

    [Fact]
    public async Task ItStartsAndStopsCleanly()
    {
        using var console = new ChildConsole(
            [("FluxOps:ConnectionStrings:Serving", await PostgresFixture.CreateDatabaseAsync()), ("FluxOps:Grid:Preset", "tiny")], "--urls", AnyPort);
        await console.Ready.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Contains("/signin/link/", console.Output);

        var began = TimeProvider.System.GetTimestamp();
        console.Terminate();

        Assert.Equal(0, await console.ExitAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("   at ", console.Output);
    }
}
