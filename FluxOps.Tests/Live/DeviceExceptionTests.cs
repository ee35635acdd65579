using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Grid;

namespace FluxOps.Tests.Live;

/// <summary>Open devices that leave customers without power, over trees where each meter stands for two customers.</summary>
public sealed class DeviceExceptionTests
{
    [Fact]
    public void Each_customer_without_power_is_counted_once_whatever_is_open()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var story = new GridStory(seed);
            var (stage, topology) = (new Stage(story.Topology.Model), story.Topology);
            stage.State.Attach(topology);
            for (var n = 0; n < 12; n++)
            {
                stage.Take([.. story.Next(stage)]);
                var energised = new Energisation(topology);
                foreach (var (device, open) in story.Positions) energised.SetOpen(device, open);
                for (var f = 0; f < stage.Grid.Feeders.Length; f++) energised.SetSource(f, !new AssetCode(stage.Now.Feeders.Code[f]).Dead);
                energised.Settle([]);
                var dark = topology.Model.UsagePoints.TransformerId.Count(t => energised.IsDead(topology.Model.Transformers.SegmentId[t])) * (int)TestTrees.MeterWeight;
                Assert.Equal(dark, stage.Now.Kpis.CustomersOut);
                Assert.Equal(dark, stage.Now.Substations.CustomersOut.Sum());
                var exceptions = stage.Now.Exceptions.Where(e => e.Kind is GridExceptionKind.DeviceOpen or GridExceptionKind.FeederDeEnergised).ToArray();
                Assert.Equal(dark, exceptions.Sum(e => e.Customers));
                Assert.Equal(exceptions.Length, stage.Now.Kpis.IncidentCount);
                Assert.All(exceptions, e => Assert.Equal(e.Kind is GridExceptionKind.DeviceOpen, e.DeviceId >= 0 && energised.IsAbnormal(e.DeviceId)));
            }
        }
    }

    [Fact]
    public void A_blown_fuse_is_said_in_words_with_a_way_to_it()
    {
        var (stage, device) = Fused();
        var clock = new ControlRoomTime(TimeZoneInfo.Utc, stage.Time);
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Devices(false, (device, true)));
        var exception = Assert.Single(stage.Now.Exceptions);
        Assert.Equal((GridExceptionKind.DeviceOpen, 2, stage.Time.GetUtcNow()), (exception.Kind, exception.Priority, exception.Since));
        var name = AssetNames.Device(stage.Grid.Devices.Kind[device], device);
        var summary = ExceptionSummary.Of(stage.Now, clock);
        Assert.Equal(($"{name} on feeder {stage.Grid.Feeders[exception.FeederId].Name}", $"?asset={name}"), (summary.Asset, summary.Href));
        Assert.Equal($"open since {clock.Since(exception.Since)} · {exception.Customers} customers out", summary.Text);

        // A feeder that is out covers its devices.
        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(open: [exception.FeederId]));
        var feeder = Assert.Single(stage.Now.Exceptions);
        Assert.Equal((GridExceptionKind.FeederDeEnergised, stage.Grid.Feeders[exception.FeederId].Customers, ""), (feeder.Kind, feeder.Customers, feeder.DeviceName));
        Assert.Equal(feeder.Customers, stage.Now.Kpis.CustomersOut);

        stage.Pass(TimeSpan.FromSeconds(2)).Take(stage.Sweep(), stage.Devices(false, (device, false)));
        Assert.Empty(stage.Now.Exceptions);
        Assert.Equal(0, stage.Now.Kpis.CustomersOut);
    }

    /// <summary>A device with meters below it.</summary>
    private static (Stage Stage, int Device) Fused()
    {
        for (var seed = 0; ; seed++)
        {
            var topology = TestTrees.Make(seed);
            var (devices, segments) = (topology.Model.Devices, topology.Model.Segments);
            for (var d = 0; d < devices.Count; d++)
            {
                if (devices.Kind[d] != AssetKind.Fuse || topology.TransformersAt(devices.SegmentId[d]).Length == 0 || segments.ParentId[devices.SegmentId[d]] < 0) continue;
                var stage = new Stage(topology.Model);
                stage.State.Attach(topology);
                stage.Take(stage.Sweep(full: true));
                return (stage, d);
            }
        }
    }
}
