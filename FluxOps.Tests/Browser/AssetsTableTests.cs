using System.Text.RegularExpressions;
using FluxOps.Blazor.Live;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

[Collection(LiveConsoleCollection.Name)]
public sealed class AssetsTableTests(LiveConsole console)
{
    [Fact]
    public async Task A_class_shows_exactly_the_rows_whose_code_says_so_by_keyboard_alone()
    {
        await using var page = await console.OpenAsync("/assets?layer=transformer&mode=age");
        var rows = page.Page.Locator(".assets tbody tr");
        await Expect(rows.First).ToBeVisibleAsync();
        var button = page.Page.Locator(".classes button[data-class]").First;
        await button.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        var key = (await button.GetAttributeAsync("data-class"))!;
        await Expect(page.Page).ToHaveURLAsync(new Regex($"state={key}"));
        var mode = MapPalette.Mode("age")!;
        // Whatever is shown is in the class, by the code itself.
        foreach (var code in await rows.EvaluateAllAsync<int[]>("rows => rows.map(r => Number(r.dataset.code))"))
            Assert.Equal(key, mode.Class(mode.ClassOf((byte)code)).Key);
    }

    [Fact]
    public async Task The_search_is_reached_from_any_page_and_goes_to_the_map()
    {
        var station = console.First.Grid.Substations[1];
        await using var page = await console.OpenAsync("/assets");
        await Expect(page.Page.Locator(".assets tbody tr").First).ToBeVisibleAsync();
        await FocusSearchAsync(page.Page, "Control+k");
        await HearsAsync(page.Page, station.Name.ToLowerInvariant());
        await Expect(page.Page.Locator(".results .hit").First).ToContainTextAsync(station.Code);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new Regex($"/\\?substation={station.Code}$"));
        // Escape closes, and the page's own keys work again.
        await FocusSearchAsync(page.Page, "/");
        await page.Page.Keyboard.TypeAsync("zzzz");
        await Expect(page.Page.Locator(".results")).ToContainTextAsync("Nothing is called that");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator(".results")).ToBeHiddenAsync();
    }

    /// <summary>A page that has just come takes the focus to its heading once; a key pressed in that moment is pressed again.</summary>
    private static async Task FocusSearchAsync(Microsoft.Playwright.IPage page, string key)
    {
        for (var tries = 0; ; tries++)
        {
            await page.Keyboard.PressAsync(key);
            try
            {
                await Expect(page.Locator("[data-search]")).ToBeFocusedAsync(new() { Timeout = 2000 });
                return;
            }
            catch (Microsoft.Playwright.PlaywrightException) when (tries < 5)
            {
                // Taken away again.
            }
        }
    }

    /// <summary>Types until the field is heard: what is typed before the circuit stands is lost with the page that was rendered ahead of it.</summary>
    private static async Task HearsAsync(Microsoft.Playwright.IPage page, string text)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            await page.Locator("[data-search]").FillAsync(text);
            try
            {
                await page.Locator(".results .hit").First.WaitForAsync(new() { Timeout = 2000 });
                return;
            }
            catch (TimeoutException)
            {
                // Not yet.
            }
        }
    }
}
