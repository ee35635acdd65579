using System.Diagnostics;
using System.Text.Json;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Tests.Shared;
using Microsoft.Playwright;

namespace FluxOps.Benchmarks.Map;

/// <summary>Headless Chromium without a GPU, as a control room's remote desktop is: one page at a time, 1280×800.</summary>
internal sealed class MapBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConsoleApp _app;

    private MapBrowser(IPlaywright playwright, IBrowser browser, ConsoleApp app) => (_playwright, _browser, _app) = (playwright, browser, app);

    public static async Task<MapBrowser> LaunchAsync(ConsoleApp app)
    {
        var path = await BrowserFinder.FindOrInstallAsync();
        var playwright = await Playwright.CreateAsync();
        // Local network access: a page that the browser is handed by us has no address, and would not be let to the lane of the site that it is of.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--disable-gpu", "--disable-features=LocalNetworkAccessChecks"] });
        return new MapBrowser(playwright, browser, app);
    }

    public string Version => _browser.Version;

    /// <summary>A page of a fresh context (nothing cached), signed in; <paramref name="prepare"/> before it navigates.</summary>
    public async Task<MapPage> OpenAsync(string path, Uri? origin = null, Func<IBrowserContext, Task>? prepare = null)
    {
        origin ??= _app.Origin;
        var context = await _browser.NewContextAsync(new() { BaseURL = origin.ToString(), ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Dark });
        context.SetDefaultTimeout(120_000);
        await context.AddCookiesAsync(_app.Cookies.GetCookies(_app.Origin).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = origin.ToString() }));
        await context.AddInitScriptAsync(scriptPath: Path.Combine(ConsoleApp.SolutionRoot(), "FluxOps.Benchmarks", "Map", "Page", "probe.js"));
        if (prepare is not null)
            await prepare(context);
        var page = await context.NewPageAsync();
        var opened = new MapPage(page, await context.NewCDPSessionAsync(page), RendererMbAsync);
        await page.GotoAsync(path);
        return opened;
    }

    /// <summary>Resident memory of the largest renderer, MB. Only one page is open while it is asked.</summary>
    private async Task<double> RendererMbAsync()
    {
        var session = await _browser.NewBrowserCDPSessionAsync();
        var answer = await session.SendAsync("SystemInfo.getProcessInfo");
        await session.DetachAsync();
        return answer!.Value.GetProperty("processInfo").EnumerateArray().Where(p => p.GetProperty("type").GetString() == "renderer")
            .Select(p => ResidentMb(p.GetProperty("id").GetInt32())).DefaultIfEmpty().Max();
    }

    private static double ResidentMb(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.WorkingSet64 / 1048576.0;
        }
        catch (ArgumentException)
        {
            return 0; // ended since
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>What is held after a forced collection.</summary>
/// <param name="HeapMb">Of the page's own thread.</param>
/// <param name="RendererMb">Resident memory of the whole renderer: with the worker, the canvases, the browser's own.</param>
internal sealed record Held(double HeapMb, double RendererMb, int Nodes);

/// <summary>One page with a map, driven as a person drives it: by mouse and wheel.</summary>
internal sealed class MapPage(IPage page, ICDPSession session, Func<Task<double>> rendererMb) : IAsyncDisposable
{
    public IPage Page => page;
    public List<string> Errors { get; } = [];

    public void WatchErrors()
    {
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) => { if (message.Type == "error") Errors.Add(message.Text); };
    }

    /// <summary>First paint of the substations and of all feeders, ms since the navigation started.</summary>
    public async Task<(double Stations, double Feeders)> FirstPaintAsync()
    {
        await page.WaitForFunctionAsync("() => probe.first.stations && probe.first.feeders");
        var first = await page.EvaluateAsync<JsonElement>("() => probe.first");
        return (first.GetProperty("stations").GetDouble(), first.GetProperty("feeders").GetDouble());
    }

    public async Task ShowAsync(double lat, double lon, int zoom)
    {
        await page.EvaluateAsync("([lat, lon, zoom]) => probe.show(lat, lon, zoom)", new[] { lat, lon, zoom });
        await page.EvaluateAsync("async () => { await globalThis.baseline?.idle; }");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Task.Delay(3000); // what is loaded for the new view is decoded, drawn, and done with
    }

    /// <summary>Frame intervals while <paramref name="act"/> goes on, ms.</summary>
    public async Task<double[]> FramesAsync(Func<Task> act)
    {
        await page.EvaluateAsync("() => probe.startFrames()");
        await act();
        return await page.EvaluateAsync<double[]>("() => probe.stopFrames()");
    }

    /// <summary>A drag there and back, three seconds long.</summary>
    public Task<double[]> DragAsync() => FramesAsync(async () =>
    {
        const int steps = 90;
        await page.Mouse.MoveAsync(640, 520);
        await page.Mouse.DownAsync();
        for (var i = 1; i <= steps; i++)
        {
            var way = Math.Sin(Math.PI * 2 * i / steps);
            await page.Mouse.MoveAsync(640 + (float)(300 * way), 520 + (float)(120 * way));
            await Task.Delay(16);
        }

        await page.Mouse.UpAsync();
        await Task.Delay(500);
    });

    /// <summary>Three notches in, three out.</summary>
    public Task<double[]> WheelAsync() => FramesAsync(async () =>
    {
        await page.Mouse.MoveAsync(640, 520);
        foreach (var notch in (int[])[-120, -120, -120, 120, 120, 120])
        {
            await page.Mouse.WheelAsync(0, notch);
            await Task.Delay(700);
        }
    });

    public async Task<Held> HeldAsync()
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("Performance.enable");
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
        return new Held(metrics["JSHeapUsedSize"] / 1048576, await rendererMb(), (int)metrics["Nodes"]);
    }

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();
}
