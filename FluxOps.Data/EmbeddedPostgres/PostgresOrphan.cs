using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>What a previous run may have left behind: a server of ours that still runs on the data, or a pid file whose number now belongs to someone else.</summary>
internal static partial class PostgresOrphan
{
    public const int SigInt = 2;
    public const int SigQuit = 3;

    /// <summary>Stops an orphan on our data folder; clears a stale pid file. Call only as the owner of the folder's lock.</summary>
    public static async Task ClearAsync(PostgresFolders folders, PostgresBinaries binaries, ILogger log, TimeProvider time, CancellationToken ct)
    {
        if (ReadPid(folders.PidFile) is not { } pid)
            return;
        if (IsServerOn(pid, folders.Data))
        {
            log.LogWarning("A PostgreSQL server of a previous run (process {Pid}) still runs on {Folder}: it is stopped first", pid, folders.Data);
            if (OperatingSystem.IsLinux())
                await StopAsync(pid, folders.Data, time, ct);
            else
                Command.Run(binaries.PgCtl, ["stop", "-D", folders.Data, "-m", "fast", "-w"]);
            return;
        }
        // Containers reuse process ids: Postgres would take whoever has the number now for its own previous server.
        File.Delete(folders.PidFile);
        File.Delete(Path.Combine(folders.Socket, ".s.PGSQL.5432.lock"));
        File.Delete(Path.Combine(folders.Socket, ".s.PGSQL.5432"));
    }

    private static async Task StopAsync(int pid, string data, TimeProvider time, CancellationToken ct)
    {
        // The parent's death may have told it already; a second SIGINT changes nothing.
        Signal(pid, SigInt);
        for (var waited = 0; IsServerOn(pid, data); waited++)
        {
            if (waited == 200)
                Signal(pid, SigQuit);
            if (waited > 400)
                throw new EmbeddedPostgresException($"The PostgreSQL server of a previous run (process {pid}) on {data} does not stop. End it, then start again.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct);
        }
    }

    private static int? ReadPid(string pidFile)
    {
        if (!File.Exists(pidFile))
            return null;
        using var reader = new StreamReader(new FileStream(pidFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return int.TryParse(reader.ReadLine(), out var pid) && pid > 0 ? pid : 0;
    }

    private static bool IsServerOn(int pid, string data)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(data);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false; // nobody has the number
        }
    }

    public static void Signal(int pid, int signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (Kill(pid, signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != 3 /* ESRCH: gone already */)
            throw new EmbeddedPostgresException($"Process {pid} could not be signalled (errno {error}).");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
