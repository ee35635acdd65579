using FluxOps.Blazor.Live;
using FluxOps.Data.EmbeddedPostgres;
using FluxOps.Data.Serving;

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
        (SignInSettings.Section, typeof(SignInSettings)),
        (ControlRoomOptions.Section, typeof(ControlRoomOptions)),
        (LiveGridOptions.Section, typeof(LiveGridOptions)),
    ];

    public static IServiceCollection AddHostOptions(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignInSettings>().BindConfiguration(SignInSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ControlRoomOptions>().BindConfiguration(ControlRoomOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
