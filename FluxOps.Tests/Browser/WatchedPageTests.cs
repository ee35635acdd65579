using FluxOps.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FluxOps.Tests.Browser;

/// <summary>The guard of the other browser tests: what it must see, it sees.</summary>
public sealed class WatchedPageTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("<p id=done>fine</p>", null)]
    [InlineData("<script>console.error('oh'); done()</script>", "console: oh")]
    [InlineData("<script>setTimeout(done, 0); nowhere.at = 1</script>", "script: ")]
    [InlineData("<img src='http://127.0.0.1:9/pixel.png' onload=done() onerror=done()>", "other origin: http://127.0.0.1:9/pixel.png")]
    [InlineData("<script src='/blocked.js?csp' onerror=done()></script>", "console: csp: script-src-elem")]
    public async Task Sees(string body, string? fault)
    {
        await using var app = await PageAsync(body);
        var page = await browser.OpenAsync(new Uri(app.Urls.First()));
        await page.Page.GotoAsync("/");
        await page.Page.Locator("#done").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });

        var faults = page.Faults.ToArray();
        await page.Context.CloseAsync();
        if (fault is null)
            Assert.Empty(faults);
        else
            Assert.Contains(faults, f => f.StartsWith(fault, StringComparison.Ordinal));
    }

    private static async Task<WebApplication> PageAsync(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", (HttpContext http) =>
        {
            if (body.Contains("?csp", StringComparison.Ordinal))
                http.Response.Headers.ContentSecurityPolicy = "script-src 'unsafe-inline'";
            return Results.Content("""
                <!doctype html><link rel="icon" href="data:,"><script>function done() { const p = document.createElement('p'); p.id = 'done'; document.documentElement.append(p); }</script>
                
                """ + body, "text/html");
        });
        await app.StartAsync();
        return app;
    }
}
