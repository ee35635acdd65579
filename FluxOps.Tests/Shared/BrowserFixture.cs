using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FluxOps.Tests.Shared.BrowserFixture))]

namespace FluxOps.Tests.Shared;

/// <summary>One headless browser for the whole run, launched when the first test asks for it.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _launched = new(LaunchAsync);

    /// <summary>A page of its own context (cookies, storage), at a size and in a theme.</summary>
    /// <param name="origin">The one origin it may ask anything of.</param>
    public async Task<WatchedPage> OpenAsync(Uri origin, int width = 1920, int height = 1080, string theme = "dark")
    {
        var (_, browser) = await _launched.Value;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = origin.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = theme == "light" ? ColorScheme.Light : ColorScheme.Dark,
        });
        context.SetDefaultTimeout(15_000);
        return await WatchedPage.OpenAsync(context, origin, theme);
    }

    private static async Task<(IPlaywright, IBrowser)> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        var path = await BrowserFinder.FindOrInstallAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path });
        return (playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_launched.IsValueCreated || !_launched.Value.IsCompletedSuccessfully)
            return;
        var (playwright, browser) = await _launched.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
