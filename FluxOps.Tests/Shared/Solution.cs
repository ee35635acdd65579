namespace FluxOps.Tests.Shared;

internal static class Solution
{
    /// <summary>The folder of the checkout.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FluxOps.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from a checkout.");
    }
}
