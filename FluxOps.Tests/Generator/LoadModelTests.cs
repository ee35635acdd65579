using FluxOps.Generator.Load;
using FluxOps.Generator.Network;

namespace FluxOps.Tests.Generator;

/// <summary>Does the simulated load look right to an engineer? Against grid-domain 0 and 1.</summary>
public sealed class LoadModelTests(ITestOutputHelper output)
{
    private static readonly TimeZoneInfo Houston = LocalClock.Find(LocalClock.DefaultZone);
    private static readonly Lazy<LoadModel> Built = new(() => new LoadModel(DemoNetwork.Model, Houston));

    private static LoadModel Load => Built.Value;

    private static CircuitValues At(DateTime local)
    {
        var values = new CircuitValues(DemoNetwork.Model.Feeders.Length, DemoNetwork.Model.Substations.Length);
        Load.At(new DateTimeOffset(local, Houston.GetUtcOffset(local)).ToUnixTimeMilliseconds(), values);
        return values;
    }

    private static double[] LoadingPercent(CircuitValues values) => [.. DemoNetwork.Model.Feeders.Select(f => 100.0 * values.Amps[f.Id] / f.RatedAmps)];

    [Theory]
    [InlineData(8, 10)]
    [InlineData(8, 20)]
    [InlineData(11, 24)]
    [InlineData(1, 20)]
    public void Loading_is_plausible_in_every_season(int month, int day)
    {
        var loading = LoadingPercent(At(new DateTime(2026, month, day, 17, 0, 0)));
        output.WriteLine($"{month}/{day} 17 h: {string.Join(", ", new[] { 0, .05, .25, .5, .75, .95, 1 }.Select(q => $"{NetworkSummary.Quantile(loading, q):0}"))} %; {loading.Count(l => l > 100)} over; {At(new DateTime(2026, month, day, 17, 0, 0)).Mw.Sum():0} MW");
        Assert.All(loading, l => Assert.InRange(l, 2, 160));
        Assert.InRange(loading.Count(l => l > 100), month == 8 ? 1 : 0, month == 8 ? 40 : 5);
    }

    [Fact]
    public void Summer_peaks_in_the_late_afternoon_and_an_August_day_is_heavier_than_a_November_day()
    {
        double Day(int month, int hour) => Enumerable.Range(1, 28).Average(d => At(new DateTime(2026, month, d, hour, 0, 0)).Mw.Sum());
        double[] august = [.. Enumerable.Range(0, 24).Select(h => Day(8, h))];
        output.WriteLine("August MW by hour: " + string.Join(" ", august.Select(m => $"{m:0}")));
        Assert.InRange(Array.IndexOf(august, august.Max()), 15, 18);
        Assert.InRange(august.Max() / Day(11, 17), 1.4, 3.2);
        Assert.InRange(august.Max(), 9_000, 17_000);
    }

    [Fact]
    public void Head_voltage_is_regulated_and_current_agrees_with_power()
    {
        var values = At(new DateTime(2026, 8, 11, 16, 0, 0));
        foreach (var f in DemoNetwork.Model.Feeders)
        {
            Assert.InRange(values.Kv[f.Id] / f.NominalKv, 1.01, 1.05);
            double mva = Math.Sqrt(values.Mw[f.Id] * (double)values.Mw[f.Id] + values.Mvar[f.Id] * (double)values.Mvar[f.Id]);
            Assert.Equal(mva * 1000 / (Math.Sqrt(3) * values.Kv[f.Id]), values.Amps[f.Id], 0.5);
            Assert.InRange(values.Mw[f.Id] / mva, 0.92, 1.0);
        }
    }

    [Fact]
    public void A_feeder_moves_a_little_from_sweep_to_sweep_and_not_in_jumps()
    {
        var a = At(new DateTime(2026, 11, 24, 9, 0, 0));
        var b = At(new DateTime(2026, 11, 24, 9, 0, 2));
        double[] change = [.. a.Mw.Zip(b.Mw, (x, y) => Math.Abs(y - x) / x)];
        Assert.InRange(change.Average(), 0.0001, 0.01);
        Assert.True(change.Max() < 0.05);
    }

    [Theory]
    [InlineData(2026, 8, 11, 17)]
    [InlineData(2026, 11, 24, 9)]
    [InlineData(2026, 4, 3, 3)]
    public void Meter_voltage_is_mostly_in_range_A(int year, int month, int day, int hour)
    {
        var (kwh, volts) = Interval(new DateTime(year, month, day, hour, 0, 0));
        double outside = 100.0 * volts.Count(v => v is < 228 or > 252) / volts.Length, mean = volts.Average();
        output.WriteLine($"{month}/{day} {hour} h: {outside:0.00} % outside, mean {mean:0.0} V, 1 % {NetworkSummary.Quantile([.. volts.Select(v => (double)v)], .01):0.0} V, 99 % {NetworkSummary.Quantile([.. volts.Select(v => (double)v)], .99):0.0} V, mean {4 * kwh.Average():0.00} kW");
        Assert.InRange(outside, 0.2, 0.6);
        Assert.InRange(mean, 238, 248);
    }

    [Fact]
    public void Meters_add_up_to_their_feeders()
    {
        var local = new DateTime(2026, 8, 11, 17, 0, 0);
        var (kwh, _) = Interval(local);
        double meters = 4 * kwh.Sum(k => (double)k) * DemoNetwork.Model.Network.MeterWeight / 1000, feeders = At(local.AddMinutes(7.5)).Mw.Sum();
        Assert.InRange(meters / feeders, 0.90, 1.08);
    }

    [Fact]
    public void Asking_again_gives_the_same()
    {
        var first = Interval(new DateTime(2026, 6, 1, 12, 0, 0));
        var second = Interval(new DateTime(2026, 6, 1, 12, 0, 0));
        Assert.Equal(first.Kwh, second.Kwh);
        Assert.Equal(first.Volts, second.Volts);
    }

    private static (float[] Kwh, float[] Volts) Interval(DateTime local)
    {
        int[] ids = [.. Enumerable.Range(0, DemoNetwork.Model.UsagePoints.Count)];
        float[] kwh = new float[ids.Length], volts = new float[ids.Length];
        Load.Meters.Interval(new DateTimeOffset(local, Houston.GetUtcOffset(local)).ToUnixTimeSeconds(), ids, kwh, volts);
        return (kwh, volts);
    }
}
