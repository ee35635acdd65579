namespace FluxOps.Blazor.Security;

/// <summary>Where to go after signing in: only within this site.</summary>
public static class LocalUrl
{
    /// <summary><paramref name="url"/> when it is a path of this site, else <c>/</c>. <c>//host</c> and <c>/\host</c> are other sites to a browser.</summary>
    public static string Or(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl)
        && !url.StartsWith("/signin", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("/signout", StringComparison.OrdinalIgnoreCase)
            ? url : "/";
}
