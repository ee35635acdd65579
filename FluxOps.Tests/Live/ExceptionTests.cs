using FluxOps.Blazor.Live;
using FluxOps.Data.Events;

namespace FluxOps.Tests.Live;

public sealed class ExceptionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Worst_first_then_newest_each_with_its_start()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        stage.Pass(2 * Second).Take(stage.Sweep(amps: [610, 300, 300, 300]));
        var over = stage.Time.GetUtcNow();
        stage.Pass(2 * Second).Take(stage.Sweep(amps: [620, 300, 630, 300], open: [3]));
        var later = stage.Time.GetUtcNow();

        Assert.Collection(stage.Now.Exceptions,
            e => Assert.Equal(new GridException(GridExceptionKind.FeederDeEnergised, 1, 1, 3, later, 53, 53), e),
            e => Assert.Equal(new GridException(GridExceptionKind.FeederOverLimit, 2, 1, 2, later, 105, 52), e),
            e => Assert.Equal(new GridException(GridExceptionKind.FeederOverLimit, 2, 0, 0, over, 103.3, 50), e));
    }

    [Fact]
    public void A_load_on_its_limit_is_one_exception_and_ends_once()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var starts = new HashSet<DateTimeOffset>();
        for (var i = 0; i < 10; i++)
        {
            stage.Pass(2 * Second).Take(stage.Sweep(amps: [i % 2 == 0 ? 606 : 594, 300, 300, 300]));
            starts.Add(Assert.Single(stage.Now.Exceptions).Since);
        }

        Assert.Single(starts);
        stage.Pass(2 * Second).Take(stage.Sweep(amps: [587, 300, 300, 300]));
        Assert.Empty(stage.Now.Exceptions);
    }

    [Fact]
    public void A_silent_station_is_said_once_with_the_time_of_its_last_value()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var last = stage.Time.GetUtcNow();
        for (var i = 0; i < 8; i++) stage.Pass(2 * Second).Take(stage.Sweep(silentStations: [1]));
        var silent = Assert.Single(stage.Now.Exceptions);
        Assert.Equal((GridExceptionKind.SubstationWithoutData, 1, -1, last), (silent.Kind, silent.SubstationId, silent.FeederId, silent.Since));
        Assert.Equal(16, silent.Value);

        stage.Pass(2 * Second).Take(stage.Sweep());
        Assert.Empty(stage.Now.Exceptions);
    }

    [Fact]
    public void A_station_that_never_spoke_is_said_after_its_time()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, silentStations: [0]));
        Assert.Empty(stage.Now.Exceptions);
        for (var i = 0; i < 6; i++) stage.Pass(2 * Second).Take(stage.Sweep(silentStations: [0]));
        Assert.Equal(0, Assert.Single(stage.Now.Exceptions).SubstationId);
    }

    [Fact]
    public void After_a_restart_the_start_is_found_in_the_minutes_and_the_events()
    {
        var stage = new Stage();
        var minute = Stage.Start.ToUnixTimeSeconds();
        MinuteColumn Minute(int ago, params float[] amps) => new(minute - 60 * ago, [10, 10], [5, 5, 5, 5], amps);
        stage.State.Seed([Minute(5, 300, 610, 300, 0), Minute(4, 610, 300, 300, 0), Minute(3, 610, 605, 300, 0), Minute(2, 620, 595, 300, 0), Minute(1, 630, 610, 300, 0)], []);

        stage.Take(stage.Sweep(full: true, amps: [640, 610, 640, 300], open: [3]));
        var since = stage.Now.Exceptions.ToDictionary(e => e.FeederId, e => e.Since);
        Assert.Equal(Stage.Start.AddMinutes(-4), since[0]);
        // 595 A is above what ends an overload: it did not end there.
        Assert.Equal(Stage.Start.AddMinutes(-3), since[1]);
        Assert.Equal(Stage.Start, since[2]);
        Assert.Equal(Stage.Start.AddMinutes(-5), since[3]);

        // The breaker's own event knows better.
        var opened = Stage.Start.AddHours(-2);
        stage.Take(stage.Event(CircuitEventKind.BreakerOpened, 3, opened, full: true));
        Assert.Equal(opened, stage.Now.Exceptions[0].Since);
    }

    [Fact]
    public void A_reopened_breaker_starts_anew()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true, open: [0]), stage.Event(CircuitEventKind.BreakerOpened, 0, Stage.Start.AddSeconds(-1)));
        Assert.Equal(Stage.Start.AddSeconds(-1), stage.Now.Exceptions[0].Since);
        stage.Pass(2 * Second).Take(stage.Sweep(), stage.Event(CircuitEventKind.BreakerClosed, 0, stage.Time.GetUtcNow()));
        Assert.Empty(stage.Now.Exceptions);
        stage.Pass(2 * Second).Take(stage.Sweep(open: [0]));
        Assert.Equal(stage.Time.GetUtcNow(), Assert.Single(stage.Now.Exceptions).Since);
    }
}
