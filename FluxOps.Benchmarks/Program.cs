using FluxOps.Benchmarks.Scenarios;

// Each scenario prints ratios against a baseline of the same run: on another machine the absolute numbers differ, the ratios hardly.
var scenarios = new Dictionary<string, (string What, Func<CancellationToken, Task> Run)>
{
    ["ingest"] = ("interval readings into the live schema against binary COPY", IngestScenario.RunAsync),
    ["latency"] = ("commit to circuit and to the bulk lane, 1 to 100 operators", LatencyScenario.RunAsync),
    ["circuits"] = ("memory, processor time and bytes per operator", CircuitsScenario.RunAsync),
    ["start"] = ("start of the process to a ready dashboard", StartScenario.RunAsync),
    ["map"] = ("the map in a browser: first paint, frames, commit to pixel, bytes, memory, against plain Leaflet vectors", MapScenario.RunAsync),
    ["soak"] = ("eight hours of live data through one open map, compressed; bounded to ten minutes", SoakScenario.RunAsync),
    ["pieces"] = ("the pieces of the live path, by BenchmarkDotNet", PiecesScenario.RunAsync),
};

var name = args.FirstOrDefault() ?? "";
if (name != "all" && !scenarios.ContainsKey(name))
{
    Console.WriteLine("dotnet run -c Release --project FluxOps.Benchmarks -- <scenario>\n");
    foreach (var (key, (what, _)) in scenarios)
        Console.WriteLine($"  {key,-10} {what}");
    Console.WriteLine($"  {"all",-10} each of them");
    return 1;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
foreach (var (key, (_, run)) in scenarios)
{
    if (name == "all" || name == key)
        await run(stop.Token);
}

return 0;
