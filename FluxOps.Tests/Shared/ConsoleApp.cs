using FluxOps.Blazor.Live;
using FluxOps.Blazor.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Shared;

/// <summary>
/// The real console on a real port of this machine, in this process: nothing replaced, the <c>tiny</c> network, its own database.
/// The type parameter only names the assembly.
/// </summary>
public sealed class ConsoleApp : WebApplicationFactory<GridSnapshot>
{
    private static readonly string LogLevel = Environment.GetEnvironmentVariable("FLUXOPS_TEST_LOG") ?? "Fatal";
    private readonly Dictionary<string, string> _settings;

    /// <param name="connectionString">Of an empty database.</param>
    public ConsoleApp(string connectionString, params (string Key, string Value)[] settings)
    {
        _settings = new()
        {
            ["FluxOps:ConnectionStrings:Serving"] = connectionString,
            ["FluxOps:Grid:Preset"] = "tiny",
            ["FluxOps:Simulation:Enabled"] = "true",
            ["FluxOps:Simulation:TelemetrySeconds"] = "1",
            // A station that falls silent just then would be the one a test looks at.
            ["FluxOps:Simulation:OutagesPerHour"] = "0",
            ["FluxOps:Simulation:LateralOutagesPerHour"] = "0",
            ["FluxOps:Simulation:RecloserLockoutsPerHour"] = "0",
            ["FluxOps:Simulation:CommunicationLossesPerHour"] = "0",
            ["FluxOps:Map:BasemapFolder"] = BasemapFolder,
            // Every test signs in from the same address.
            ["FluxOps:SignIn:TriesPerMinute"] = "1000",
            // What fails shows in the browser; the log of a hundred starts would hide the tests' own words. FLUXOPS_TEST_LOG=Information brings it back.
            ["Serilog:MinimumLevel:Default"] = LogLevel,
            ["Serilog:MinimumLevel:Override:Microsoft"] = LogLevel,
        };
        foreach (var (key, value) in settings)
            _settings[key] = value;
        UseKestrel(0);
    }

    /// <summary>The operator's own basemaps; empty.</summary>
    public string BasemapFolder { get; } = PostgresFixture.NewFolder();

    public Uri Origin => ClientOptions.BaseAddress;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
    }

    /// <summary>Path of a fresh one-time sign-in link, as the console prints one at its start.</summary>
    public async Task<string> CreateSignInLinkAsync() =>
        (await Services.GetRequiredService<OneTimeLinks>().CreateAsync("admin", TimeSpan.FromMinutes(5), CancellationToken.None))!.Path;

    /// <summary>Starts it and waits until it has a network and first values.</summary>
    public async Task<GridSnapshot> StartAsync(CancellationToken stop)
    {
        StartServer();
        return await Services.GetRequiredService<LiveGrid>().FirstAsync(stop);
    }
}
