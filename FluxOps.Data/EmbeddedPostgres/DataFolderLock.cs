namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>One owner per data folder: a file held open exclusively (flock on Unix), which the system lets go when its process dies, however it dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(string folder)
    {
        // The name of the owner is beside the lock: a locked file cannot even be opened to read.
        var owner = Path.Combine(folder, "owner.pid");
        try
        {
            var file = new FileStream(Path.Combine(folder, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString());
            return new DataFolderLock(file);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new DataFolderInUseException(
                $"The data folder {folder} is in use by another copy of FluxOps (process {Owner(owner)}). " +
                "Stop that one, or give this one a folder of its own: FluxOps__EmbeddedPostgres__DataFolder.", e);
        }
    }

    private static string Owner(string path) => File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } pid ? pid : "unknown";

    public void Dispose() => _file.Dispose();
}
