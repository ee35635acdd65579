using System.IO.Compression;
using System.Text.Json;
using FluxOps.Benchmarks.Map;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>
/// The whole city on the map, in headless Chromium without a GPU, and beside it, in the same run, the same scene as plain Leaflet canvas vectors
/// (polylines, circleMarkers, setStyle) fed by the same lane from the same files.
/// </summary>
internal static class MapScenario
{
    private const int Opens = 3, Flips = 60;

    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = await ConsoleApp.PublishAsync(stop);
        var bundle = await BaselinePage.BundleAsync(stop);
        await using var postgres = await BenchmarkPostgres.StartAsync(stop);
        await using var store = await postgres.CreateDatabaseAsync("map", stop);
        await using var app = ConsoleApp.Start(folder, CityConsole.Settings(postgres.Target("map")));
        await app.ReadyAsync(stop);
        await app.SignInAsync(stop);
        var grid = await new GridStore(store).LoadAsync(GridParts.Stations | GridParts.Segments, stop);
        var changes = new MapChanges(grid, new TelemetryWriter(store));
        await changes.CalmAsync(stop);
        await CityReadings.WriteAsync(store, grid.Counts.UsagePoints, stop);
        var place = MapPlace.Of(grid);
        var files = await FileBytes.MeasureAsync(app, stop); // waits until the server has made them
        var lane = await LaneBytes.MeasureAsync(app, changes, grid.Feeders[place.Feeder].SubstationId, stop);

        await using var browser = await MapBrowser.LaunchAsync(app);
        Console.WriteLine("The map ...");
        var ours = await MeasureAsync(browser, () => browser.OpenAsync("/"), grid, changes, place, stop);
        Console.WriteLine("Plain Leaflet ...");
        var plain = await MeasureAsync(browser, () => browser.OpenAsync(BaselinePage.Path, prepare: BaselinePage.Routes(grid, bundle)), grid, changes, place, stop);

        var table = new Table("measure", "FluxOps", "plain Leaflet", "FluxOps / plain");
        foreach (var (name, value) in ours.Numbers)
            table.Add(name, value.Text, plain.Numbers[name].Text, plain.Numbers[name].Value is > 0 and var of ? value.Value / of : null);
        table.Print($"Map: {grid.Feeders.Length:N0} feeders, {grid.Substations.Length} substations, {files.Counts}; Chromium {browser.Version}, headless, no GPU, 1280×800",
            $"ms. Frames: mean / p95 / max of the intervals, the ratio is of the p95; first paint: median of {Opens} cold opens, since navigation start. Commit to pixel: {Flips} changes of one feeder's status at zoom 14, "
            + "from the return of the commit to the frame that shows its colour. The baseline draws no transformers below zoom 13 and the meters of the stations in view from 14, as the map does; it follows feeders only. "
            + $"Errors in the pages: {string.Join("; ", ours.Errors.Concat(plain.Errors).Distinct().Take(5).DefaultIfEmpty("none"))}");

        var leaflet = await File.ReadAllBytesAsync(Path.Combine(ConsoleApp.SolutionRoot(), "node_modules", "leaflet", "dist", "leaflet.js"), stop);
        var sizes = new Table("bytes", "raw", "as sent");
        foreach (var (name, raw, sent) in files.Rows)
            sizes.Add(name, raw, sent);
        sizes.Add("lane: snapshot of substations and feeders", lane.Stations, lane.Stations);
        sizes.Add("lane: segments, devices, transformers, tallies for a map", lane.Assets, lane.Assets);
        sizes.Add("lane: meters of one station", lane.Meters, lane.Meters);
        sizes.Add("lane: delta of 1,000 feeders, no map", lane.Delta, lane.Delta);
        sizes.Add("lane: delta of 1,000 feeders and what is below them, for a map", lane.MapDelta, lane.MapDelta);
        foreach (var script in (string[])["map.js", "grid-worker.js", "pmtiles.js", "app.js"])
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "wwwroot", "lib", script), stop);
            sizes.Add($"script {script}, gzip{(script == "pmtiles.js" ? " (only with an own basemap)" : "")}", bytes.Length, Gzip(bytes));
        }

        sizes.Add("script leaflet.js alone, gzip (baseline)", leaflet.Length, Gzip(leaflet));
        sizes.Print("Map: bytes", "Files as sent: Brotli. Frames of the lane: before the WebSocket's own compression.");
    }

    private static async Task<MapNumbers> MeasureAsync(MapBrowser browser, Func<Task<MapPage>> open, GridModel grid, MapChanges changes, MapPlace place, CancellationToken stop)
    {
        var numbers = new MapNumbers();
        Sample stations = new(), feeders = new();
        for (var i = 0; i < Opens; i++)
        {
            await using var cold = await open();
            var first = await cold.FirstPaintAsync();
            stations.Add(first.Stations);
            feeders.Add(first.Feeders);
        }

        numbers.Add("first paint of substations", stations.Median!.Value);
        numbers.Add("first paint of all feeders", feeders.Median!.Value);

        await using var page = await open();
        page.WatchErrors();
        await page.FirstPaintAsync();
        foreach (var zoom in (int[])[10, 14])
        {
            await changes.CalmAsync(stop);
            var scene = zoom == 14 ? "z14 with meters" : "z10";
            await page.ShowAsync(place.Lat, place.Lon, zoom);
            numbers.Add($"frames, drag, {scene}", new FrameTimes(await page.DragAsync()));
            await page.ShowAsync(place.Lat, place.Lon, zoom);
            numbers.Add($"frames, wheel zoom, {scene}", new FrameTimes(await page.WheelAsync()));
            await page.ShowAsync(place.Lat, place.Lon, zoom);
            numbers.Add($"frames, 5 Hz × 1,000 changes, {scene}", new FrameTimes(await page.FramesAsync(() => changes.StreamAsync(1000, 50, 5, stop))));
            await Task.Delay(2000, stop);
            var sweeps = (int)Math.Ceiling(10_000.0 / changes.Feeders);
            var burst = new FrameTimes(await page.FramesAsync(async () =>
            {
                await changes.StreamAsync(changes.Feeders, sweeps, sweeps, stop);
                await Task.Delay(1500, stop);
            }));
            numbers.Add($"frames, {sweeps * changes.Feeders:N0} changes in a second, {scene}", burst);
            numbers.Add($"dropped frames of them, {scene}", burst.Dropped);
        }

        await changes.CalmAsync(stop);
        await page.ShowAsync(place.Lat, place.Lon, 14);
        var latency = await CommitToPixelAsync(page, changes, place, stop);
        numbers.Add("commit to pixel, p50", latency.Median ?? double.NaN);
        numbers.Add("commit to pixel, p99", latency.Percentile(99) ?? double.NaN);
        numbers.Add($"changes seen of {Flips}", latency.Count);
        var held = await page.HeldAsync();
        numbers.Add("JS heap of the page after collection, MB", held.HeapMb);
        numbers.Add("renderer resident, MB", held.RendererMb);
        numbers.Errors = page.Errors;
        return numbers;
    }

    private static async Task<Sample> CommitToPixelAsync(MapPage page, MapChanges changes, MapPlace place, CancellationToken stop)
    {
        var sample = new Sample();
        await page.Page.EvaluateAsync("([lat, lon]) => probe.watch(lat, lon, '--p2')", new[] { place.Lat, place.Lon });
        for (var i = 0; i < Flips; i++)
        {
            var over = await changes.FlipAsync(place.Feeder, stop);
            var committed = TimeProvider.System.GetUtcNow().UtcTicks;
            await Task.Delay(1130 + i * 7 % 200, stop); // off the map's own rhythm
            foreach (var flip in (await page.Page.EvaluateAsync<JsonElement>("() => probe.flips()")).EnumerateArray())
            {
                if (flip[1].GetBoolean() != over)
                    continue;
                sample.Add(flip[0].GetDouble() - (committed - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond);
                break;
            }
        }

        await page.Page.EvaluateAsync("() => probe.unwatch()");
        return sample;
    }

    private static int Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return (int)packed.Length;
    }
}
