using System.Diagnostics;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Tests.Data;

namespace FluxOps.Tests.Live;

/// <summary>What a reading and a snapshot allocate: bytes are the same on any machine, times are only written down.</summary>
public sealed class CostTests
{
    [Fact]
    public void A_reading_allocates_nothing()
    {
        var board = new MeterBoard(100_000, []);
        board.Apply(Batches.Readings(900, 0, 100_000));
        var next = Batches.Readings(1800, 0, 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        board.Apply(next);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void A_reading_allocates_nothing_with_a_code_either_and_settling_copies_only_the_stations_that_moved()
    {
        var stage = new Stage(TestGrid.Make(substations: 50, feedersEach: 4, transformersEach: 50, metersEach: 10));
        stage.State.Attach(new(stage.Grid));
        stage.Take(stage.Sweep(full: true), new ReadingsChange(true, Batches.Readings(Stage.Start.ToUnixTimeSeconds() - 1800, 0, 100_000), [], 0));
        // Station 3 alone: 2,000 meters on 200 transformers.
        var change = new ReadingsChange(false, Batches.Readings(Stage.Start.ToUnixTimeSeconds() - 900, 6_000, 2_000), [], 0);
        Array.Fill(change.Latest.Volts, 215f);
        var before = GC.GetAllocatedBytesForCurrentThread();
        stage.State.Apply(change);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);

        before = GC.GetAllocatedBytesForCurrentThread();
        var snapshot = stage.State.Settle()!;
        // Codes of one station's meters and transformers, and two lists of the fifty stations.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 2_200, 8_000);
        Assert.Equal(1, Enumerable.Range(0, 50).Count(s => !ReferenceEquals(snapshot.Assets!.Meters.Chunks[s], stage.Now.Assets!.Meters.Chunks[s])));

        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(stage.State.Settle());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000);
    }

    [Fact]
    public void A_snapshot_of_the_whole_grid_allocates_less_than_the_values_it_copies()
    {
        var stage = new Stage(TestGrid.Make(substations: 275, feedersEach: 6, segmentsEach: 1, transformersEach: 1, metersEach: 1));
        var live = new LiveGrid();
        stage.Take(stage.Sweep(full: true));
        const int rounds = 200;
        long bytes = 0, ticks = 0;
        for (var i = 0; i < rounds; i++)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(2));
            var sweep = stage.Sweep(amps: [.. stage.Grid.Feeders.Select(f => 250f + (f.Id + i) % 200)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            stage.State.Apply(sweep);
            if (stage.State.Settle() is { } snapshot) live.Publish(snapshot);
            ticks += Stopwatch.GetTimestamp() - start;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var microseconds = ticks * 1e6 / Stopwatch.Frequency / rounds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{stage.Grid.Feeders.Length} feeders: {microseconds:0} us and {bytes / rounds:N0} B a snapshot, minutes' columns included");
        // 1,650 feeders of 12 columns and 275 stations of 13 are at most 110 kB; a minute's new columns (1,925 rows of 60) are 600 kB every thirtieth time.
        Assert.InRange(bytes / rounds, 1, 140_000);
    }
}
