using FluxOps.Blazor.Live;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Live;

public sealed class MeterBoardTests
{
    [Fact(Timeout = 10_000)]
    public async Task A_writer_that_fails_leaves_no_reader_waiting()
    {
        var board = new MeterBoard(2, []);
        // A column is too short: the second row cannot be applied.
        var broken = new IntervalReadings
        {
            Origin = ValueOrigin.Measured, UsagePointId = [0, 1], IntervalStart = [900, 900], Kwh = [1f, 1f], Volts = [240f], Quality = new ReadingQuality[2],
        };
        Assert.Throws<IndexOutOfRangeException>(() => board.Apply(broken));
        var value = await Task.Run(() => board.Value(0), TestContext.Current.CancellationToken);
        Assert.Equal(240, value!.Value.Volts);
    }
}
