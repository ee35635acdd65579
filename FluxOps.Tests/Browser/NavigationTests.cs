using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

[Collection(LiveConsoleCollection.Name)]
public sealed class NavigationTests(LiveConsole console)
{
    [Fact]
    public async Task ADeepLinkShowsItsPage()
    {
        var station = console.First.Grid.Substations[1];
        await using var page = await console.OpenAsync($"/substations/{station.Code}");
        await Expect(page.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = station.Name })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task BackAndForwardReturnToWhatWasSeen()
    {
        var station = console.First.Grid.Substations[0];
        await using var page = await console.OpenAsync("/substations");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = station.Name, Exact = true }).First.ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex($"/substations/{station.Code}$"));
        await page.Page.GoBackAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/substations$"));
        await Expect(page.Page.Locator("table.stations")).ToContainTextAsync(station.Name);
        await page.Page.GoForwardAsync();
        await Expect(page.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = station.Name })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheKeyboardAloneOpensASubstation()
    {
        await using var page = await console.OpenAsync("/substations");
        await Expect(page.Page.Locator("table.stations a").First).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("() => document.activeElement?.blur()");
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("() => document.activeElement.matches('table.stations a')"))
                break;
        }

        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.activeElement.matches('table.stations a')"), "Sixty Tabs did not reach a substation.");
        Assert.Equal("solid 2px", await page.Page.EvaluateAsync<string>("() => { const s = getComputedStyle(document.activeElement); return `${s.outlineStyle} ${s.outlineWidth}${document.activeElement.matches(':focus-visible') ? '' : ' not :focus-visible'}`; }"));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/substations/[^/]+$"));
    }
}
