using Deque.AxeCore.Playwright;
using FluxOps.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>Every page, in both themes and at both sizes: nothing forbidden happens, nothing serious against accessibility, and a picture to look at.</summary>
[Collection(LiveConsoleCollection.Name)]
public sealed class EveryPageTests(LiveConsole console)
{
    private static readonly (int Width, int Height)[] Sizes = [(1280, 720), (1920, 1080)];

    public static TheoryData<string, string> Views()
    {
        var data = new TheoryData<string, string>();
        foreach (var page in new[] { "live", "live-selected", "substations", "substation", "assets", "assets-meters", "ami", "meter", "account", "people", "not-found" })
        foreach (var theme in new[] { "dark", "light" })
            data.Add(page, theme);
        return data;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Stands(string name, string theme)
    {
        await using var page = await console.OpenAsync(PathOf(name), theme: theme, missing: name == "not-found");
        await Expect(page.Page.Locator("main")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        if (name != "account") // a plain page, without the strip
            await Expect(page.Page.Locator(".strip .clock")).Not.ToBeEmptyAsync();
        if (name.StartsWith("live", StringComparison.Ordinal))
            await Expect(page.Page.Locator(LiveNumbersTests.DrawnMap)).ToBeAttachedAsync();
        await page.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);

        Directory.CreateDirectory(Screenshots);
        foreach (var (width, height) in Sizes)
        {
            await page.Page.SetViewportSizeAsync(width, height);
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}-{theme}-{width}.png") });
            // A page that scrolls sideways hides something from an operator.
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"The page is wider than {width} pixels.");
        }

        var axe = await page.Page.RunAxe();
        var serious = axe.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Impact} {v.Id}: {v.Help}: {string.Join(" ; ", v.Nodes.Take(3).Select(n => n.Html))}");
        Assert.False(axe.Violations.Any(v => v.Impact is "serious" or "critical"), string.Join(Environment.NewLine, serious));
    }

    private string PathOf(string name)
    {
        var grid = console.First.Grid;
        return name switch
        {
            "live" => "/",
            "live-selected" => $"/?substation={grid.Substations[0].Code}",
            "substations" => "/substations",
            "substation" => $"/substations/{grid.Substations[0].Code}",
            "assets" => "/assets",
            "assets-meters" => "/assets?layer=meter&mode=voltage&sort=name",
            "ami" => "/ami",
            "meter" => $"/ami/{console.Meter}",
            "account" => "/account",
            "people" => "/admin/people",
            _ => "/no-such-page",
        };
    }

    private static string Screenshots => Path.Combine(Solution.Root, "artifacts", "screenshots");
}
