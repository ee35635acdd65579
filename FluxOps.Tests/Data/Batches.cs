using FluxOps.Data.Devices;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Data;

/// <summary>Readings and sweeps for tests of the store.</summary>
internal static class Batches
{
    public static readonly long Noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    public static IntervalReadings Readings(long start, int from, int count, ReadingQuality quality = ReadingQuality.Good, float kwh = 0.25f, ValueOrigin origin = ValueOrigin.Simulated) => new()
    {
        Origin = origin,
        UsagePointId = [.. Enumerable.Range(from, count)],
        IntervalStart = [.. Enumerable.Repeat(start, count)],
        Kwh = [.. Enumerable.Repeat(quality == ReadingQuality.Missing ? float.NaN : kwh, count)],
        Volts = [.. Enumerable.Range(from, count).Select(i => 238f + (i % 10))],
        Quality = [.. Enumerable.Repeat(quality, count)],
    };

    public static DeviceStates Devices(long milliseconds, params (int Id, bool Open)[] devices) => new()
    {
        DeviceId = [.. devices.Select(d => d.Id)], Open = [.. devices.Select(d => d.Open)], SourceTime = [.. devices.Select(_ => milliseconds)],
        Quality = new TelemetryQuality[devices.Length], Origin = [.. devices.Select(_ => ValueOrigin.Simulated)],
    };

    public static TelemetrySweep Sweep(long milliseconds, int feeders, int substations, float mw = 5)
    {
        T[] F<T>(Func<int, T> f) => [.. Enumerable.Range(0, feeders).Select(f)];
        T[] S<T>(Func<int, T> f) => [.. Enumerable.Range(0, substations).Select(f)];
        return new TelemetrySweep
        {
            Origin = ValueOrigin.Simulated,
            Feeders = new FeederTelemetry
            {
                FeederId = F(i => i), SourceTime = F(_ => milliseconds), Mw = F(i => mw + i), Mvar = F(_ => 1f), Kv = F(_ => 12.5f), Amps = F(_ => 250f),
                Breaker = F(_ => BreakerState.Closed), Quality = F(_ => TelemetryQuality.Good),
            },
            Substations = new SubstationTelemetry
            {
                SubstationId = S(i => i), SourceTime = S(_ => milliseconds), Mw = S(i => 10 * (mw + i)), Mvar = S(_ => 2f), Kv = S(_ => 12.5f), Quality = S(_ => TelemetryQuality.Good),
            },
        };
    }
}
