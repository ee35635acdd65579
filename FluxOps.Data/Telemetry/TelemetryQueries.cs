#pragma warning disable CA1822 // signatures only
namespace FluxOps.Data.Telemetry;

/// <summary>Values by the minute, NaN for a gap.</summary>
public sealed record MinuteSeries(long[] UnixSeconds, float[] Mw, float[] Kv, float[] Amps);

/// <summary>The system's figures of one minute.</summary>
public sealed record KpiMinute(DateTimeOffset Minute, double? SystemMw);

/// <summary>Signatures the pages are built on; replaced by the queries themselves.</summary>
public sealed class TelemetryQueries
{
    private static readonly Task<MinuteSeries> Nothing = Task.FromResult(new MinuteSeries([], [], [], []));

    public Task<MinuteSeries> SubstationAsync(int id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => Nothing;
    public Task<MinuteSeries> FeederAsync(int id, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => Nothing;
    public Task<IReadOnlyList<KpiMinute>> KpiMinutesAsync(int minutes, CancellationToken ct) => Task.FromResult<IReadOnlyList<KpiMinute>>([]);
}
