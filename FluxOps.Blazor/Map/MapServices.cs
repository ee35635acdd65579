namespace FluxOps.Blazor.Map;

public static class MapServices
{
    /// <summary>What the map and the panels of its assets ask the server for.</summary>
    public static IServiceCollection AddMap(this IServiceCollection services) => services.AddSingleton<AssetDetails>().AddSingleton<AssetFinder>();
}
