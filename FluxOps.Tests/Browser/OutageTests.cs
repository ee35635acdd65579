using System.Diagnostics;
using FluxOps.Blazor.Live;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>The worst moments: the database dies, the link dies. A server and a console of this test's own, since it kills them.</summary>
public sealed class OutageTests(BrowserFixture browser) : IAsyncLifetime
{
    private static readonly TimeSpan MustSaySoWithin = TimeSpan.FromSeconds(5);
    private readonly string _folder = PostgresFixture.NewFolder();
    private EmbeddedPostgresServer _postgres = null!;
    private ConsoleApp _app = null!;
    private string _target = "";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await StartPostgresAsync();
        await using (var maintenance = NpgsqlDataSource.Create(_postgres.ConnectionString + ";Pooling=false"))
        await using (var create = maintenance.CreateCommand("create database fluxops"))
            await create.ExecuteNonQueryAsync(Stop);
        _target = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = "fluxops" }.ConnectionString;
        // The simulation is off: what comes in is what this test writes.
        _app = new ConsoleApp(_target, ("FluxOps:Simulation:Enabled", "false"));
        await _app.StartAsync(Stop);
    }

    [Fact]
    public async Task TheScreenSaysSoAndCatchesUpByItself()
    {
        await using var page = await browser.OpenAsync(_app.Origin);
        await page.Page.GotoAsync(await _app.CreateSignInLinkAsync());
        await WriteAsync(systemMw: 301);
        var load = page.Page.Locator("[data-kpi='system-mw']");
        var banner = page.Page.Locator(".banner.lost");
        await Expect(load).ToContainTextAsync("301.0");
        await Expect(banner).Not.ToBeAttachedAsync();

        await _postgres.StopAsync();
        var down = Stopwatch.GetTimestamp();
        await Expect(banner).ToBeVisibleAsync();
        var said = Stopwatch.GetElapsedTime(down);
        Assert.True(said < MustSaySoWithin, $"The screen said so only after {said.TotalSeconds:0.0} s.");
        // What was known stays on screen, marked as old.
        await Expect(load).ToContainTextAsync("301.0");

        // Written by someone else before the console has found back: it must not miss it.
        _postgres = await StartPostgresAsync();
        await WriteAsync(systemMw: 302);
        await Expect(load).ToContainTextAsync("302.0");
        await Expect(banner).Not.ToBeAttachedAsync();

        // And the doorbell rings again.
        await WriteAsync(systemMw: 303);
        await Expect(load).ToContainTextAsync("303.0");
    }

    [Fact]
    public async Task AKilledServerLosesNothing()
    {
        await using var page = await browser.OpenAsync(_app.Origin);
        await page.Page.GotoAsync(await _app.CreateSignInLinkAsync());
        await WriteAsync(systemMw: 401);
        var load = page.Page.Locator("[data-kpi='system-mw']");
        await Expect(load).ToContainTextAsync("401.0");

        using (var victim = Process.GetProcessById(_postgres.ProcessId))
            victim.Kill();
        await WriteAsync(systemMw: 402);
        await Expect(load).ToContainTextAsync("402.0");
        await Expect(page.Page.Locator(".banner.lost")).Not.ToBeAttachedAsync();
    }

    [Fact]
    public async Task ALostLinkToTheServerIsShown()
    {
        await using var page = await browser.OpenAsync(_app.Origin);
        await page.Page.GotoAsync(await _app.CreateSignInLinkAsync());
        await Expect(page.Page.Locator("[data-kpi='system-mw']")).ToBeVisibleAsync();
        using (page.ExpectOutage())
        {
            await _app.DisposeAsync();
            await Expect(page.Page.Locator(".linkbar")).ToBeVisibleAsync(new() { Timeout = 20_000 });
            await Expect(page.Page.Locator(".linkbar")).ToContainTextAsync("values below are old");
            await page.Context.CloseAsync();
        }
    }

    private async Task<EmbeddedPostgresServer> StartPostgresAsync()
    {
        var server = new EmbeddedPostgresServer(PostgresFixture.PrivateServer(_folder));
        await server.StartAsync(null, Stop);
        return server;
    }

    /// <summary>A sweep whose feeders add up to this; waits for the server where it is just coming back.</summary>
    private async Task WriteAsync(int systemMw)
    {
        var grid = _app.Services.GetRequiredService<LiveGrid>().Current!.Grid;
        var sweep = TelemetryOf(grid.Feeders.Length, systemMw);
        await using var store = ServingStore.For(_target + ";Pooling=false");
        await store.OpenAsync(null, Stop);
        await new TelemetryWriter(store).WriteAsync(sweep, Stop);
    }

    private static TelemetrySweep TelemetryOf(int feeders, int systemMw)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return new TelemetrySweep
        {
            Origin = ValueOrigin.Simulated,
            Feeders = new FeederTelemetry
            {
                FeederId = [.. Enumerable.Range(0, feeders)],
                SourceTime = [.. Enumerable.Repeat(time, feeders)],
                Mw = [.. Enumerable.Range(0, feeders).Select(id => id == 0 ? systemMw - 2f * (feeders - 1) : 2f)],
                Mvar = new float[feeders],
                Kv = [.. Enumerable.Repeat(12.6f, feeders)],
                Amps = [.. Enumerable.Repeat(100f, feeders)],
                Breaker = [.. Enumerable.Repeat(BreakerState.Closed, feeders)],
                Quality = new TelemetryQuality[feeders],
            },
            Substations = new SubstationTelemetry { SubstationId = [], SourceTime = [], Mw = [], Mvar = [], Kv = [], Quality = [] },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
