using System.Diagnostics;
using FluxOps.Benchmarks.Map;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Data.Grid;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>
/// Eight hours through one open map: as many frames as eight hours of live data have, as fast as the page takes them, while somebody drags, zooms, selects,
/// changes the mode and looks away. What the page holds after a forced collection tells whether it leaks.
/// </summary>
internal static class SoakScenario
{
    private const int Sweeps = 14_400;      // 8 h, one every 2 s
    private const int WaveEvery = 22;       // 32 quarter hours in 20 waves each
    private const int ActionEvery = 72;     // 200 of them
    private const int Batch = 12;           // frames under way at once
    private const int Hours = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(9);

    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = await ConsoleApp.PublishAsync(stop);
        await using var postgres = await BenchmarkPostgres.StartAsync(stop);
        await using var store = await postgres.CreateDatabaseAsync("soak", stop);
        await using var app = ConsoleApp.Start(folder, CityConsole.Settings(postgres.Target("soak")));
        await app.ReadyAsync(stop);
        await app.SignInAsync(stop);
        var topology = new GridTopology(await new GridStore(store).LoadAsync(GridParts.All & ~GridParts.Texts, stop));
        var lane = new SoakLane(new SoakFrames(topology));
        await using var site = await SoakSite.StartAsync(app, lane);
        await using var browser = await MapBrowser.LaunchAsync(app);
        await using var page = await browser.OpenAsync("/", site.Origin);
        page.WatchErrors();
        await page.FirstPaintAsync();

        var clock = Stopwatch.StartNew();
        var hand = new SoakHand(page, topology.Model);
        var held = new List<(double Share, Held Held)>();
        var sent = 0;
        // Once through everything first: what is loaded for the first time is no leak.
        for (var action = 0; action < SoakHand.Kinds; action++)
        {
            for (var i = 0; i < Batch; i++)
                Push();
            await hand.TakeAsync(lane);
            await hand.ActAsync(action);
        }

        await MeasureAsync(0);
        for (int quarter = 1, start = sent; quarter <= 4 && clock.Elapsed < Longest; quarter++)
        {
            while (sent - start < Sweeps * quarter / 4 && clock.Elapsed < Longest)
            {
                stop.ThrowIfCancellationRequested();
                for (var i = 0; i < Batch; i++)
                    Push();
                await hand.TakeAsync(lane);
                if (sent % ActionEvery == 0)
                    await hand.ActAsync(sent / ActionEvery);
            }

            await MeasureAsync((sent - start) / (double)Sweeps);
        }

        var table = new Table("share of 8 h", "JS heap, MB", "renderer, MB", "DOM nodes");
        foreach (var (share, at) in held)
            table.Add($"{share:P0}", at.HeapMb, at.RendererMb, at.Nodes);
        var heap = Slope([.. held.Skip(1).Select(h => (h.Share * Hours, h.Held.HeapMb))]);
        var renderer = Slope([.. held.Skip(1).Select(h => (h.Share * Hours, h.Held.RendererMb))]);
        table.Print($"Soak: {lane.Frames:N0} frames, {lane.Bytes / 1048576.0:N0} MB, {hand.Actions} actions in {clock.Elapsed.TotalMinutes:F1} min",
            $"After a forced collection, at the same view. From the first quarter on the heap grows {heap:F2} MB and the renderer {renderer:F1} MB per hour of live data: {Verdict(heap, renderer)}. "
            + $"The lane was opened {lane.Connections} time(s). Errors: {string.Join("; ", page.Errors.Distinct().Take(5).DefaultIfEmpty("none"))}");

        void Push()
        {
            lane.Push(readings: false);
            if (++sent % WaveEvery == 0)
                lane.Push(readings: true);
            if (sent % 10 == 0)
                lane.PushBeat();
        }

        async Task MeasureAsync(double share)
        {
            await hand.RestAsync(lane);
            held.Add((share, await page.HeldAsync()));
            Console.WriteLine($"{share:P0} of {Hours} h after {clock.Elapsed.TotalSeconds:F0} s: {held[^1].Held}");
        }
    }

    /// <summary>Half a megabyte an hour of the heap, or four of the renderer, whose allocators keep what they once had, would be a leak.</summary>
    private static string Verdict(double heap, double renderer) => heap < 0.5 && renderer < 4 ? "no leak" : "LEAK";

    /// <summary>Least squares, of y per x.</summary>
    private static double Slope((double X, double Y)[] points)
    {
        if (points.Length < 2)
            return double.NaN;
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
