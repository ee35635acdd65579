using System.Text.Json;
using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Events;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Live;

public sealed class SnapshotTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public void A_published_snapshot_never_changes()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true), Stage.Readings(Stage.Start.ToUnixTimeSeconds() - 1800, [(1, 240)], new IntervalCompleteness(Stage.Start.ToUnixTimeSeconds() - 1800, 1, 0, 0, 0)));
        var kept = new List<(GridSnapshot Snapshot, string Text)>();
        for (var i = 0; i < 40; i++)
        {
            kept.Add((stage.Now, Text(stage.Now)));
            stage.Pass(3 * Second).Take(stage.Sweep(amps: [100 + 10 * i, 610 - i, 500, 200 + i], open: i % 3 == 0 ? [2] : null), stage.Event(CircuitEventKind.BreakerOpened, 2, stage.Time.GetUtcNow()));
        }

        Assert.All(kept, k => Assert.Equal(k.Text, Text(k.Snapshot)));
    }

    [Fact]
    public void A_row_that_carries_its_own_arrival_and_origin_keeps_them()
    {
        var stage = new Stage();
        var plain = stage.Sweep(full: true);
        var (f, s) = (plain.Sweep.Feeders, plain.Sweep.Substations);
        stage.Take(new TelemetryChange(true, new TelemetrySweep
        {
            Origin = ValueOrigin.Simulated,
            Feeders = new FeederTelemetry
            {
                FeederId = f.FeederId, SourceTime = f.SourceTime, Mw = f.Mw, Mvar = f.Mvar, Kv = f.Kv, Amps = f.Amps, Breaker = f.Breaker, Quality = f.Quality,
                ReceivedAt = [1, 2, 3, 4], Origin = [ValueOrigin.Measured, ValueOrigin.Simulated, ValueOrigin.Measured, ValueOrigin.Replayed],
            },
            Substations = new SubstationTelemetry
            {
                SubstationId = s.SubstationId, SourceTime = s.SourceTime, Mw = s.Mw, Mvar = s.Mvar, Kv = s.Kv, Quality = s.Quality,
                ReceivedAt = [5, 6], Origin = [ValueOrigin.Measured, ValueOrigin.Simulated],
            },
        }, 6));

        Assert.Equal([1L, 2, 3, 4], stage.Now.Feeders.ReceivedAt);
        Assert.Equal([ValueOrigin.Measured, ValueOrigin.Simulated, ValueOrigin.Measured, ValueOrigin.Replayed], stage.Now.Feeders.Origin);
        Assert.Equal([5L, 6], stage.Now.Substations.ReceivedAt);
        Assert.Equal([ValueOrigin.Measured, ValueOrigin.Simulated], stage.Now.Substations.Origin);
    }

    [Fact]
    public void What_did_not_change_is_shared()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        stage.Pass(2 * Second).Take(stage.Sweep());

        Assert.NotSame(before.Feeders.SourceTime, stage.Now.Feeders.SourceTime);
        Assert.Same(before.Feeders.Mw, stage.Now.Feeders.Mw);
        Assert.Same(before.Feeders.Status, stage.Now.Feeders.Status);
        Assert.Same(before.Trends, stage.Now.Trends);
        Assert.Equal(before.ExceptionsVersion, stage.Now.ExceptionsVersion);
        Assert.True(stage.Now.TelemetryVersion > before.TelemetryVersion);
    }

    [Fact]
    public void Each_part_has_the_version_it_changed_at()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true));
        var before = stage.Now;
        var start = Stage.Start.ToUnixTimeSeconds() - 3600;
        stage.Take(Stage.Readings(start, [(1, 240)], new IntervalCompleteness(start, 1, 0, 0, 0)));
        Assert.Equal(stage.Now.Version, stage.Now.ReadingsVersion);
        Assert.Equal(before.TelemetryVersion, stage.Now.TelemetryVersion);
        Assert.Same(before.Feeders, stage.Now.Feeders);
        stage.Take(stage.Event(CircuitEventKind.CommunicationLost, 0, Stage.Start));
        Assert.Equal(stage.Now.Version, stage.Now.EventsVersion);
        Assert.True(stage.Now.ReadingsVersion < stage.Now.Version);
    }

    [Fact]
    public void A_meters_version_rises_with_its_readings_and_survives_a_new_state()
    {
        var stage = new Stage();
        stage.Take(Stage.Readings(900, [(1, 240), (2, 240)]));
        stage.Take(Stage.Readings(1800, [(1, 240)]));
        Assert.Equal([0, 2, 1], Enumerable.Range(0, 3).Select(stage.State.Meters.Version));

        var next = new LiveState(stage.Grid, stage.Options, stage.Time, stage.State);
        Assert.True(next.Meters.Version(1) > 2);
    }

    [Fact]
    public void Any_value_that_is_not_measured_marks_the_picture()
    {
        var stage = new Stage();
        Assert.True(stage.Take(stage.Sweep(full: true, origin: ValueOrigin.Replayed)));
        Assert.True(stage.Now.Simulated);
        Assert.Equal(ValueOrigin.Replayed, stage.Now.Feeders.Origin[0]);
    }

    private static string Text(GridSnapshot s) =>
        JsonSerializer.Serialize(new { s.Version, s.Feeders, s.Substations, s.Kpis, s.Exceptions, s.Trends, s.Completeness, s.CircuitEvents, s.Link }, Json);
}
