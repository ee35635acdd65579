using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace FluxOps.Tests.Components;

/// <summary>What every component test needs: a live grid of its own, a clock that stands, and the control room in UTC.</summary>
public abstract class ComponentTest : BunitContext
{
    // How long a render may take on a busy machine; what is there at once does not wait.
    static ComponentTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    /// <param name="add">What the components of one class need besides: services are closed once the renderer is asked for.</param>
    protected ComponentTest(Action<IServiceCollection, LiveGrid>? add = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(new ControlRoomTime(TimeZoneInfo.Utc, Time));
        Services.AddSingleton(Live);
        add?.Invoke(Services, Live);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    protected FakeTimeProvider Time { get; } = new(TestSnapshots.Now);
    protected LiveGrid Live { get; } = new();
}
