using FluxOps.Data.Grid;

namespace FluxOps.Benchmarks.Map;

/// <summary>Somebody at the map, for eight hours in a few minutes.</summary>
internal sealed class SoakHand(MapPage page, GridModel grid)
{
    public const int Kinds = 7;
    private readonly Random _random = new(8901);

    public int Actions { get; private set; }

    /// <summary>Waits until the page and its worker have taken all that was sent.</summary>
    public Task TakeAsync(SoakLane lane) => page.Page.EvaluateAsync("""
        async n => {
          const end = performance.now() + 60_000;
          while (fluxops.lane.frames < n) {
            if (performance.now() > end) throw new Error(`the page has taken ${fluxops.lane.frames} of ${n} frames and no more for a minute`);
            await new Promise(later => setTimeout(later, 2));
          }
          const at = fluxops.map.leaflet.getCenter();
          await fluxops.map.hit(at.lat, at.lng); // answered by the worker after what came before
        }
        """, lane.Frames);

    public async Task ActAsync(int action)
    {
        Actions++;
        switch (action % Kinds)
        {
            case 0:
                await page.Page.Mouse.MoveAsync(640, 500);
                await page.Page.Mouse.DownAsync();
                await page.Page.Mouse.MoveAsync(640 + _random.Next(-300, 300), 500 + _random.Next(-150, 150), new() { Steps = 6 });
                await page.Page.Mouse.UpAsync();
                break;
            case 1:
                await page.Page.Mouse.MoveAsync(640, 500);
                await page.Page.Mouse.WheelAsync(0, _random.Next(2) == 0 ? -240 : 240);
                break;
            case 2: // far and near: from the whole city to single meters
                var station = grid.Substations[_random.Next(grid.Substations.Length)];
                await page.Page.EvaluateAsync("([lat, lon, zoom]) => probe.show(lat, lon, zoom)", new[] { station.Latitude, station.Longitude, _random.Next(9, 17) });
                break;
            case 3:
                await page.Page.EvaluateAsync("n => { const modes = document.querySelectorAll('[data-map-mode]'); modes[n % modes.length].click(); }", action);
                break;
            case 4:
                await page.Page.EvaluateAsync("n => { const marks = document.querySelectorAll('.sub'); marks[n % marks.length].click(); }", _random.Next(1000));
                break;
            case 5:
                await LookAwayAsync(true);
                break;
            case 6:
                await LookAwayAsync(false);
                await page.Page.EvaluateAsync("n => { const toggles = document.querySelectorAll('[data-map-toggle]'); toggles[n % toggles.length].click(); }", action);
                break;
        }
    }

    /// <summary>Back to where every measurement is taken: the whole city, nothing selected, everything in view seen.</summary>
    public async Task RestAsync(SoakLane lane)
    {
        await LookAwayAsync(false);
        await page.Page.EvaluateAsync("""
            () => {
              document.querySelector('[data-map-mode="status"]').click();
              for (const toggle of document.querySelectorAll('[data-map-toggle][aria-pressed="true"]')) toggle.click();
              Blazor.navigateTo('/');
              probe.show(29.76, -95.37, 10);
            }
            """);
        await TakeAsync(lane);
        await Task.Delay(3000);
    }

    /// <summary>As a browser tells a page that its tab is hidden, and shown again.</summary>
    private async Task LookAwayAsync(bool hidden) => await page.Page.EvaluateAsync("""
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """, hidden);
}
