using FluxOps.Data.Serving;
using Microsoft.Extensions.Logging;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Makes the database cluster on first use. It is made aside and renamed when whole: a killed initdb leaves nothing that looks like data.</summary>
internal static class PostgresCluster
{
    public static void Ensure(PostgresFolders folders, PostgresBinaries binaries, PostgresLaunch launch, ILogger log, IProgress<StartProgress>? progress)
    {
        if (File.Exists(Path.Combine(folders.Data, "global", "pg_control")))
            return;
        progress?.Report(new("database", "Making the database (first start)"));
        if (Directory.Exists(folders.Data))
        {
            var aside = folders.Data + ".broken";
            for (var n = 1; Directory.Exists(aside); n++)
                aside = $"{folders.Data}.broken-{n}";
            Directory.Move(folders.Data, aside);
            log.LogWarning("{Folder} was no complete database; it is kept as {Aside}", folders.Data, aside);
        }
        if (Directory.Exists(folders.Initialising))
            Directory.Delete(folders.Initialising, recursive: true);
        PostgresFolders.CreatePrivate(folders.Initialising);
        launch.Own(folders.Initialising);
        // The builtin locale sorts alike on every platform (17 and newer have it); trust is safe behind a 0700 socket folder.
        string[] locale = binaries.Major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--locale=C"];
        var (program, arguments) = launch.For(binaries.InitDb,
            ["-D", folders.Initialising, "-U", "postgres", "-A", "trust", "-E", "UTF8", .. locale, "--no-instructions", "--data-checksums"]);
        var outcome = Command.Run(program, arguments);
        if (outcome.ExitCode != 0)
            throw new EmbeddedPostgresException($"initdb failed in {folders.Initialising}:{Environment.NewLine}{outcome.Output}");
        Directory.Move(folders.Initialising, folders.Data);
    }
}
