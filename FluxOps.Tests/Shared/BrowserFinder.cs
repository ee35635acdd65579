using System.Diagnostics;

namespace FluxOps.Tests.Shared;

/// <summary>
/// Finds a Chromium for the browser tests: the one that FLUXOPS_BROWSER names, an installed one, Debian's package (as root), or the one
/// that Playwright downloads. In that order, because an installed browser costs nothing.
/// </summary>
internal static class BrowserFinder
{
    public const string Variable = "FLUXOPS_BROWSER";

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chrome.exe", "msedge.exe"];

    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/lib/chromium/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        Path.Combine(Folder(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Folder(Environment.SpecialFolder.ProgramFilesX86), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Folder(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application", "msedge.exe"),
    ];

    /// <summary>Path of a browser, or null for the one that Playwright keeps itself.</summary>
    public static async Task<string?> FindOrInstallAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new BrowserMissingException($"{Variable} names {named}, which does not exist.");
        if (Installed() is { } found)
            return found;

        var tried = new List<string>();
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            await RunAsync("apt-get", "update -qq");
            var (code, error) = await RunAsync("apt-get", "install -y -qq --no-install-recommends chromium fonts-liberation");
            if (code == 0 && Installed() is { } fresh)
                return fresh;
            tried.Add($"apt-get install chromium: {Last(error)}");
        }

        var playwright = Microsoft.Playwright.Program.Main(["install", "chromium"]);
        if (playwright == 0)
            return null;
        tried.Add($"Playwright's own install: exit code {playwright}");
        throw new BrowserMissingException(
            $"No Chromium, Chrome or Edge is installed and none could be installed ({string.Join("; ", tried)}). " +
            $"Install one, or name its path in {Variable}.");
    }

    private static string? Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var onPath = from folder in folders from name in Names select Path.Combine(folder, name);
        return onPath.Concat(Places).FirstOrDefault(File.Exists);
    }

    private static async Task<(int Code, string Error)> RunAsync(string command, string arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    private static string Last(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no message");

    private static string Folder(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder);
}

/// <summary>No browser, and why.</summary>
public sealed class BrowserMissingException(string message) : Exception(message);
