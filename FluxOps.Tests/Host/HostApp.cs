using System.Collections.Concurrent;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Start;
using FluxOps.Tests.Shared;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;

namespace FluxOps.Tests.Host;

/// <summary>The whole site without a socket, on a database of its own, with a tiny network and no simulation. The type parameter only names the assembly.</summary>
internal sealed class HostApp(string connectionString, params (string Key, string Value)[] settings) : WebApplicationFactory<StartState>
{
    public CapturedLog Log { get; } = new();

    public static async Task<HostApp> StartAsync(params (string Key, string Value)[] settings)
    {
        var app = new HostApp(await PostgresFixture.CreateDatabaseAsync(), settings);
        await app.Services.GetRequiredService<StartState>().Ready.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>A browser that keeps cookies and shows redirects instead of following them.</summary>
    public HttpClient Browser()
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    public async Task<HttpClient> SignedInAsync(string userName = "admin")
    {
        var link = await Services.GetRequiredService<OneTimeLinks>().CreateAsync(userName, TestContext.Current.CancellationToken);
        var browser = Browser();
        using var response = await browser.GetAsync(link!.Path, TestContext.Current.CancellationToken);
        Assert.Equal("/", response.Headers.Location?.OriginalString);
        return browser;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("FluxOps:ConnectionStrings:Serving", connectionString);
        builder.UseSetting("FluxOps:Grid:Preset", "tiny");
        builder.UseSetting("FluxOps:Simulation:Enabled", "false");
        builder.UseSetting("FluxOps:Map:BasemapFolder", PostgresFixture.NewFolder());
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.AddSingleton<ILogEventSink>(Log));
    }
}

internal sealed class CapturedLog : ILogEventSink
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public void Emit(LogEvent logEvent) =>
        _lines.Enqueue($"{logEvent.RenderMessage()} {string.Join(" ", logEvent.Properties.Select(p => $"{p.Key}={p.Value}"))} {logEvent.Exception}");
}
