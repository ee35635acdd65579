using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Data.Telemetry;

namespace FluxOps.Benchmarks.Map;

/// <summary>One reading of every meter, of the last full quarter hour: codes as different as a day's, so that nothing packs better than it would.</summary>
internal static class CityReadings
{
    private const int Batch = 20_000;

    public static async Task WriteAsync(ServingStore store, int meters, CancellationToken stop)
    {
        Console.WriteLine($"Readings of {meters:N0} meters ...");
        var (writer, random) = (new ReadingWriter(store), new Random(8901));
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 900 * 900 - 900;
        for (var first = 0; first < meters; first += Batch)
        {
            int[] ids = [.. Enumerable.Range(first, Math.Min(Batch, meters - first))];
            await writer.WriteAsync(new IntervalReadings
            {
                Origin = ValueOrigin.Simulated,
                UsagePointId = ids,
                IntervalStart = [.. ids.Select(_ => start)],
                Kwh = [.. ids.Select(_ => random.NextSingle())],
                Volts = [.. ids.Select(_ => random.Next(100) == 0 ? 215f : 234 + 12 * random.NextSingle())],
                Quality = new ReadingQuality[ids.Length],
            }, stop);
        }
    }
}
