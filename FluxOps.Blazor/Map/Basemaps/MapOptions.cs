namespace FluxOps.Blazor.Map.Basemaps;

/// <summary>Section <c>FluxOps:Map</c>.</summary>
public sealed class MapOptions
{
    public const string Section = "FluxOps:Map";

    /// <summary>Folder of the operator's own basemaps, <c>*.pmtiles</c>; made when absent. null: <c>fluxops/basemaps</c> in the user's data folder.</summary>
    public string? BasemapFolder { get; set; }

    /// <summary>The folder that is meant, as a full path. Beside the private server's data where there are any.</summary>
    public string ResolveBasemapFolder()
    {
        if (BasemapFolder is { Length: > 0 })
            return Path.GetFullPath(BasemapFolder);
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        if (data.Length == 0)
            data = Path.Combine(Path.GetTempPath(), "fluxops-" + Environment.UserName);
        return Path.Combine(data, "fluxops", "basemaps");
    }
}
