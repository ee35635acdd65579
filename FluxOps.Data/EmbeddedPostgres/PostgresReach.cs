namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Root without user namespaces: the server runs as nobody, who cannot see into root's home. Programs that lie there are copied to where nobody can.</summary>
internal static class PostgresReach
{
    public static PostgresBinaries Ensure(PostgresBinaries binaries, PostgresLaunch launch, PostgresFolders folders)
    {
        var (program, arguments) = launch.For("test", ["-x", folders.Root]);
        if (Command.Run(program, arguments).ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"The data folder {folders.Root} is closed to the user 'nobody', as whom the server must run here (root may not, and the kernel forbids user namespaces). " +
                "Set FluxOps__EmbeddedPostgres__DataFolder to a folder whose parents everyone may enter, such as /var/lib/fluxops/postgres.");
        if (CanRun(binaries, launch))
            return binaries;
        var copy = binaries with { Folder = Path.Combine(folders.Root, $"pg-{binaries.Major}") };
        if (!CanRun(copy, launch))
        {
            Directory.CreateDirectory(copy.Folder);
            var outcome = Command.Run("cp", ["-a", binaries.Folder + "/.", copy.Folder]);
            if (outcome.ExitCode != 0 || !CanRun(copy, launch))
                throw new EmbeddedPostgresException($"PostgreSQL in {binaries.Folder} is closed to the user 'nobody', and could not be copied to {copy.Folder}: {outcome.Output}");
        }
        return copy;
    }

    private static bool CanRun(PostgresBinaries binaries, PostgresLaunch launch)
    {
        var (program, arguments) = launch.For(binaries.Server, ["--version"]);
        return Command.Run(program, arguments).ExitCode == 0;
    }
}
