using FluxOps.Benchmarks.UnderTest;

namespace FluxOps.Benchmarks.Map;

/// <summary>The console with the whole city, and nothing that happens by itself.</summary>
internal static class CityConsole
{
    public static Dictionary<string, string> Settings(string target) => new()
    {
        ["FluxOps:ConnectionStrings:Serving"] = target,
        ["FluxOps:Grid:Preset"] = "city",
        ["FluxOps:Simulation:Enabled"] = "false",
        // What is not written anew stays as it was for the whole run.
        ["FluxOps:Live:TelemetrySeconds"] = "3600",
        ["FluxOps:Map:BasemapFolder"] = Path.Combine(ConsoleApp.SolutionRoot(), "artifacts", "benchmark", "basemaps"),
    };
}
