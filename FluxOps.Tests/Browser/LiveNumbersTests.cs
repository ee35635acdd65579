using System.Text.RegularExpressions;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using FluxOps.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>What the product is for: numbers that change in front of the operator, with nothing asked for.</summary>
[Collection(LiveConsoleCollection.Name)]
public sealed class LiveNumbersTests(LiveConsole console)
{
    /// <summary>The map says so when its tiles are painted.</summary>
    internal const string DrawnMap = ".map [data-ready='true']";

    [Fact]
    public async Task TheLivePageChanges()
    {
        await using var page = await console.OpenAsync($"/?substation={console.First.Grid.Substations[0].Code}");
        await Expect(page.Page.Locator(DrawnMap)).ToBeAttachedAsync();
        // The load of a small system may stand still for half a minute at one decimal; its feeders' amperes do not.
        await ChangesAsync(page, "[data-kpi='system-mw'], aside.detail .kv .x, aside.detail table.feeders td:nth-child(3)");
    }

    [Fact]
    public async Task TheListOfSubstationsChanges()
    {
        await using var page = await console.OpenAsync("/substations");
        // Age cells tick on the browser's own clock: they prove nothing.
        await ChangesAsync(page, "table.stations tbody td:nth-child(4), table.stations tbody td:nth-child(6)");
    }

    [Fact]
    public async Task ASubstationsPageChanges()
    {
        await using var page = await console.OpenAsync($"/substations/{console.First.Grid.Substations[0].Code}");
        await ChangesAsync(page, "table.feeders tbody td:nth-child(7)");
    }

    [Fact]
    public async Task AMetersPageShowsAReadingAsItComesIn()
    {
        await using var page = await console.OpenAsync($"/ami/{console.Meter}");
        await Expect(page.Page.Locator("section[aria-label='Last interval']")).ToBeVisibleAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var asked = page.Requests;

        // The interval that still runs: no head-end of the simulation delivers it yet.
        var next = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 900 * 900;
        await new ReadingWriter(console.Store).WriteAsync(new IntervalReadings
        {
            Origin = ValueOrigin.Measured,
            UsagePointId = [LiveConsole.MeterId],
            IntervalStart = [next],
            Kwh = [7.654f],
            Volts = [241.3f],
            Quality = [ReadingQuality.Good],
        }, TestContext.Current.CancellationToken);

        await Expect(page.Page.Locator("section[aria-label='Last interval']")).ToContainTextAsync("7.654");
        await Expect(page.Page.Locator("section[aria-label='Last interval']")).ToContainTextAsync("241.3");
        Assert.Equal(0, page.Requests - asked);
    }

    /// <summary>Waits three times for the texts to become others, and asserts that the page asked for nothing meanwhile and is still the same document.</summary>
    private static async Task ChangesAsync(WatchedPage page, string selector)
    {
        var what = page.Page.Locator(selector);
        await Expect(what.First).ToHaveTextAsync(new Regex(@"\d"));
        // What a page loads of its own accord after it shows (fonts, modules, the map's data) is no polling.
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        var asked = page.Requests;

        for (var i = 0; i < 3; i++)
            await Expect(what).Not.ToHaveTextAsync(await what.AllInnerTextsAsync(), new() { UseInnerText = true });

        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), "The page was loaded again.");
        Assert.Equal(0, page.Requests - asked);
    }
}
