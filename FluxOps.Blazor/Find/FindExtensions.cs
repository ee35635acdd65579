namespace FluxOps.Blazor.Find;

public static class FindExtensions
{
    /// <summary>The search for any asset. Needs the live grid and the serving store.</summary>
    public static IHostApplicationBuilder AddFind(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AssetSearches>();
        builder.Services.AddHostedService(s => s.GetRequiredService<AssetSearches>());
        return builder;
    }
}
