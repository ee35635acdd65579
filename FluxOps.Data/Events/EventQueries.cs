#pragma warning disable CA1822 // signatures only
namespace FluxOps.Data.Events;

/// <summary>An event with the meter it is of.</summary>
public sealed record RecentMeterEvent(EndDeviceEvent Event, string Serial, string Address);

/// <summary>Signatures the pages are built on; replaced by the queries themselves.</summary>
public sealed class EventQueries
{
    public Task<IReadOnlyList<EndDeviceEvent>> ForMeterAsync(int usagePointId, int take, CancellationToken ct) => Task.FromResult<IReadOnlyList<EndDeviceEvent>>([]);
    public Task<IReadOnlyList<RecentMeterEvent>> RecentAsync(int take, CancellationToken ct) => Task.FromResult<IReadOnlyList<RecentMeterEvent>>([]);
}
