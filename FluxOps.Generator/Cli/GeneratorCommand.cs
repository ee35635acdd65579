using System.CommandLine;

namespace FluxOps.Generator.Cli;

/// <summary>The command line of the simulated utility. Exit codes: 0 done, 1 failed, 2 wrong usage or an unusable file.</summary>
internal static class GeneratorCommand
{
    public const int Done = 0, Failed = 1, BadInput = 2;

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("The simulated utility behind FluxOps: makes networks and plays recorded meters.");
        root.Subcommands.Add(NetworkCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return BadInput;
        }
        return await parsed.InvokeAsync();
    }
}
