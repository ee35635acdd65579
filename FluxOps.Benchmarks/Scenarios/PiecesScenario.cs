using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FluxOps.Benchmarks.Pieces;

namespace FluxOps.Benchmarks.Scenarios;

/// <summary>The pieces of the live path, one by one, by BenchmarkDotNet.</summary>
internal static class PiecesScenario
{
    public static Task RunAsync(CancellationToken stop)
    {
        // In this process: a generated project would meet the house rules of this repository and fail them.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(UnderTest.ConsoleApp.SolutionRoot(), "artifacts", "benchmark", "pieces"))
            .WithOptions(ConfigOptions.DisableLogFile);
        foreach (var pieces in new[] { typeof(SweepPieces), typeof(PublishPieces), typeof(AssetPieces), typeof(GeometryPieces) })
        {
            if (!stop.IsCancellationRequested)
                BenchmarkRunner.Run(pieces, config);
        }

        return Task.CompletedTask;
    }
}
