using FluxOps.Data.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL server: started, watched, restarted when it dies, and stopped with us. Its socket stays the same, so that clients simply reconnect.
/// It also ends by itself when we are killed (Linux), and the next start deals with whatever is left.
/// </summary>
public sealed class EmbeddedPostgresServer(EmbeddedPostgresOptions options, ILogger? logger = null, TimeProvider? time = null) : IAsyncDisposable
{
    private static readonly TimeSpan FastStop = TimeSpan.FromSeconds(2.7);
    private static readonly double[] RestartAfterSeconds = [0, 0.2, 0.5, 1, 2, 5];

    private readonly ILogger _log = logger ?? NullLogger.Instance;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly CancellationTokenSource _stopping = new();
    private PostgresFolders? _folders;
    private PostgresBinaries? _binaries;
    private PostgresLaunch? _launch;
    private DataFolderLock? _lock;
    private PostgresProcess? _process;
    private Task _watch = Task.CompletedTask;
    private int _disposed;

    /// <summary>Connects to the maintenance database as the owner; the application's own database is named by whoever makes it.</summary>
    public string ConnectionString => At(_folders ?? throw new InvalidOperationException("The server has not been started."), "postgres");

    /// <summary>The application's database on the server that another process of ours runs on a data folder.</summary>
    public static string RunningAt(EmbeddedPostgresOptions options) =>
        At(PostgresFolders.Create(options.DataFolder, PostgresBinaries.Find(options.BinaryFolder).Major, PostgresLaunch.Choose(options.RootLaunch).OtherUser), "fluxops");

    private static string At(PostgresFolders folders, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folders.Socket,
        Port = 5432,
        Username = "postgres",
        Database = database,
    }.ConnectionString;

    /// <summary>Process id of the running server.</summary>
    public int ProcessId { get; private set; }

    /// <summary>How often it has been restarted after a death that was not ours.</summary>
    public int Restarts { get; private set; }

    public async Task StartAsync(IProgress<StartProgress>? progress = null, CancellationToken ct = default)
    {
        _binaries = PostgresBinaries.Find(options.BinaryFolder);
        _launch = PostgresLaunch.Choose(options.RootLaunch);
        _folders = PostgresFolders.Create(options.DataFolder, _binaries.Major, _launch.OtherUser);
        _lock = DataFolderLock.Take(_folders.Root);
        try
        {
            await PostgresOrphan.ClearAsync(_folders, _binaries, _log, _time, ct);
            if (_launch.OtherUser)
                _binaries = PostgresReach.Ensure(_binaries, _launch, _folders);
            PostgresCluster.Ensure(_folders, _binaries, _launch, _log, progress);
            _launch.Own(_folders.Data);
            _launch.Own(_folders.Socket);
            progress?.Report(new("database", "Starting the database server"));
            await LaunchAsync(ct);
        }
        catch
        {
            await StopProcessAsync();
            _lock.Dispose();
            _lock = null;
            throw;
        }
        _watch = WatchAsync();
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        var (program, arguments) = _launch!.ForServer(_binaries!.Server, PostgresSettings.Arguments(_folders!, options.Settings));
        var process = new PostgresProcess(program, arguments, _log);
        ProcessId = await process.Started;
        _process = process;
        while (!IsReady())
        {
            if (await Task.WhenAny(process.Exited, Task.Delay(TimeSpan.FromMilliseconds(10), _time, ct)) == process.Exited)
                throw new EmbeddedPostgresException($"PostgreSQL ended while it started.{Environment.NewLine}{process.LastWords}");
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Line 1 of postmaster.pid is the process, line 8 its state.</summary>
    private bool IsReady()
    {
        try
        {
            using var reader = new StreamReader(new FileStream(_folders!.PidFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            var lines = reader.ReadToEnd().Split('\n');
            return lines.Length > 7 && lines[7].Trim() == "ready" && lines[0].Trim() == ProcessId.ToString();
        }
        catch (IOException)
        {
            return false; // not written yet
        }
    }

    private async Task WatchAsync()
    {
        var attempt = 0;
        while (true)
        {
            var since = _time.GetTimestamp();
            var code = await _process!.Exited;
            if (_stopping.IsCancellationRequested)
                return;
            if (_time.GetElapsedTime(since) > TimeSpan.FromMinutes(1))
                attempt = 0;
            _log.LogWarning("PostgreSQL (process {Pid}) ended unexpectedly with code {Code}; it is started again", ProcessId, code);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(RestartAfterSeconds[Math.Min(attempt++, RestartAfterSeconds.Length - 1)]), _time, _stopping.Token);
                await PostgresOrphan.ClearAsync(_folders!, _binaries!, _log, _time, _stopping.Token);
                await LaunchAsync(_stopping.Token);
                Restarts++;
                _log.LogInformation("PostgreSQL runs again (process {Pid})", ProcessId);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is EmbeddedPostgresException or IOException)
            {
                _log.LogError("PostgreSQL did not come back: {Reason}", e.Message);
            }
        }
    }

    /// <summary>
    /// Fast shutdown: SIGINT, and where its last checkpoint takes too long SIGQUIT: what is committed is in the log, and the next start replays it.
    /// Never SIGKILL, which would leave shared memory behind.
    /// </summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await StopProcessAsync();
        await _watch;
        await StopProcessAsync(); // one that the watch was just starting
        _lock?.Dispose();
        _lock = null;
    }

    private async Task StopProcessAsync()
    {
        if (_process is not { } process || process.Exited.IsCompleted)
            return;
        process.ExpectEnd();
        if (OperatingSystem.IsWindows())
            Command.Run(_binaries!.PgCtl, ["stop", "-D", _folders!.Data, "-m", "fast", "-w"]);
        PostgresOrphan.Signal(ProcessId, PostgresOrphan.SigInt);
        if (await Task.WhenAny(process.Exited, Task.Delay(FastStop, _time)) != process.Exited)
        {
            PostgresOrphan.Signal(ProcessId, PostgresOrphan.SigQuit);
            await process.Exited;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await StopAsync();
        _stopping.Dispose();
    }
}
