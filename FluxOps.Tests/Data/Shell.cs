using System.Diagnostics;

namespace FluxOps.Tests.Data;

/// <summary>Runs a short command.</summary>
internal static class Shell
{
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
