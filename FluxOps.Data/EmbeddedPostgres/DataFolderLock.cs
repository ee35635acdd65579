namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>One owner per data folder: a file held open exclusively (flock on Unix), which the system lets go when its process dies, however it dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "owner.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString()));
            file.Flush();
            return new DataFolderLock(file);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new DataFolderInUseException(
                $"The data folder {folder} is in use by another copy of FluxOps (process {Owner(path)}). " +
                "Stop that one, or give this one a folder of its own: FluxOps__EmbeddedPostgres__DataFolder.", e);
        }
    }

    private static string Owner(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } pid ? pid : "unknown";
        }
        catch (IOException)
        {
            return "unknown"; // a system whose locks also forbid reading
        }
    }

    public void Dispose() => _file.Dispose();
}
