using System.Diagnostics;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Security;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Generator.Network;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Start;

/// <summary>
/// Everything between a listening socket and a usable console: the store, the accounts, the network, the first values.
/// The site answers from the first moment (with the start page), so nothing here may hold up the host.
/// </summary>
public sealed class StartSequence(
    StartState state, ServingStore store, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StartSequence> log) : BackgroundService
{
    /// <summary>Open start pages are told why before the process ends.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan FirstValuesPatience = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // First the port: a copy that cannot listen must not have touched the store.
            await lifetime.ApplicationStarted.AsTask(stoppingToken);
            using var console = new StartLog(state, log);
            log.LogInformation("Listening on {Address}; the page there shows how far the start is", Address());
            await OpenAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        catch (ServingStoreException e)
        {
            await EndAsync(e.Message, e.Fault == ServingFault.AlreadyRunning ? ExitCodes.AlreadyRunning : ExitCodes.StartFailed);
            return;
        }
        catch (Exception e)
        {
            log.LogCritical(e, "The start failed");
            await EndAsync($"The start failed: {e.Message}", ExitCodes.StartFailed);
            return;
        }

        state.Complete();
        log.LogInformation("Ready in {Seconds:0.0} s", SinceProcessStart().TotalSeconds);
        await services.GetRequiredService<SignInWarmUp>().RunAsync(stoppingToken);
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        await store.OpenAsync(state, stop);
        var link = await services.GetRequiredService<Accounts>().PrepareAsync(stop);
        if (link is not null)
            Console.Out.Write(SignInFrame.Text(Address(), link, time.LocalTimeZone));
        await DemoGrid.EnsureAsync(services.GetRequiredService<GridStore>(), services.GetRequiredService<IOptions<GridOptions>>().Value, state, stop);
        await FirstValuesAsync(services.GetRequiredService<LiveGrid>(), stop);
    }

    /// <summary>Pages show a designed "waiting" state, so a source that is silent for long does not keep them closed.</summary>
    private async Task FirstValuesAsync(LiveGrid live, CancellationToken stop)
    {
        state.Report(new StartProgress("live", "Reading the live state"));
        try
        {
            await live.FirstAsync(stop).WaitAsync(FirstValuesPatience, time, stop);
        }
        catch (TimeoutException)
        {
            log.LogWarning("No values yet; pages open and wait for them");
        }
    }

    private string Address()
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var first = addresses.FirstOrDefault() ?? "http://localhost";
        // http://[::]:5080, http://*:5080 mean every interface; a person needs one that can be opened.
        return first.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).TrimEnd('/');
    }

    private async Task EndAsync(string fault, int exitCode)
    {
        state.Fail(fault, exitCode);
        log.LogCritical("{Fault}", fault);
        await Task.Delay(Farewell, time, CancellationToken.None);
        lifetime.StopApplication();
    }

    private TimeSpan SinceProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return time.GetUtcNow() - process.StartTime.ToUniversalTime();
    }
}
