using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map.Basemaps;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;
using FluxOps.Generator.Network;
using FluxOps.Generator.Simulation;

namespace FluxOps.Blazor.Configuration;

/// <summary>Every section of the configuration and the class it is bound to: what the check at the start goes through.</summary>
public static class Sections
{
    public static readonly IReadOnlyList<(string Name, Type Options)> All =
    [
        (SiteOptions.Section, typeof(SiteOptions)),
        (ConnectionStringOptions.Section, typeof(ConnectionStringOptions)),
        (ServingOptions.Section, typeof(ServingOptions)),
        (EmbeddedPostgresOptions.Section, typeof(EmbeddedPostgresOptions)),
        (GridOptions.Section, typeof(GridOptions)),
        (SimulationOptions.Section, typeof(SimulationOptions)),
        (SignInSettings.Section, typeof(SignInSettings)),
        (ControlRoomOptions.Section, typeof(ControlRoomOptions)),
        (LiveGridOptions.Section, typeof(LiveGridOptions)),
        (MapOptions.Section, typeof(MapOptions)),
    ];

    public static IServiceCollection AddHostOptions(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignInSettings>().BindConfiguration(SignInSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ControlRoomOptions>().BindConfiguration(ControlRoomOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
