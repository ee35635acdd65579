using FluxOps.Data.Changes;
using FluxOps.Data.Devices;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FluxOps.Data.Serving;

/// <summary>Registration of the serving store and of everything that reads or writes it.</summary>
public static class ServingServices
{
    public static IServiceCollection AddServingStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ServingOptions>()
            .Bind(configuration.GetSection(ServingOptions.Section))
            .Configure(o => o.ConnectionString = configuration[ServingOptions.ConnectionStringKey])
            .ValidateDataAnnotations();
        services.AddOptions<EmbeddedPostgresOptions>().Bind(configuration.GetSection(EmbeddedPostgresOptions.Section));
        services.AddSingleton(s => new ServingStore(
            s.GetRequiredService<IOptions<ServingOptions>>().Value,
            s.GetRequiredService<IOptions<EmbeddedPostgresOptions>>().Value,
            s.GetService<ILogger<ServingStore>>(),
            s.GetRequiredService<TimeProvider>()));

        services.AddSingleton<GridStore>();
        services.AddSingleton<GridTexts>();
        services.AddSingleton<TelemetryWriter>();
        services.AddSingleton<ReadingWriter>();
        services.AddSingleton<EventWriter>();
        services.AddSingleton<DeviceWriter>();
        services.AddSingleton<DeviceQueries>();
        services.AddSingleton<TelemetryQueries>();
        services.AddSingleton<ReadingQueries>();
        services.AddSingleton<EventQueries>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService<Retention>();

        // Resolving a context before the store is ready throws; afterwards it is an ordinary one. Identity wants the scoped registration.
        services.AddDbContextFactory<FluxOpsContext>((s, o) =>
            o.UseNpgsql(s.GetRequiredService<ServingStore>().DataSource).UseSnakeCaseNamingConvention());
        return services;
    }
}
