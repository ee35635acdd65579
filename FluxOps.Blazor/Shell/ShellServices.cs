using FluxOps.Blazor.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace FluxOps.Blazor.Shell;

public static class ShellServices
{
    /// <summary>What the pages need beside data: MudBlazor, and the control room's time.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddMudServices();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new ControlRoomTime(
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<IOptions<ControlRoomOptions>>().Value.TimeZone),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
