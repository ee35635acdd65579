using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>The map's tools and manners: modes and their legend, the card, the keyboard, calm, a tab out of sight, two windows.</summary>
[Collection(LiveConsoleCollection.Name)]
public sealed class MapToolsTests(LiveConsole console)
{
    [Fact]
    public async Task AModeChangesLegendAndPixelsAndIsRemembered()
    {
        var topology = await console.App.Services.GetRequiredService<GridTopologies>().OfAsync(console.First.Grid, TestContext.Current.CancellationToken);
        var s = topology.Model.Segments;
        var longest = Enumerable.Range(0, s.Count).Where(i => s.Kind[i] == SegmentKind.Backbone).MaxBy(i => s.LengthM[i]);
        var (lat, lon) = ((s.FromLat[longest] + s.ToLat[longest]) / 2, (s.FromLon[longest] + s.ToLon[longest]) / 2);
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        await Expect(page.Page.Locator(".legend")).ToContainTextAsync("De-energised");
        await Expect(page.Page.Locator(".legend tr[data-class=normal] td, .legend tr[data-class=heavy] td").First).Not.ToHaveTextAsync("—");
        await page.Page.ShowAsync(lat, lon, 16);
        var before = await Around(page.Page, lat, lon);

        // The modes are one stop of the Tab key; an arrow goes to the next and chooses it.
        await page.Page.Locator("[data-map-mode=status]").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Page.Locator("[data-map-mode=nominal]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.Locator("[data-map-mode=nominal]")).ToBeFocusedAsync();
        await Expect(page.Page.Locator(".legend")).ToContainTextAsync("15 to 27 kV");
        await page.Page.WaitForFunctionAsync("([lat, lon, before]) => testAround(lat, lon) !== before", new object[] { lat, lon, before });

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Abnormal only" }).ClickAsync();
        await page.Page.ReloadAsync();
        await page.Page.DrawnAsync();
        await Expect(page.Page.Locator("[data-map-mode=nominal]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Abnormal only" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task TheFocusOnASubstationTellsItsValues()
    {
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        await page.Page.Locator("[data-map]").FocusAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        var focused = page.Page.Locator(".sub:focus");
        await Expect(focused).ToBeVisibleAsync();
        var card = page.Page.Locator(".map-card");
        await Expect(card).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("MW");
        await Expect(card).ToContainTextAsync("Meters");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?substation=SUB-"));
    }

    [Fact]
    public async Task TheCardTellsWhatIsUnderThePointerAndLeavesWithIt()
    {
        var topology = await console.App.Services.GetRequiredService<GridTopologies>().OfAsync(console.First.Grid, TestContext.Current.CancellationToken);
        var t = topology.Model.Transformers;
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        await page.Page.ShowAsync(t.Lat[2], t.Lon[2], 17);
        var at = await page.Page.EvaluateAsync<float[]>(
            "([lat, lon]) => { const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]); return [box.left + p.x, box.top + p.y]; }", new[] { t.Lat[2], t.Lon[2] });
        await page.Page.Mouse.MoveAsync(at[0] - 1, at[1]);
        await page.Page.Mouse.MoveAsync(at[0], at[1]);
        var card = page.Page.Locator(".map-card");
        await Expect(card).ToBeVisibleAsync();
        await Expect(card.Locator("dt").First).Not.ToHaveTextAsync("\u00a0"); // the server has answered
        var box = (await card.BoundingBoxAsync())!;
        Assert.False(at[0] >= box.X && at[0] <= box.X + box.Width && at[1] >= box.Y && at[1] <= box.Y + box.Height, "The card lies under the pointer.");
        await page.Page.Locator("aside.detail h2").HoverAsync();
        await Expect(card).ToBeHiddenAsync();
    }

    [Fact]
    public async Task WhoWantsNoMotionGetsNone()
    {
        await using var page = await console.OpenAsync();
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Page.ReloadAsync();
        await page.Page.DrawnAsync();
        await page.Page.EvaluateAsync("() => { window.zooms = 0; fluxops.map.leaflet.on('zoomanim', () => window.zooms++); window.moves = 0; fluxops.map.leaflet.on('move', () => window.moves++); }");
        await page.Page.Locator("table.picklist tbody a").First.ClickAsync();
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-selected", new System.Text.RegularExpressions.Regex("^0:"));
        await page.Page.WaitForFunctionAsync("() => fluxops.map.leaflet.getZoom() >= 12");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => window.zooms"));
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => window.moves"), 0, 2);
    }

    [Fact]
    public async Task ATabOutOfSightPaintsNothingAndIsRightWhenItReturns()
    {
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        await page.Page.EvaluateAsync("() => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }); document.dispatchEvent(new Event('visibilitychange')); }");
        // Asked and answered: the worker has taken what was said before.
        await page.Page.EvaluateAsync("() => fluxops.map.hit(29.7, -95.4)");
        var (paints, frames) = (await page.Page.EvaluateAsync<int>("() => fluxops.map.stats.paints"), await page.Page.EvaluateAsync<int>("() => fluxops.map.stats.frames"));
        await page.Page.Locator("[data-map-mode=loading]").EvaluateAsync("b => b.click()");
        await page.Page.WaitForFunctionAsync("frames => fluxops.map.stats.frames > frames + 1", frames);
        Assert.Equal(paints, await page.Page.EvaluateAsync<int>("() => fluxops.map.stats.paints"));
        await page.Page.EvaluateAsync("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }");
        await page.Page.WaitForFunctionAsync("paints => fluxops.map.stats.paints > paints", paints);
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => fluxops.lane.gaps"));
    }

    [Fact]
    public async Task TwoWindowsDoNotDisturbEachOther()
    {
        var station = console.First.Grid.Substations[1];
        await using var one = await console.OpenAsync();
        await using var two = await console.OpenAsync($"/?substation={station.Code}", theme: "light");
        await one.Page.DrawnAsync();
        await two.Page.DrawnAsync();
        await Expect(two.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-selected", $"0:{station.Id}");
        await Expect(one.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-selected", "");
        await two.Page.GotoAsync("/substations");
        var frames = await one.Page.EvaluateAsync<int>("() => fluxops.map.stats.frames");
        await one.Page.WaitForFunctionAsync("frames => fluxops.map.stats.frames > frames", frames);
        // The lane is one connection still: nothing on the way was a gap.
        Assert.Equal(0, await one.Page.EvaluateAsync<int>("() => fluxops.lane.gaps"));
    }

    /// <summary>Pixels round a place as one text.</summary>
    private static async Task<string> Around(IPage page, double lat, double lon)
    {
        await page.PixelAsync(lat, lon);
        await page.EvaluateAsync(
            """
            () => {
              globalThis.testAround = (lat, lon) => {
                const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]), seen = [];
                for (let d = -4; d <= 4; d++) seen.push(testPixels.on(box.left + p.x + d, box.top + p.y + d, 'tilePane'));
                return JSON.stringify(seen);
              };
            }
            """);
        await page.WaitForFunctionAsync("([lat, lon]) => !testAround(lat, lon).includes('null')", new[] { lat, lon });
        return await page.EvaluateAsync<string>("([lat, lon]) => testAround(lat, lon)", new[] { lat, lon });
    }
}
