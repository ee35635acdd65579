namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>
/// The words put before a server program so that it may run, dies with us, and does not get our Ctrl-C:
/// <c>setsid</c> (own process group), <c>unshare</c> or <c>setpriv --reuid</c> (Postgres refuses root), <c>setpriv --pdeathsig</c> (fast shutdown when we are killed).
/// All of them exec: the process id stays the server's.
/// </summary>
internal sealed class PostgresLaunch
{
    private const string Nobody = "65534"; // on every Debian, with the passwd entry that initdb wants

    private readonly string[] _identity;

    private PostgresLaunch(string[] identity, bool otherUser)
    {
        _identity = identity;
        OtherUser = otherUser;
    }

    /// <summary>True where the server runs as nobody, so that data and programs must be within nobody's reach.</summary>
    public bool OtherUser { get; }

    public static PostgresLaunch Choose(RootLaunch wish)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return new([], false);
        string[] unshare = ["unshare", "--user", "--map-user=" + Nobody, "--map-group=" + Nobody, "--"];
        var allowed = wish == RootLaunch.UserNamespace ||
            (wish == RootLaunch.Automatic && Command.Run(unshare[0], [.. unshare[1..], "true"]).ExitCode == 0);
        return allowed
            ? new(unshare, false)
            : new(["setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups", "--"], true);
    }

    /// <summary>Command line of a program that must not be root.</summary>
    public (string Program, string[] Arguments) For(string program, IEnumerable<string> arguments) =>
        Split([.. _identity, program, .. arguments]);

    /// <summary>Command line of the server.</summary>
    public (string Program, string[] Arguments) ForServer(string program, IEnumerable<string> arguments)
    {
        // Without these (macOS, Windows) an orphan is possible: the next start finds and stops it.
        string[] guard = OperatingSystem.IsLinux() ? ["setpriv", "--pdeathsig=INT", "--"] : [];
        string[] group = OperatingSystem.IsLinux() ? ["setsid"] : [];
        return Split([.. group, .. _identity, .. guard, program, .. arguments]);
    }

    /// <summary>Gives the folder to whom the server will be; also back again, when the kernel has come to allow user namespaces.</summary>
    public void Own(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return;
        var owner = OtherUser ? $"{Nobody}:{Nobody}" : "0:0";
        var outcome = Command.Run("chown", ["-R", owner, folder]);
        if (outcome.ExitCode != 0)
            throw new EmbeddedPostgresException($"The data folder {folder} could not be given to the server's user: {outcome.Output}");
    }

    private static (string, string[]) Split(string[] words) => (words[0], words[1..]);
}
