namespace FluxOps.Tests.Generator;

/// <summary>Real files that are not part of the repository: in the folder FLUXOPS_SHARED_DATA names, or in shared/data beside a folder above.</summary>
internal static class SharedData
{
    public static string? Find(params string[] path)
    {
        var relative = Path.Combine(path);
        if (Environment.GetEnvironmentVariable("FLUXOPS_SHARED_DATA") is { Length: > 0 } given)
            return File.Exists(Path.Combine(given, relative)) ? Path.Combine(given, relative) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", relative) is var candidate && File.Exists(candidate))
                return candidate;
        return null;
    }
}
