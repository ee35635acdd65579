using FluxOps.Blazor.Live;
using FluxOps.Data.Changes;
using FluxOps.Data.Events;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Tests.Live;

/// <summary>What readings, their age and power events make of meters and transformers. Feeder 0: transformers 0 to 3 of five meters each, 25 to 28 kVA.</summary>
public sealed class ReadingCodesTests
{
    private static readonly long Interval = Stage.Start.ToUnixTimeSeconds() - 900;

    private readonly Stage _stage = new();
    private readonly LiveGrid _live = new();

    public ReadingCodesTests()
    {
        _stage.State.Attach(new(_stage.Grid));
        _stage.Take(_stage.Sweep(full: true));
        _live.ShareMeters(_stage.State.Meters);
    }

    [Fact]
    public void A_meter_is_live_until_the_next_interval_should_have_been_delivered_then_late_then_stale()
    {
        Assert.Equal(AssetCode.Unknown, Meter(0));
        Read(Interval, [240], 0);
        Assert.Equal(Freshness.Live, Meter(0).Age);
        // 15 minutes of the next interval and 15 of its delivery.
        Assert.False(_stage.Pass(TimeSpan.FromMinutes(30)).Take() && Meter(0).Age != Freshness.Live);
        _stage.Pass(TimeSpan.FromSeconds(10)).Take();
        Assert.Equal((Freshness.Late, Freshness.Late, Freshness.Never), (Meter(0).Age, Transformer(0).Age, Meter(1).Age));
        _stage.Pass(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10)).Take();
        Assert.Equal(Freshness.Late, Meter(0).Age);
        _stage.Pass(TimeSpan.FromSeconds(10)).Take();
        Assert.Equal((Freshness.Stale, AssetStatus.Stale), (Meter(0).Age, Transformer(0).Status));
    }

    [Fact]
    public void Voltage_bands_are_those_of_the_service()
    {
        float[] volts = [220, 220.08f, 227.9f, 228, 240, 252, 252.1f, 253.9f, 254, float.NaN];
        Read(Interval, volts, 0);
        VoltageBand[] bands = [VoltageBand.BelowB, VoltageBand.BLow, VoltageBand.BLow, VoltageBand.A, VoltageBand.A, VoltageBand.A, VoltageBand.BHigh, VoltageBand.BHigh, VoltageBand.AboveB, VoltageBand.Unknown];
        Assert.Equal(bands, Enumerable.Range(0, 10).Select(m => Meter(m).Volt));
        Assert.Equal((VoltageBand.BelowB, VoltageBand.AboveB), (Transformer(0).Volt, Transformer(1).Volt));
    }

    [Fact]
    public void A_transformers_load_is_the_sum_of_its_meters_when_all_of_them_have_told_it()
    {
        Read(Interval, [240, 240, 240, 240], 0, kwh: 1.2f);
        Assert.Equal(LoadBand.Unknown, Transformer(0).Load);
        Read(Interval - 900, [240], 4, kwh: 1.2f);
        // Five meters of 4.8 kW at 0.9 over 25 kVA: 106.7 %.
        Assert.Equal((LoadBand.Over100, AssetStatus.OverLimit), (Transformer(0).Load, Transformer(0).Status));
        var value = _live.Transformer(0)!.Value;
        Assert.Equal((24f, 106.67f, 240f, 240f, 5, Interval), (value.Kw, MathF.Round(value.Percent, 2), value.MinVolts, value.MaxVolts, value.Meters, value.NewestIntervalStart));
        Read(Interval + 900, [240], 0, kwh: 1.2f);
        Assert.Equal(LoadBand.Unknown, Transformer(0).Load);
        Assert.True(float.IsNaN(_live.Transformer(0)!.Value.Kw));
        Assert.Null(_live.Transformer(16));
        Assert.Equal((1.2f, 240f, Interval + 900, 900), _live.Meter(0) is { } m ? (m.Kwh, m.Volts, m.IntervalStart, m.IntervalSeconds) : default);
        Assert.Null(_live.Meter(50));
    }

    [Fact]
    public void Half_of_its_meters_without_power_is_a_transformer_without_power_until_one_is_back()
    {
        Read(Interval, [240, 240, 240, 240, 240], 0);
        Happen(EndDeviceEventKind.PowerDown, 1, 0, 1);
        Assert.Equal((true, false), (Meter(0).Dead, Transformer(0).Dead));
        Happen(EndDeviceEventKind.PowerDown, 2, 2);
        Assert.Equal((true, AssetStatus.DeEnergised), (Transformer(0).Dead, Transformer(0).Status));
        // An older restore says nothing; a newer one does, and so does a measured value of an interval that ended later.
        Happen(EndDeviceEventKind.PowerRestore, 1, 2);
        Assert.True(Meter(2).Dead);
        Happen(EndDeviceEventKind.PowerRestore, 5, 2);
        Assert.Equal((false, false), (Meter(2).Dead, Transformer(0).Dead));
        Read(Interval + 900, [240], 0, quality: ReadingQuality.PowerFail);
        Assert.True(Meter(0).Dead);
        Read(Interval + 1800, [240], 0);
        Assert.False(Meter(0).Dead);
    }

    [Fact]
    public void An_event_before_the_topology_is_not_forgotten()
    {
        var stage = new Stage();
        stage.Take(stage.Sweep(full: true), new EventsChange(true, [new(3, EndDeviceEventKind.PowerDown, stage.Milliseconds, float.NaN, ValueOrigin.Measured)], [], 0), stage.Devices(true, (0, true)));
        Assert.Null(stage.Now.Assets);
        stage.Take(new TopologyLoaded(new(stage.Grid)));
        Assert.True(new AssetCode(stage.Now.Assets!.Meters.Of(3)).Dead);
        Assert.True(new AssetCode(stage.Now.Assets!.Devices.Of(0)).Dead);
        Assert.Equal(stage.Now.Version, stage.Now.AssetsVersion);
    }

    private AssetCode Meter(int id) => new(_stage.Now.Assets!.Meters.Of(id));
    private AssetCode Transformer(int id) => new(_stage.Now.Assets!.Transformers.Of(id));

    private void Read(long start, float[] volts, int first, float kwh = 0, ReadingQuality quality = ReadingQuality.Good) => _stage.Take(new ReadingsChange(false, new IntervalReadings
    {
        Origin = ValueOrigin.Measured, UsagePointId = [.. volts.Select((_, i) => first + i)], IntervalStart = [.. volts.Select(_ => start)], Kwh = [.. volts.Select(_ => kwh)], Volts = volts,
        Quality = [.. volts.Select(_ => quality)],
    }, [], 0));

    private void Happen(EndDeviceEventKind kind, int second, params int[] meters) =>
        _stage.Take(new EventsChange(false, [.. meters.Select(m => new EndDeviceEvent(m, kind, _stage.Milliseconds + second * 1000, float.NaN, ValueOrigin.Measured))], [], 0));
}
