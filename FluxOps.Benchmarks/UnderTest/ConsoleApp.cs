using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace FluxOps.Benchmarks.UnderTest;

/// <summary>The published console as a process of its own, so that its processor time and memory are nobody else's. Loopback only.</summary>
internal sealed partial class ConsoleApp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    private ConsoleApp(Process process, Uri origin)
    {
        (_process, Origin) = (process, origin);
        Cookies = new CookieContainer();
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, UseCookies = true }) { BaseAddress = origin };
    }

    public Uri Origin { get; }
    public CookieContainer Cookies { get; }
    public HttpClient Http { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, MB.</summary>
    public double MemoryMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Publishes the console once, in Release; unpublished it would serve empty assets outside Development.</summary>
    public static async Task<string> PublishAsync(CancellationToken stop)
    {
        var root = SolutionRoot();
        var output = Path.Combine(root, "artifacts", "benchmark", "app");
        Console.WriteLine("Publishing FluxOps.Blazor (Release) ...");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, "FluxOps.Blazor"), "-c", "Release", "-o", output, "-v", "q", "--nologo"]))!;
        await publish.WaitForExitAsync(stop);
        return publish.ExitCode == 0 ? output : throw new InvalidOperationException("dotnet publish failed.");
    }

    public static ConsoleApp Start(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var origin = new Uri($"http://localhost:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", ["FluxOps.Blazor.dll", "--urls", origin.ToString()])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var app = new ConsoleApp(new Process { StartInfo = start, EnableRaisingEvents = true }, origin);
        app._process.OutputDataReceived += (_, line) => app.Read(line.Data);
        app._process.ErrorDataReceived += (_, line) => app.Read(line.Data);
        app._process.Exited += (_, _) => app._link.TrySetException(new InvalidOperationException($"The console ended before it was ready:\n{app.LastLines}"));
        app._process.Start();
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        return app;
    }

    /// <summary>Last lines it wrote, for the message of a failure.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Join('\n', _lastLines);
        }
    }

    /// <summary>Waits for /ready to answer 200.</summary>
    public async Task ReadyAsync(CancellationToken stop)
    {
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The console ended before it was ready:\n{LastLines}");
            try
            {
                using var answer = await Http.GetAsync("ready", stop);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20, stop);
        }
    }

    /// <summary>Signs in by the one-time link that the console prints.</summary>
    public async Task SignInAsync(CancellationToken stop)
    {
        var link = await _link.Task.WaitAsync(stop);
        using var answer = await Http.GetAsync(new Uri(Origin, link.PathAndQuery), stop);
        if (Cookies.GetCookies(Origin).Count == 0)
            throw new InvalidOperationException($"The sign-in link gave no cookie: {(int)answer.StatusCode}");
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 30)
                _lastLines.Dequeue();
        }

        if (SignInLink().Match(line) is { Success: true } link)
            _link.TrySetResult(new Uri(link.Value));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            // Ctrl-C, as a person stops it; .NET has no call for it.
            using var kill = Process.Start("kill", ["-INT", _process.Id.ToString()]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("The console did not stop within 15 s of Ctrl-C; it was killed.");
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    internal static string SolutionRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FluxOps.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run the benchmarks from a checkout: they publish the console first.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"https?://[^\s""]+/signin/link/[A-Za-z0-9_\-]+")]
    private static partial Regex SignInLink();
}
