using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>
/// One run of the server. It is started by a thread of its own that lives as long as the server does: the kernel's parent-death signal
/// goes by the *thread* that started the process, and one from the pool may be retired at any time.
/// </summary>
internal sealed class PostgresProcess
{
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();
    private readonly ILogger _log;
    private volatile bool _stopping;

    public PostgresProcess(string program, string[] arguments, ILogger log)
    {
        _log = log;
        new Thread(() => Run(program, arguments)) { IsBackground = true, Name = "postgres" }.Start();
    }

    /// <summary>Process id, once started.</summary>
    public Task<int> Started => _started.Task;

    /// <summary>Exit code, once it has ended with all its children.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>From here on what it says of connections that end is no news.</summary>
    public void ExpectEnd() => _stopping = true;

    /// <summary>What it said last, for an error message.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastLines)
                return string.Join(Environment.NewLine, _lastLines);
        }
    }

    private void Run(string program, string[] arguments)
    {
        try
        {
            var info = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
            foreach (var argument in arguments)
                info.ArgumentList.Add(argument);
            using var process = new Process { StartInfo = info };
            process.ErrorDataReceived += (_, e) => Heard(e.Data);
            process.OutputDataReceived += (_, e) => Heard(e.Data);
            process.Start();
            process.StandardInput.Close();
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            _started.TrySetResult(process.Id);
            process.WaitForExit();
            _exited.TrySetResult(process.ExitCode);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            var failure = new EmbeddedPostgresException($"{program} could not be started: {e.Message}", e);
            _started.TrySetException(failure);
            _exited.TrySetResult(127);
        }
    }

    private void Heard(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            if (_lastLines.Count == 20)
                _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }
        if ((line.Contains("FATAL:", StringComparison.Ordinal) && !_stopping) || line.Contains("PANIC:", StringComparison.Ordinal))
            _log.LogWarning("postgres: {Line}", line);
        else
            _log.LogDebug("postgres: {Line}", line);
    }
}
