using FluxOps.Generator.Network;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FluxOps.Generator.Simulation;

public static class SimulationServices
{
    /// <summary>Runs the simulation in this process. Needs the serving store (AddServingStore).</summary>
    public static IServiceCollection AddLiveSimulation(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SimulationOptions>().Bind(configuration.GetSection(SimulationOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GridOptions>().Bind(configuration.GetSection(GridOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SimulationStatus>();
        services.AddHostedService<LiveSimulation>();
        return services;
    }
}
