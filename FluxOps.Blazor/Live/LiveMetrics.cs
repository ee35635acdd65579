using System.Diagnostics.Metrics;

namespace FluxOps.Blazor.Live;

/// <summary>What the live path says of itself, meter <c>FluxOps.Live</c>.</summary>
public sealed class LiveMetrics
{
    public const string MeterName = "FluxOps.Live";

    private readonly Histogram<double> _publish;

    public LiveMetrics(IMeterFactory meters, LiveGrid live)
    {
        var meter = meters.Create(MeterName);
        _publish = meter.CreateHistogram<double>("fluxops.live.publish.duration", "ms", "Applying what was queued and publishing one snapshot");
        meter.CreateObservableGauge("fluxops.live.watchers", () => live.WatcherCount, "{watchers}", "Circuits and hub connections that follow the live grid");
        meter.CreateObservableCounter("fluxops.live.version", () => live.Current?.Version ?? 0, "{snapshots}", "Version of the newest snapshot");
    }

    internal void Published(TimeSpan took) => _publish.Record(took.TotalMilliseconds);
}
