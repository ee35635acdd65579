using System.Net;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Start;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Data;
using FluxOps.Tests.Shared;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Api;

/// <summary>The site on a socket and a database of its own, with a small network that is there before it starts, and no simulation: every value is written by the test.</summary>
internal sealed class ApiSite : WebApplicationFactory<StartState>
{
    private readonly string _database;

    private ApiSite(string database) => _database = database;

    public LiveGrid Live => Services.GetRequiredService<LiveGrid>();
    public static GridModel Grid { get; } = TestGrid.Make();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Started, with one sweep of telemetry in it.</summary>
    public static async Task<ApiSite> StartAsync()
    {
        var database = await PostgresFixture.CreateDatabaseAsync();
        await using (var store = ServingStore.For(database))
        {
            await store.OpenAsync(null, Stop);
            await new GridStore(store).WriteAsync(Grid, ct: Stop);
        }

        var site = new ApiSite(database);
        site.UseKestrel(0);
        site.StartServer();
        await site.Services.GetRequiredService<StartState>().Ready.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await site.SweepAsync();
        await site.UntilAsync(s => s.Kpis.SystemMw is not null);
        return site;
    }

    public HttpClient Anonymous()
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
        return new HttpClient(handler) { BaseAddress = ClientOptions.BaseAddress };
    }

    public async Task<HttpClient> SignedInAsync()
    {
        var link = await Services.GetRequiredService<OneTimeLinks>().CreateAsync("admin", TimeSpan.FromMinutes(5), Stop);
        var client = Anonymous();
        using var answer = await client.GetAsync(link!.Path, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    public Task SweepAsync(float mw = 5) =>
        Services.GetRequiredService<TelemetryWriter>().WriteAsync(
            Batches.Sweep(Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(), Grid.Feeders.Length, Grid.Substations.Length, mw), Stop);

    public Task WriteAsync(IntervalReadings readings) => Services.GetRequiredService<ReadingWriter>().WriteAsync(readings, Stop);
    public Task WriteAsync(CircuitEvent happened) => Services.GetRequiredService<EventWriter>().WriteAsync(default, new[] { happened }, Stop);

    public async Task<GridSnapshot> UntilAsync(Func<GridSnapshot, bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var snapshot in Live.Watch(limit.Token))
        {
            if (holds(snapshot)) return snapshot;
        }

        throw new InvalidOperationException("The watch ended.");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("FluxOps:ConnectionStrings:Serving", _database);
        builder.UseSetting("FluxOps:Simulation:Enabled", "false");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Warning");
    }
}

/// <summary>One started site for the tests of a class, with someone signed in.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    internal ApiSite Site { get; private set; } = null!;
    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await ApiSite.StartAsync();
        Client = await Site.SignedInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Site.DisposeAsync();
    }
}
