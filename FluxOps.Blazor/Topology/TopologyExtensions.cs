namespace FluxOps.Blazor.Topology;

public static class TopologyExtensions
{
    /// <summary>The whole network behind the live picture: who hangs on whom, the map's files, traces, and what lies in a shape. Needs the serving store and the live grid.</summary>
    public static IHostApplicationBuilder AddTopology(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GridTopologies>();
        builder.Services.AddSingleton<AssetQuery>();
        builder.Services.AddHostedService<TopologyAhead>();
        return builder;
    }

    /// <summary>The map's files under <c>/grid</c>.</summary>
    public static IEndpointRouteBuilder MapTopologyFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGeometry();
        return endpoints;
    }
}
