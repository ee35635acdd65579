using System.Text.Json;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>The basemap that comes with the console: its cut edge is never in view, its names do not lie on one another.</summary>
[Collection(StillConsoleCollection.Name)]
public sealed class BuiltInBasemapTests(StillConsole console)
{
    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    public async Task TheCutEdgeIsNeverSeen(int width, int height)
    {
        await using var page = await console.OpenMapAsync(width: width, height: height);
        await page.Page.WaitForFunctionAsync("() => fluxops.map.leaflet.options.maxBounds"); // the basemap is here
        var lowest = await page.Page.EvaluateAsync<int>("() => fluxops.map.leaflet.getMinZoom()");
        foreach (var zoom in (int[])[lowest, lowest + 1])
        {
            foreach (var (lat, lon) in ((double, double)[])[(0, -95.5), (60, -95.5), (29.7, -140), (29.7, -50), (60, -140), (60, -50), (0, -140), (0, -50)])
            {
                await page.Page.ShowAsync(lat, lon, zoom); // as far that way as it goes
                await page.Page.WaitForFunctionAsync(EdgesAreDrawn);
                var odd = (await page.Page.EvaluateAsync<JsonElement>(OddEdges)).EnumerateArray().Select(e => e.GetString()).ToList();
                Assert.True(odd.Count == 0, $"Zoom {zoom}, looking to {lat}, {lon}: {string.Join("; ", odd)}");
            }
        }
    }

    [Fact]
    public async Task LandWaterAndBordersAreWhereTheyAre()
    {
        await using var page = await console.OpenMapAsync(width: 1920, height: 1080);
        await page.Page.ShowAsync(29.3, -94.9, 9);
        await page.Page.HasColorAsync(28.6, -94.5, "--water"); // the Gulf
        await page.Page.HasColorAsync(29.50, -94.85, "--water"); // Galveston Bay
        await page.Page.HasColorAsync(29.93, -94.41, "--map"); // Chambers County
        // From Waller County through Montgomery into Liberty: on the way some pixels are neither land nor water.
        await page.Page.ShowAsync(30.2, -95.2, 9);
        await page.Page.WaitForFunctionAsync("() => [...Array(2000).keys()].some(i => { const p = testPixels.at(30.2, -95.9 + i * .0005, 'tilePane'); return p && p[3] === 255 && !testPixels.same(p, testPixels.color('--map'), 3) && !testPixels.same(p, testPixels.color('--water'), 3); })");

        await Expect(page.Page.Locator(".leaflet-control-attribution")).ToContainTextAsync("US Census, Natural Earth");
        await Expect(page.Page.Locator(".leaflet-control-scale-line")).ToContainTextAsync("km");
        await Expect(page.Page.Locator(".coords")).ToHaveTextAsync(new Regex(@"^30\.(19|20)\d\d, −95\.(19|20)\d\d$"));
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    public async Task NamesDoNotLieOnOneAnother(int width, int height)
    {
        await using var page = await console.OpenMapAsync(width: width, height: height);
        await page.Page.WaitForFunctionAsync("() => fluxops.map.leaflet.options.maxBounds");
        var lowest = await page.Page.EvaluateAsync<int>("() => fluxops.map.leaflet.getMinZoom()");
        for (var zoom = lowest; zoom <= 12; zoom++)
        {
            await page.Page.ShowAsync(29.7604, -95.3698, zoom);
            var collisions = await page.Page.EvaluateAsync<string[]>("""
                () => {
                  const names = [...document.querySelectorAll('.place')].map(e => [e.textContent, e.getBoundingClientRect()]), on = [];
                  names.forEach(([a, p], i) => names.slice(i + 1).forEach(([b, q]) => { if (p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom) on.push(`${a} on ${b}`); }));
                  return on;
                }
                """);
            Assert.True(collisions.Length == 0, $"Zoom {zoom}: {string.Join(", ", collisions)}");
        }
    }

    /// <summary>Every place along the window's edges has a painted tile.</summary>
    private const string EdgesAreDrawn = """
        () => {
          const box = fluxops.map.leaflet.getContainer().getBoundingClientRect(), step = 40;
          for (let y = 1; y < box.height; y += step) for (const x of [1, box.width - 2]) if (testPixels.on(box.left + x, box.top + y, 'tilePane')?.[3] !== 255) return false;
          for (let x = 1; x < box.width; x += step) for (const y of [1, box.height - 2]) if (testPixels.on(box.left + x, box.top + y, 'tilePane')?.[3] !== 255) return false;
          return true;
        }
        """;

    /// <summary>
    /// Where land ends with the cut, a strip of water runs along the window's edge: there a pixel at the edge is water and one some px inside is land,
    /// over a length that no coast has. Also where the window reaches beyond the cut itself.
    /// </summary>
    private const string OddEdges = """
        () => {
          const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), odd = [], view = map.getBounds(), water = testPixels.color('--water');
          if (view.getWest() < -102.04 || view.getEast() > -88.96 || view.getSouth() < 25.46 || view.getNorth() > 34.04) odd.push(`the view is ${view.toBBoxString()}`);
          const is = (x, y) => testPixels.same(testPixels.on(box.left + x, box.top + y, 'tilePane'), water, 3);
          const along = (name, length, at) => {
            let strip = 0, all = 0;
            for (let i = 2; i < length; i += 6, all++) if (is(...at(i, 1)) && !is(...at(i, 8))) strip++;
            if (strip > .25 * all) odd.push(`${name}: ${strip} of ${all} places are water at the edge and land just inside`);
          };
          along('west', box.height, (i, d) => [d, i]);
          along('east', box.height, (i, d) => [box.width - 1 - d, i]);
          along('north', box.width, (i, d) => [i, d]);
          along('south', box.width, (i, d) => [i, box.height - 1 - d]);
          return odd;
        }
        """;
}
