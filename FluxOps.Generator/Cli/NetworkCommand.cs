using System.CommandLine;
using System.Diagnostics;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Generator.Input;
using FluxOps.Generator.Network;

namespace FluxOps.Generator.Cli;

/// <summary><c>network</c>: builds a network, says what it is, and stores it unless told not to.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var preset = new Option<string>("--preset") { Description = "tiny (6 substations, 1,200 meters), demo (275, 100,000) or city (275, 600,000)", DefaultValueFactory = _ => "demo" };
        preset.AcceptOnlyFromAmong([.. NetworkPlan.PresetNames]);
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same network on any machine", DefaultValueFactory = _ => NetworkPlan.Demo.Seed };
        var meters = new Option<int?>("--meters") { Description = "Meters to make, up to 1,000,000; otherwise as the preset says" };
        var stations = new Option<FileInfo?>("--substations") { Description = "CSV of real station sites: latitude (lat), longitude (lon, lng), and where present name and voltage" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Build and summarise; store nothing" };
        var replace = new Option<bool>("--replace") { Description = "Replace a network that is in the store, and with it all readings and events" };
        var connection = StoreOption.Create();
        var command = new Command("network", "Build a synthetic network and store it.") { preset, seed, meters, stations, dryRun, replace, connection };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(preset)!, parsed.GetValue(seed), parsed.GetValue(meters), parsed.GetValue(stations),
            parsed.GetValue(dryRun), parsed.GetValue(replace), parsed.GetValue(connection), ct));
        return command;
    }

    private static async Task<int> RunAsync(string preset, long seed, int? meters, FileInfo? stations, bool dryRun, bool replace, string? connection, CancellationToken ct)
    {
        try
        {
            var plan = NetworkPlan.Find(preset)! with { Seed = seed };
            if (stations is not null)
                plan = plan.WithSites(Sites(stations), stations.Name);
            if (meters is { } wanted)
                plan = plan with { Meters = wanted };
            long began = Stopwatch.GetTimestamp();
            var model = NetworkSynthesiser.Build(plan);
            Console.Write(NetworkSummary.Of(model));
            Console.WriteLine($"  {"built in",-28}{Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s");
            return dryRun ? GeneratorCommand.Done : await StoreAsync(model, replace, connection, ct);
        }
        catch (Exception e) when (e is InputFileException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return GeneratorCommand.BadInput;
        }
        catch (ServingStoreException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return GeneratorCommand.Failed;
        }
    }

    private static IReadOnlyList<StationSite> Sites(FileInfo file)
    {
        using var text = file.OpenText();
        return StationFile.Read(text, file.Name);
    }

    private static async Task<int> StoreAsync(GridModel model, bool replace, string? connection, CancellationToken ct)
    {
        await using var store = await StoreOption.OpenAsync(connection, ct);
        var grid = new GridStore(store);
        if (!replace && await grid.ReadNetworkAsync(ct) is { } present)
        {
            await Console.Error.WriteLineAsync($"The store already holds a network ({present.Origin}). --replace puts this one in its place and drops its readings and events.");
            return GeneratorCommand.BadInput;
        }
        await grid.WriteAsync(model, null, ct);
        Console.WriteLine("Stored.");
        return GeneratorCommand.Done;
    }
}
