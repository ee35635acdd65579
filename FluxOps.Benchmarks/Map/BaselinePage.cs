using System.Diagnostics;
using System.Text.Json;
using FluxOps.Benchmarks.UnderTest;
using FluxOps.Data.Grid;
using Microsoft.Playwright;

namespace FluxOps.Benchmarks.Map;

/// <summary>The baseline: a page of the same site (so with its files and its live lane) that the browser is handed in place of an answer; the site itself knows nothing of it.</summary>
internal static class BaselinePage
{
    public const string Path = "/baseline/";

    private const string Html = """
        <!doctype html><html data-theme="dark"><base href="/"><link rel="icon" href="data:,"><link rel="stylesheet" href="lib/app.css">
        <style>html, body, #map { margin: 0; height: 100%; background: var(--water); }</style><div id="map"></div><script type="module" src="baseline/page.js"></script></html>
        """;

    /// <summary>Its script with Leaflet, bundled as ours is.</summary>
    public static async Task<byte[]> BundleAsync(CancellationToken stop)
    {
        var root = ConsoleApp.SolutionRoot();
        var start = new ProcessStartInfo("node", [System.IO.Path.Combine("node_modules", "esbuild", "bin", "esbuild"), "FluxOps.Benchmarks/Map/Page/baseline.js", "--bundle", "--minify", "--format=esm", "--target=es2022"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        using var esbuild = Process.Start(start)!;
        var bundle = new MemoryStream();
        await esbuild.StandardOutput.BaseStream.CopyToAsync(bundle, stop);
        await esbuild.WaitForExitAsync(stop);
        return esbuild.ExitCode == 0 ? bundle.ToArray() : throw new InvalidOperationException("esbuild could not bundle the baseline page.");
    }

    public static Func<IBrowserContext, Task> Routes(GridModel grid, byte[] bundle)
    {
        var data = JsonSerializer.Serialize(new
        {
            stations = grid.Substations.Select(s => new[] { Math.Round(s.Latitude, 5), Math.Round(s.Longitude, 5) }),
            fit = new[]
            {
                new[] { grid.Substations.Min(s => s.Latitude), grid.Substations.Min(s => s.Longitude) },
                [grid.Substations.Max(s => s.Latitude), grid.Substations.Max(s => s.Longitude)],
            },
        });
        return context => context.RouteAsync("**/baseline/**", route => new Uri(route.Request.Url).AbsolutePath switch
        {
            "/baseline/page.js" => route.FulfillAsync(new() { ContentType = "text/javascript", BodyBytes = bundle }),
            "/baseline/data.json" => route.FulfillAsync(new() { ContentType = "application/json", Body = data }),
            _ => route.FulfillAsync(new() { ContentType = "text/html", Body = Html }),
        });
    }
}
