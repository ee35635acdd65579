using FluxOps.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>A file with streets, dropped into the folder while operators watch: offered, drawn below the grid, remembered. The watched page sees to it that nothing comes from elsewhere.</summary>
[Collection(LiveConsoleCollection.Name)]
public sealed class OwnBasemapTests(LiveConsole console) : IDisposable
{
    private readonly string _file = Path.Combine(console.App.BasemapFolder, "houston.pmtiles");
    private static readonly (double Lat, double Lon) Water = PmtilesFile.At(.5, .6), Land = PmtilesFile.At(.5, .9), Road = PmtilesFile.At(.5, .25);

    [Fact]
    public async Task StreetsAppearAreDrawnAndRemembered()
    {
        await using var page = await console.OpenAsync();
        var map = page.Page.Locator("[data-map]");
        await page.Page.DrawnAsync();
        var chooser = page.Page.GetByLabel("Basemap", new() { Exact = true });
        await Expect(chooser).ToBeHiddenAsync(); // nothing to choose yet

        await File.WriteAllBytesAsync(_file, PmtilesFile.Vector(), TestContext.Current.CancellationToken);
        await chooser.SelectOptionAsync("Houston streets");
        await page.Page.ShowAsync(Water.Lat, Water.Lon, 11);
        await Expect(map).ToHaveAttributeAsync("data-basemap", "houston");
        await page.Page.HasColorAsync(Water.Lat, Water.Lon, "--water", MapPixels.Basemap);
        await Expect(page.Page.Locator(".leaflet-control-attribution")).ToContainTextAsync("© OpenStreetMap contributors <b>");
        await Expect(page.Page.Locator(".leaflet-control-attribution")).Not.ToContainTextAsync("US Census");
        await Expect(page.Page.Locator(".place").First).ToBeHiddenAsync(); // the file's own names

        await page.Page.ShowAsync(Land.Lat, Land.Lon, 11);
        await page.Page.HasColorAsync(Land.Lat, Land.Lon, "--map", MapPixels.Basemap);
        await page.Page.WaitForFunctionAsync("([lat, lon]) => testPixels.at(lat, lon, 'tilePane')?.[3] === 0", new[] { Land.Lat, Land.Lon }); // the grid's tile lets it through
        await page.Page.ShowAsync(Road.Lat, Road.Lon, 11);
        await page.Page.WaitForFunctionAsync("([lat, lon]) => { const p = testPixels.at(lat, lon, 'basemap'); return p && !testPixels.same(p, testPixels.color('--map'), 12) && !testPixels.same(p, testPixels.color('--water'), 12); }", new[] { Road.Lat, Road.Lon });

        // Another theme, the same streets in its colours.
        await page.Page.ShowAsync(Water.Lat, Water.Lon, 11);
        await page.Page.EvaluateAsync("() => { document.documentElement.dataset.theme = 'light'; document.dispatchEvent(new CustomEvent('fluxops:theme')); }");
        await page.Page.HasColorAsync(Water.Lat, Water.Lon, "--water", MapPixels.Basemap);

        await page.Page.ReloadAsync();
        await page.Page.DrawnAsync();
        await Expect(map).ToHaveAttributeAsync("data-basemap", "houston");

        File.Delete(_file);
        await Expect(map).ToHaveAttributeAsync("data-basemap", "Built-in");
        await Expect(page.Page.Locator(".leaflet-control-attribution")).ToContainTextAsync("US Census");
        await page.Page.HasColorAsync(Land.Lat, Land.Lon, "--map");
    }

    [Fact]
    public async Task PicturesAreDrawnAndAHalfFileIsNoChoice()
    {
        var vector = PmtilesFile.Vector();
        await File.WriteAllBytesAsync(_file, vector.AsMemory(0, vector.Length - 10), TestContext.Current.CancellationToken);
        await using var page = await console.OpenAsync(theme: "light");
        await page.Page.DrawnAsync();
        var broken = page.Page.GetByLabel("Basemap", new() { Exact = true }).Locator("option[value='houston']");
        await Expect(broken).ToBeDisabledAsync();
        await Expect(broken).ToContainTextAsync("incomplete");

        await File.WriteAllBytesAsync(_file, PmtilesFile.Png(), TestContext.Current.CancellationToken);
        await Expect(broken).ToBeEnabledAsync();
        await page.Page.GetByLabel("Basemap", new() { Exact = true }).SelectOptionAsync("Aerial");
        await page.Page.ShowAsync(Land.Lat, Land.Lon, 11);
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-basemap", "houston");
        var pixel = await page.Page.PixelAsync(Land.Lat, Land.Lon, MapPixels.Basemap);
        Assert.Matches("^255, 0, 0, 17[89]$", string.Join(", ", pixel ?? [])); // 0.7 of it: the grid is what one looks at
    }

    public void Dispose() => File.Delete(_file);
}
