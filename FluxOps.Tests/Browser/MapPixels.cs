using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>What is really drawn: pixels of the map's tiles, read in the page by drawing a tile into a canvas of its own.</summary>
internal static class MapPixels
{
    private const string Library = """
        globalThis.testPixels ??= {
          // [r, g, b, a] of a pane's tiles at a place; null where no tile is
          at(lat, lon, pane) {
            const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]);
            return this.on(box.left + p.x, box.top + p.y, pane);
          },
          on(x, y, pane) {
            const tiles = [...fluxops.map.leaflet.getPane(pane).querySelectorAll('canvas')].reverse();
            for (const tile of tiles) {
              const r = tile.getBoundingClientRect();
              if (!tile.width || x < r.left || x >= r.right || y < r.top || y >= r.bottom) continue;
              const one = this.scratch ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              one.clearRect(0, 0, 1, 1);
              one.drawImage(tile, Math.floor((x - r.left) * tile.width / r.width), Math.floor((y - r.top) * tile.height / r.height), 1, 1, 0, 0, 1, 1);
              return [...one.getImageData(0, 0, 1, 1).data];
            }
            return null;
          },
          // Whether a pixel near the place has a colour, or one of that hue over the map's ground
          near(lat, lon, token, alpha = 1, reach = 6) {
            const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]), ground = this.color('--map'), pure = this.color(token);
            const wanted = pure.map((v, i) => i === 3 ? 255 : Math.round(v * alpha + ground[i] * (1 - alpha)));
            for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++)
              if (this.same(this.on(box.left + p.x + dx, box.top + p.y + dy, 'tilePane'), wanted, 10)) return true;
            return false;
          },
          // A token of the stylesheet as a pixel
          color(token) {
            const one = new OffscreenCanvas(1, 1).getContext('2d');
            one.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
            one.fillRect(0, 0, 1, 1);
            return [...one.getImageData(0, 0, 1, 1).data];
          },
          same: (a, b, tolerance) => !!a && !!b && a.every((v, i) => Math.abs(v - b[i]) <= tolerance),
        };
        """;

    /// <summary>Pane of the grid's own tiles, and that of the operator's basemap below it.</summary>
    public const string Grid = "tilePane", Basemap = "basemap";

    /// <summary>Waits until the map says that its tiles are painted.</summary>
    public static async Task DrawnAsync(this IPage page)
    {
        await Expect(page.Locator(LiveNumbersTests.DrawnMap)).ToBeAttachedAsync(new() { Timeout = 30_000 });
        await page.EvaluateAsync(Library);
    }

    public static Task ShowAsync(this IPage page, double lat, double lon, int zoom) =>
        page.EvaluateAsync("([lat, lon, zoom]) => { fluxops.map.leaflet.setView([lat, lon], zoom, { animate: false }); }", new object[] { lat, lon, zoom });

    /// <summary>Waits until a place has the colour of a token.</summary>
    public static async Task HasColorAsync(this IPage page, double lat, double lon, string token, string pane = Grid, int tolerance = 3)
    {
        await page.EvaluateAsync(Library);
        try
        {
            await page.WaitForFunctionAsync("([lat, lon, token, pane, tolerance]) => testPixels.same(testPixels.at(lat, lon, pane), testPixels.color(token), tolerance)",
                new object[] { lat, lon, token, pane, tolerance });
        }
        catch (TimeoutException)
        {
            var seen = await page.PixelAsync(lat, lon, pane);
            var wanted = await page.EvaluateAsync<int[]>("token => testPixels.color(token)", token);
            Assert.Fail($"At {lat:F5}, {lon:F5} the {pane} has ({(seen is null ? "no tile" : string.Join(", ", seen))}) and not {token} ({string.Join(", ", wanted)}).");
        }
    }

    /// <summary>Waits until a line (or nothing: <paramref name="shown"/> false) of a token's colour is drawn within a few px of a place.</summary>
    public static async Task ShowsAsync(this IPage page, MapSpot spot, string token, bool shown = true, double alpha = 1)
    {
        await page.EvaluateAsync(Library);
        try
        {
            await page.WaitForFunctionAsync("([lat, lon, token, alpha, shown]) => testPixels.near(lat, lon, token, alpha) === shown", new object[] { spot.Lat, spot.Lon, token, alpha, shown });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"At {spot.Lat:F5}, {spot.Lon:F5} the map shows {(shown ? "no" : "still")} {token}; there is ({string.Join(", ", await page.PixelAsync(spot.Lat, spot.Lon) ?? [])}).");
        }
    }

    public static async Task<int[]?> PixelAsync(this IPage page, double lat, double lon, string pane = Grid)
    {
        await page.EvaluateAsync(Library);
        return (await page.EvaluateAsync<JsonElement?>("([lat, lon, pane]) => testPixels.at(lat, lon, pane)", new object[] { lat, lon, pane })) is { ValueKind: JsonValueKind.Array } pixel
            ? [.. pixel.EnumerateArray().Select(v => v.GetInt32())]
            : null;
    }
}
