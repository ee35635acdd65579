using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FluxOps.Blazor.Live;

public static class LiveGridExtensions
{
    /// <summary>The live state of the grid in this process, kept by the change feed, and the bulk lane's hub. Needs the serving store.</summary>
    public static IHostApplicationBuilder AddLiveGrid(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<LiveGridOptions>().BindConfiguration(LiveGridOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<LiveGrid>();
        builder.Services.AddSingleton<LiveMetrics>();
        builder.Services.AddSingleton<IGridSource, ServingSource>();
        builder.Services.AddHostedService<LiveGridService>();
        builder.Services.AddSignalR().AddMessagePackProtocol();
        return builder;
    }

    /// <summary>The hub <c>/hubs/live</c>.</summary>
    public static IEndpointRouteBuilder MapLiveHub(this IEndpointRouteBuilder endpoints)
    {
        // A session that ran out ends its lane too; the client comes back with the cookie it has by then.
        endpoints.MapHub<LiveHub>(LiveHub.Path, o => o.CloseOnAuthenticationExpiration = true);
        return endpoints;
    }
}
