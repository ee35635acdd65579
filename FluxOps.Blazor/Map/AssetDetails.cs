using FluxOps.Blazor.Ami;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Devices;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Map;

/// <summary>What of an asset is in the store rather than in memory.</summary>
public sealed record AssetRecords(UsagePointRow? Meter = null, IntervalRow? Reading = null, DevicePosition? Position = null)
{
    public static readonly AssetRecords None = new();
}

/// <summary>The values of one asset in words, for the hover card and the panel alike.</summary>
public sealed class AssetDetails(LiveGrid live, GridTopologies topologies, ReadingQueries readings, DeviceQueries devices, ControlRoomTime clock)
{
    /// <summary>Null: there is no such asset in this network.</summary>
    public async Task<AssetCard?> DescribeAsync(GridSnapshot snapshot, AssetRef asset, CancellationToken ct)
    {
        var topology = asset.Layer > AssetLayer.Feeder ? await topologies.OfAsync(snapshot.Grid, ct) : topologies.TryGet(snapshot.Grid);
        return Of(snapshot, topology, asset, await ReadAsync(asset, ct));
    }

    public async Task<AssetRecords> ReadAsync(AssetRef asset, CancellationToken ct)
    {
        if (asset.Layer == AssetLayer.Device) return new(Position: await devices.PositionAsync(asset.Id, ct));
        if (asset.Layer != AssetLayer.Meter) return AssetRecords.None;
        var latest = await readings.LatestAsync(new LatestFilter(UsagePointId: asset.Id), 1, null, ct);
        return new(await readings.FindAsync(asset.Id, ct), latest.Items.Count > 0 ? latest.Items[0].Reading : null);
    }

    public AssetCard? Of(GridSnapshot snapshot, GridTopology? topology, AssetRef asset, AssetRecords records)
    {
        var id = asset.Id;
        return asset.Layer switch
        {
            AssetLayer.Substation when In(id, snapshot.Grid.Substations.Length) => Substation(snapshot, snapshot.Grid.Substations[id]),
            AssetLayer.Feeder when In(id, snapshot.Grid.Feeders.Length) => Feeder(snapshot, snapshot.Grid.Feeders[id]),
            AssetLayer.Segment when topology is not null && In(id, topology.Model.Segments.Count) => Segment(snapshot, topology, id),
            AssetLayer.Device when topology is not null && In(id, topology.Model.Devices.Count) => Device(snapshot, topology, id, records.Position),
            AssetLayer.Transformer when topology is not null && In(id, topology.Model.Transformers.Count) => Transformer(snapshot, topology, id),
            AssetLayer.Meter when topology is not null && In(id, topology.Model.UsagePoints.Count) => Meter(snapshot, topology, id, records),
            _ => null,
        };
    }

    /// <summary>Customers that the network stands for behind a segment, this one included.</summary>
    public static int CustomersBehind(GridTopology topology, int segment)
    {
        var meters = 0;
        var left = new Stack<int>([segment]);
        while (left.TryPop(out var at))
        {
            foreach (var transformer in topology.TransformersAt(at)) meters += topology.FirstMeterOfTransformer[transformer + 1] - topology.FirstMeterOfTransformer[transformer];
            foreach (var child in topology.ChildrenOf(at)) left.Push(child);
        }

        return (int)Math.Round(meters * topology.Model.Network.MeterWeight);
    }

    private static AssetCard Substation(GridSnapshot snapshot, Substation station)
    {
        var (s, i) = (snapshot.Substations, station.Id);
        var at = s.SourceTime[i];
        var letters = AssetWords.Letters(s.Quality[i], s.Origin.Length > i ? s.Origin[i] : ValueOrigin.Measured);
        return new(station.Name, $"Substation {station.Code}",
        [
            Live("Load", Format.Mw(s.Mw[i]), "MW", at, letters),
            Live("Of rating", Format.Percent(s.LoadPercent[i]), "%", at, letters, s.LoadPercent[i] > 100 ? "o" : null),
            Live("Bus voltage", Format.Kv(s.Kv[i]), "kV", at, letters),
            new("Customers out", Format.Count(s.CustomersOut[i]), Tone: s.CustomersOut[i] > 0 ? "out" : null),
        ]);
    }

    private static AssetCard Feeder(GridSnapshot snapshot, Feeder feeder)
    {
        var (f, i) = (snapshot.Feeders, feeder.Id);
        var (at, letters) = FeederValue(snapshot, i);
        return new(feeder.Name, $"Feeder of {snapshot.Grid.Substations[feeder.SubstationId].Name}",
        [
            Live("Load", Format.Mw(f.Mw[i]), "MW", at, letters),
            Live("Current", Format.Amps(f.Amps[i]), "A", at, letters),
            Live("Of rating", Format.Percent(f.LoadPercent[i]), "%", at, letters, f.Status[i] == AssetStatus.OverLimit ? "o" : null),
            Live("Breaker", at == 0 ? Format.Unknown : f.Breaker[i] == BreakerState.Open ? "□ open" : "closed", null, at, letters, f.Breaker[i] == BreakerState.Open && at > 0 ? "out" : null),
        ]);
    }

    private static AssetCard Segment(GridSnapshot snapshot, GridTopology topology, int id)
    {
        var s = topology.Model.Segments;
        var feeder = snapshot.Grid.Feeders[s.FeederId[id]];
        var (at, letters) = FeederValue(snapshot, feeder.Id);
        return new(AssetNames.Segment(id), $"{AssetWords.Of(s.Kind[id])} of {feeder.Name}",
        [
            Live("Current at the head", Format.Amps(snapshot.Feeders.Amps[feeder.Id]), "A", at, letters),
            new("Phases", AssetWords.Of(s.Phases[id])),
            new("Rating", Format.Amps(s.RatedAmps[id]), "A"),
            new("Length", Format.Number(s.LengthM[id], 0), "m"),
        ]);
    }

    private static AssetCard Device(GridSnapshot snapshot, GridTopology topology, int id, DevicePosition? position)
    {
        var (d, segment) = (topology.Model.Devices, topology.Model.Devices.SegmentId[id]);
        var feeder = snapshot.Grid.Feeders[topology.Model.Segments.FeederId[segment]];
        var open = position?.Open ?? d.NormallyOpen[id];
        var letters = position is { } p ? AssetWords.Letters(p.Quality, p.Origin) : [];
        return new(AssetNames.Device(d.Kind[id], id), $"{AssetWords.Of(d.Kind[id])} on {feeder.Name}",
        [
            new("Position", open ? "□ open" : "■ closed", position is null ? "never told" : null, position?.SourceTime ?? AssetLine.Ageless, 0, letters, open != d.NormallyOpen[id] ? "out" : null),
            new("Normal position", d.NormallyOpen[id] ? "□ open" : "■ closed"),
            new("Rating", Format.Amps(d.RatedAmps[id]), "A"),
            new("Customers behind", Format.Count(CustomersBehind(topology, segment))),
        ]);
    }

    private AssetCard Transformer(GridSnapshot snapshot, GridTopology topology, int id)
    {
        var t = topology.Model.Transformers;
        var (first, end) = (topology.FirstMeterOfTransformer[id], topology.FirstMeterOfTransformer[id + 1]);
        var code = AssetWords.CodeOf(snapshot, new(AssetLayer.Transformer, id));
        var reading = TransformerReading.Of(live, topology, id);
        var value = reading?.Value;
        var at = reading?.End.ToUnixTimeMilliseconds() ?? 0;
        var letters = reading is { } told ? AssetWords.Letters(told.Quality, told.Origin) : [];
        var past = Past(code);
        return new(AssetNames.Transformer(id), $"Transformer on {snapshot.Grid.Feeders[t.FeederId[id]].Name}",
        [
            new("Rating", Format.Number(t.RatedKva[id], 0), "kVA"),
            new("Load", Format.Number(value?.Kw, 1), "kW", at, AgeText.FleetPeriod, letters, past),
            new("Of rating", Format.Percent(value?.Percent), "%", at, AgeText.FleetPeriod, letters, past ?? (code.Load == LoadBand.Over100 ? "o" : null)),
            new("Voltage", value is { } w && float.IsFinite(w.MinVolts) ? $"{Format.Volts(w.MinVolts)} to {Format.Volts(w.MaxVolts)}" : Format.Unknown, "V", at, AgeText.FleetPeriod, letters,
                past ?? (StatusLimits.OutsideRangeB(code.Volt) ? "v" : null)),
            new("Meters", Format.Count(end - first)),
        ]);
    }

    private AssetCard Meter(GridSnapshot snapshot, GridTopology topology, int id, AssetRecords records)
    {
        var points = topology.Model.UsagePoints;
        var name = records.Meter?.Serial ?? $"Meter {id}";
        var kind = MeterWords.Of(points.Class[id]);
        AssetLine address = new("Address", records.Meter?.Address ?? Format.Unknown);
        AssetLine transformer = new("Transformer", AssetNames.Transformer(points.TransformerId[id]));
        if (records.Reading is not { } r) return new(name, kind, [new("Energy", Format.Unknown, "kWh", 0), new("Voltage", Format.Unknown, "V", 0), new("Interval", "none yet"), transformer, address]);
        var start = DateTimeOffset.FromUnixTimeSeconds(r.IntervalStart);
        var end = start.AddSeconds(r.IntervalSeconds);
        var letters = AssetWords.Letters(r.Quality, r.Origin);
        var past = Past(AssetWords.CodeOf(snapshot, new(AssetLayer.Meter, id)));
        return new(name, kind,
        [
            new("Energy", Format.Kwh(r.Kwh), "kWh", end.ToUnixTimeMilliseconds(), AgeText.FleetPeriod, letters, past),
            new("Voltage", Format.Volts(r.Volts), "V", end.ToUnixTimeMilliseconds(), AgeText.FleetPeriod, letters, past ?? (StatusLimits.OutsideRangeB(StatusLimits.OfService(r.Volts)) ? "v" : null)),
            new("Interval", $"{clock.Interval(start)} to {clock.Minute(end)}"),
            transformer,
            address,
        ]);
    }

    /// <summary>The last reading of what has no supply is shown with its time, but not as one of now.</summary>
    private static string? Past(AssetCode code) => code.Dead ? AssetLine.Past : null;

    private static AssetLine Live(string label, string value, string? unit, long at, IReadOnlyList<ValueLetter> letters, string? tone = null) => new(label, value, unit, at, AgeText.TelemetryPeriod, letters, tone);

    private static (long At, ValueLetter[] Letters) FeederValue(GridSnapshot snapshot, int feeder)
    {
        var f = snapshot.Feeders;
        return (f.SourceTime[feeder], AssetWords.Letters(f.Quality[feeder], f.Origin.Length > feeder ? f.Origin[feeder] : ValueOrigin.Measured));
    }

    private static bool In(int id, int count) => (uint)id < (uint)count;
}
