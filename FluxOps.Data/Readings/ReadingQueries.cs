#pragma warning disable CA1822 // signatures only
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Readings;

/// <summary>A usage point as pages show it.</summary>
public sealed record UsagePointRow(int Id, string Serial, string Address, int TransformerId, int FeederId, int SubstationId, CustomerClass Class, bool HasPv);

/// <summary>One interval of one meter, with where it came from and when.</summary>
/// <param name="IntervalStart">Unix seconds, UTC.</param>
public readonly record struct IntervalRow(long IntervalStart, float Kwh, float Volts, ReadingQuality Quality, ValueOrigin Origin, string? SourceCode, int IntervalSeconds, DateTimeOffset ReceivedAt);

/// <summary>Signatures the pages are built on; replaced by the queries themselves.</summary>
public sealed class ReadingQueries
{
    private static readonly Task<IReadOnlyList<UsagePointRow>> NoMeters = Task.FromResult<IReadOnlyList<UsagePointRow>>([]);

    public Task<UsagePointRow?> FindAsync(string serial, CancellationToken ct) => Task.FromResult<UsagePointRow?>(null);
    public Task<IReadOnlyList<UsagePointRow>> SearchAsync(string text, int take, CancellationToken ct) => NoMeters;
    public Task<IReadOnlyList<IntervalRow>> IntervalsAsync(int usagePointId, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => Task.FromResult<IReadOnlyList<IntervalRow>>([]);
}
