using System.Security.Cryptography;
using System.Text;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>The folders of one private server. Named by major version, since those are not interchangeable.</summary>
internal sealed record PostgresFolders(string Root, string Data, string Socket)
{
    // A Unix socket's path may have 107 bytes; the file itself is "/.s.PGSQL.5432.lock".
    private const int LongestSocketFolder = 107 - 19;

    public string Initialising => Data + ".tmp";
    public string PidFile => Path.Combine(Data, "postmaster.pid");

    public static PostgresFolders Create(string? configured, int major, bool otherUser)
    {
        var root = Path.GetFullPath(configured is { Length: > 0 } ? configured : DefaultRoot(otherUser));
        try
        {
            CreateOpen(root, otherUser);
            var socket = Path.Combine(root, "run");
            if (Encoding.UTF8.GetByteCount(socket) > LongestSocketFolder)
                socket = Path.Combine("/tmp", "fluxops-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]);
            CreatePrivate(socket);
            return new PostgresFolders(root, Path.Combine(root, $"data-{major}"), socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"The data folder {root} cannot be made or written: {e.Message}", e);
        }
    }

    private static string DefaultRoot(bool otherUser)
    {
        if (otherUser)
            return "/var/lib/fluxops/postgres"; // root's home is closed to the user that the server will be
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        if (data.Length == 0)
            data = Path.Combine(Path.GetTempPath(), "fluxops-" + Environment.UserName);
        return Path.Combine(data, "fluxops", "postgres");
    }

    private static void CreateOpen(string folder, bool otherUser)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, otherUser
                ? Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
                : Private);
    }

    /// <summary>0700: the server trusts whoever reaches its socket. Setting the mode of another user's folder fails, which is what we want of it.</summary>
    public static void CreatePrivate(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Private);
    }

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
}
