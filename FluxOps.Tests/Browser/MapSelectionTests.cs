using System.Globalization;
using System.Text.RegularExpressions;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxOps.Tests.Browser;

/// <summary>What is selected on the map, in the address and in the panel is one thing; what hangs together or lies together is found from there.</summary>
[Collection(LiveConsoleCollection.Name)]
public sealed class MapSelectionTests(LiveConsole console)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<GridTopology> TopologyAsync() => console.App.Services.GetRequiredService<GridTopologies>().OfAsync(console.First.Grid, Stop);

    private PictureCodes Codes(GridTopology topology) => new(console.App.Services.GetRequiredService<LiveGrid>().Current!, topology);

    [Fact]
    public async Task AnAddressSelectsAndShows()
    {
        var topology = await TopologyAsync();
        var (lat, lon) = (topology.Model.Transformers.Lat[5], topology.Model.Transformers.Lon[5]);
        await using var page = await console.OpenAsync("/?asset=tx-5"); // as a person writes it
        await page.Page.DrawnAsync();
        await Expect(page.Page.Locator("aside.detail h2")).ToHaveTextAsync("TX-000005");
        await Expect(page.Page.Locator("aside.detail .crumb")).ToContainTextAsync(console.First.Grid.Feeders[topology.Model.Transformers.FeederId[5]].Name);
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-selected", "4:5");
        await page.Page.WaitForFunctionAsync("([lat, lon]) => fluxops.map.leaflet.getZoom() >= 15 && fluxops.map.leaflet.getBounds().contains([lat, lon])", new[] { lat, lon });
    }

    [Fact]
    public async Task AMeterIsFoundByItsSerialAndLeadsToItsPage()
    {
        await using var page = await console.OpenAsync($"/?asset={console.Meter}");
        await Expect(page.Page.Locator("aside.detail h2")).ToHaveTextAsync(console.Meter);
        await Expect(page.Page.Locator("aside.detail .kv.lines")).ToContainTextAsync("kWh");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Open page" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex($"/ami/{console.Meter}$"));
    }

    [Fact]
    public async Task AnUnknownNameIsSaid()
    {
        await using var page = await console.OpenAsync("/?asset=TX-999999");
        await Expect(page.Page.Locator("aside.detail .notice")).ToContainTextAsync("no asset called TX-999999");
    }

    [Fact]
    public async Task EveryoneUnderAClickIsReached()
    {
        var topology = await TopologyAsync();
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        var (id, hits) = await OverlappingAsync(page.Page, topology);
        var map = page.Page.Locator("[data-map]");

        await ClickMapAsync(page.Page, topology.Model.Transformers.Lat[id], topology.Model.Transformers.Lon[id]);
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"\?asset="));
        var first = page.Page.Url;
        var options = page.Page.Locator(".map-chooser [role=option]");
        await Expect(options).ToHaveCountAsync(hits);
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).Not.ToHaveURLAsync(first);
        await Expect(page.Page.Locator(".map-chooser")).Not.ToBeAttachedAsync();
        await Expect(page.Page.Locator("aside.detail h2")).ToHaveTextAsync(Uri.UnescapeDataString(page.Page.Url.Split('=')[^1]));

        await page.Page.GoBackAsync();
        await Expect(page.Page).ToHaveURLAsync(first);
        await Expect(map).ToHaveAttributeAsync("data-selected", new Regex(@"^\d:\d+$"));
    }

    [Fact]
    public async Task AFeederClickedIsTheOneInTheListAndItsTraceCounts()
    {
        var topology = await TopologyAsync();
        var grid = console.First.Grid;
        var feeder = grid.Feeders[3];
        await using var page = await console.OpenAsync($"/?substation={grid.Substations[feeder.SubstationId].Code}&feeder={feeder.Name}");
        await page.Page.DrawnAsync();
        await Expect(page.Page.Locator("table.feeders tr[aria-current=true] th")).ToHaveTextAsync(feeder.Name);
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-selected", "1:3");

        await page.Page.Locator("[data-trace=down]").ClickAsync();
        var trace = NetworkTrace.Of(topology, Codes(topology), new AssetRef(AssetLayer.Feeder, 3), TraceDirection.Down);
        await CountsAsync(page.Page, trace);
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-marked", trace.Segments.Length.ToString(CultureInfo.InvariantCulture));

        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(new Regex($"feeder={feeder.Name}$"));
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-marked", "");
    }

    [Fact]
    public async Task ATraceIsDrawn()
    {
        var topology = await TopologyAsync();
        await using var page = await console.OpenAsync($"/?asset={console.Meter}&trace=up");
        await page.Page.DrawnAsync();
        var trace = NetworkTrace.Of(topology, Codes(topology), new AssetRef(AssetLayer.Meter, LiveConsole.MeterId), TraceDirection.Up);
        await CountsAsync(page.Page, trace);
        await Expect(page.Page.Locator("[data-map]")).ToHaveAttributeAsync("data-marked", trace.Segments.Length.ToString(CultureInfo.InvariantCulture));

        // Beside the middle of a traced line is its halo: bluer than the land, whatever the line's own colour.
        var s = topology.Model.Segments;
        var longest = trace.Segments.MaxBy(i => s.LengthM[i]);
        var (lat, lon) = ((s.FromLat[longest] + s.ToLat[longest]) / 2, (s.FromLon[longest] + s.ToLon[longest]) / 2);
        await page.Page.ShowAsync(lat, lon, 16);
        await page.Page.PixelAsync(lat, lon);
        await page.Page.WaitForFunctionAsync(
            """
            ([lat, lon]) => {
              const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]);
              for (let dx = -8; dx <= 8; dx++) for (let dy = -8; dy <= 8; dy++) {
                const c = testPixels.on(box.left + p.x + dx, box.top + p.y + dy, 'tilePane');
                if (c && c[2] > c[0] + 40) return true;
              }
              return false;
            }
            """, new[] { lat, lon });
    }

    [Fact]
    public async Task WhatLiesInADrawnLineIsCounted()
    {
        var topology = await TopologyAsync();
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        var box = (await page.Page.Locator("[data-map]").BoundingBoxAsync())!;
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Lasso" }).ClickAsync();
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.MoveAsync(x - 150, y);
        await page.Page.Mouse.DownAsync();
        for (var i = 1; i <= 24; i++)
            await page.Page.Mouse.MoveAsync(x - (float)(150 * Math.Cos(i * Math.PI / 12)), y - (float)(120 * Math.Sin(i * Math.PI / 12)));
        await page.Page.Mouse.UpAsync();
        await AreaIsCountedAsync(page.Page, topology);
        await Expect(page.Page.Locator(".area-shape")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Lasso" })).ToHaveAttributeAsync("aria-pressed", "false");

        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/$"));
        await Expect(page.Page.Locator(".area-shape")).Not.ToBeAttachedAsync();
    }

    [Fact]
    public async Task WithoutAMouseTheViewIsTheArea()
    {
        var topology = await TopologyAsync();
        await using var page = await console.OpenAsync();
        await page.Page.DrawnAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "This view" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await AreaIsCountedAsync(page.Page, topology);
    }

    private static async Task AreaIsCountedAsync(IPage page, GridTopology topology)
    {
        await Expect(page).ToHaveURLAsync(new Regex(@"\?area="));
        Assert.True(GeoShape.TryParsePolygon(Uri.UnescapeDataString(page.Url.Split("area=")[1]), out var shape, out var fault), fault);
        var inside = ShapeQuery.Of(topology).Inside(shape);
        Assert.NotEmpty(inside.Transformers);
        foreach (var (kind, n) in new[] { ("feeders", inside.Feeders.Length), ("lines", inside.Segments.Length), ("transformers", inside.Transformers.Length), ("meters", inside.Meters.Length) })
            await Expect(page.Locator($"tr[data-kind={kind}] td").First).ToHaveTextAsync(n.ToString("N0", CultureInfo.InvariantCulture));
        await Expect(page.Locator("[data-count=customers]")).ToHaveTextAsync(inside.Customers.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static async Task CountsAsync(IPage page, NetworkTrace trace)
    {
        await Expect(page.Locator("[data-count=km]")).ToHaveTextAsync($"{trace.Km.ToString("N1", CultureInfo.InvariantCulture)}km");
        await Expect(page.Locator("[data-count=meters]")).ToHaveTextAsync(trace.MeterCount.ToString("N0", CultureInfo.InvariantCulture));
        await Expect(page.Locator("[data-count=customers]")).ToHaveTextAsync(trace.Customers.ToString("N0", CultureInfo.InvariantCulture));
        await Expect(page.Locator("[data-count=transformers]")).ToContainTextAsync(trace.Transformers.Length.ToString("N0", CultureInfo.InvariantCulture));
    }

    /// <summary>A transformer under which more than itself is hit, with the map there.</summary>
    private static async Task<(int Id, int Hits)> OverlappingAsync(IPage page, GridTopology topology)
    {
        var t = topology.Model.Transformers;
        for (var id = 0; id < t.Count; id += 3)
        {
            await page.ShowAsync(t.Lat[id], t.Lon[id], 16);
            // Beside a substation's mark the click is the mark's.
            var hits = await page.EvaluateAsync<int>(
                """
                async ([lat, lon]) => {
                  const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]);
                  if (document.elementFromPoint(box.left + p.x, box.top + p.y)?.closest('.sub')) return 0;
                  return (await fluxops.map.hit(lat, lon)).length;
                }
                """, new[] { t.Lat[id], t.Lon[id] });
            if (hits is > 1 and < 12) return (id, hits);
        }

        throw new InvalidOperationException("No transformer lies on a line.");
    }

    private static async Task ClickMapAsync(IPage page, double lat, double lon)
    {
        var at = await page.EvaluateAsync<float[]>(
            "([lat, lon]) => { const map = fluxops.map.leaflet, box = map.getContainer().getBoundingClientRect(), p = map.latLngToContainerPoint([lat, lon]); return [box.left + p.x, box.top + p.y]; }", new[] { lat, lon });
        await page.Mouse.ClickAsync(at[0], at[1]);
    }
}
