using FluxOps.Blazor.Configuration;
using Microsoft.AspNetCore.Connections;

namespace FluxOps.Blazor.Start;

public static class HostSetup
{
    /// <summary>A published copy finds its files beside its program, wherever it is started from; otherwise every asset would come back empty.</summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
    };

    /// <summary>Options of a host that answers at once, survives a failing feed, and stops within five seconds.</summary>
    public static void AddStart(this WebApplicationBuilder builder)
    {
        var site = builder.Configuration.GetSection(SiteOptions.Section).Get<SiteOptions>() ?? new SiteOptions();
        builder.WebHost.UseStaticWebAssets(); // also when an unpublished build runs as Production; a published one has nothing to add
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(site.Urls);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxConcurrentUpgradedConnections = site.MaxConnections;
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StartState>();
        builder.Services.AddHostedService<StartSequence>();
        builder.Services.Configure<HostOptions>(o =>
        {
            // A feed that fails must not take the site with it: pages say that values are old, which they cannot when nothing answers.
            o.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            o.ServicesStopConcurrently = true;
            o.ShutdownTimeout = TimeSpan.FromSeconds(2); // the database stops after this, within 2.7 s, and all of it has five
        });
    }

    public static void UseStartGate(this WebApplication app) => app.UseMiddleware<StartGate>();

    /// <summary>Runs until it is stopped. What keeps it from starting is said in one sentence, without a stack trace.</summary>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        // Both before the run: a failed one disposes of everything.
        var state = app.Services.GetRequiredService<StartState>();
        var addresses = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "the address";
        try
        {
            await app.RunAsync();
            return state.ExitCode;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"FluxOps cannot start: {addresses} is in use, perhaps by another FluxOps. Choose another port, such as --urls http://localhost:5090, or set FluxOps__Site__Urls.");
            return ExitCodes.AddressTaken;
        }
        catch (System.Net.Sockets.SocketException e)
        {
            await Console.Error.WriteLineAsync($"FluxOps cannot start: {addresses} cannot be listened on ({e.Message}). Choose another with --urls http://localhost:5081 or FluxOps__Site__Urls.");
            return ExitCodes.AddressTaken;
        }
    }
}
