using System.ComponentModel;
using System.Diagnostics;

namespace FluxOps.Tests.Web;

/// <summary>The browser modules' own tests, run by Node's test runner: frames, geometry, ages, ticks, the drawing engine.</summary>
public class WebUnitTests
{
    [Fact]
    public async Task BrowserModulesPassTheirTests()
    {
        var root = RepositoryRoot();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "--test", "--test-reporter=spec" },
        };
        foreach (var file in Directory.GetFiles(Path.Combine(root, "FluxOps.Tests", "Web"), "*.test.mjs").Order(StringComparer.Ordinal)) start.ArgumentList.Add(file);
        using var node = TryStart(start);
        if (node is null) Assert.Skip("Node is not installed here: the browser modules cannot be tested.");
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await output + await errors);
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try { return Process.Start(start); }
        catch (Win32Exception) { return null; } // no such program
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FluxOps.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("FluxOps.sln is not above the test's folder.");
    }
}
