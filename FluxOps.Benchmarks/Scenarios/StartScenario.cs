using System.Diagnostics;
using FluxOps.Benchmarks.Reports;
using FluxOps.Benchmarks.UnderTest;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>Start of the process until /ready says yes, and until Ctrl-C has stopped it, with the embedded Postgres: on an empty data folder, then on the same one again.</summary>
internal static class StartScenario
{
    public static async Task RunAsync(CancellationToken stop)
    {
        var folder = await ConsoleApp.PublishAsync(stop);
        var data = Path.Combine(ConsoleApp.SolutionRoot(), "artifacts", "benchmark", "start-data");
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);

        var table = new Table("start", "to ready, s", "to first values on a page, s", "stop, s");
        foreach (var kind in new[] { "first (empty data folder, demo grid)", "later, 1", "later, 2", "later, 3" })
        {
            var start = Stopwatch.GetTimestamp();
            var app = ConsoleApp.Start(folder, new Dictionary<string, string> { ["FluxOps:EmbeddedPostgres:DataFolder"] = data });
            double ready, live;
            await using (app)
            {
                await app.ReadyAsync(stop);
                ready = Stopwatch.GetElapsedTime(start).TotalSeconds;
                await app.SignInAsync(stop);
                await using (var operators = new Operators())
                {
                    await operators.GrowAsync(app, 1, "/", stop);
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
                    patience.CancelAfter(TimeSpan.FromMinutes(1));
                    await operators.Circuits[0].WaitForAsync("MW", patience.Token);
                    live = Stopwatch.GetElapsedTime(start).TotalSeconds;
                }

                start = Stopwatch.GetTimestamp();
            }

            table.Add(kind, ready, live, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        table.Print("Start and stop, embedded Postgres", "R6: a ready dashboard in under 2 s on a warm database; first start to live numbers under 30 s; Ctrl-C under 5 s.");
        Directory.Delete(data, recursive: true);
    }
}
