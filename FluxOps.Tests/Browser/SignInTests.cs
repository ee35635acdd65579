using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

[Collection(LiveConsoleCollection.Name)]
public sealed class SignInTests(LiveConsole console)
{
    [Fact]
    public async Task ALinkSignsInOnce()
    {
        var link = await console.App.CreateSignInLinkAsync();
        await using (var first = await console.OpenSignedOutAsync())
        {
            await first.Page.GotoAsync(link);
            await Expect(first.Page.Locator("[data-kpi='system-mw']")).ToBeVisibleAsync();
        }

        await using var second = await console.OpenSignedOutAsync();
        await second.Page.GotoAsync(link);
        await second.Page.GotoAsync("/");
        await Expect(second.Page).ToHaveURLAsync(new Regex("/signin"));
    }

    [Fact]
    public async Task WithoutSigningInNothingIsShown()
    {
        await using var page = await console.OpenSignedOutAsync();
        await page.Page.GotoAsync("/substations");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/signin"));
    }

    [Fact]
    public async Task TheStripSignsOut()
    {
        await using var page = await console.OpenSignedOutAsync();
        await page.Page.GotoAsync(await console.App.CreateSignInLinkAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/signin"));
        await page.Page.GotoAsync("/substations");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/signin"));
    }
}
