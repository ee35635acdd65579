namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Section <c>FluxOps:EmbeddedPostgres</c>: the private server that runs where no connection string is configured.</summary>
public sealed class EmbeddedPostgresOptions
{
    public const string Section = "FluxOps:EmbeddedPostgres";

    /// <summary>Where the data live; null: <c>fluxops/postgres</c> in the user's data folder.</summary>
    public string? DataFolder { get; set; }

    /// <summary>Folder that holds the server's <c>bin</c>, where it is neither among the npm packages nor installed.</summary>
    public string? BinaryFolder { get; set; }

    /// <summary>How a server is started by root, which Postgres itself refuses. For tests and odd hosts; the default finds out.</summary>
    public RootLaunch RootLaunch { get; set; }

    /// <summary>Server settings that differ from ours, such as <c>shared_buffers</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];
}

/// <summary>How root starts a server that refuses to be root.</summary>
public enum RootLaunch
{
    /// <summary>A user namespace where the kernel allows one, else another user id.</summary>
    Automatic,
    /// <summary><c>unshare --user</c>: the files stay root's.</summary>
    UserNamespace,
    /// <summary><c>setpriv --reuid</c> to nobody: the files become nobody's, and must lie where nobody can reach them.</summary>
    OtherUser,
}

/// <summary>The private server could not be started; the message is for the person who reads the console.</summary>
public class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another copy owns the data folder.</summary>
public sealed class DataFolderInUseException(string message, Exception? inner = null) : EmbeddedPostgresException(message, inner);

/// <summary>There are no server programs to start.</summary>
public sealed class NoPostgresBinariesException(string message) : EmbeddedPostgresException(message);
