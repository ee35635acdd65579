using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Map;

/// <summary>The values of one asset in words, for the hover card and the panel alike.</summary>
public sealed class AssetDetails
{
    /// <summary>Null: there is no such asset in this network.</summary>
    public Task<AssetCard?> DescribeAsync(GridSnapshot snapshot, AssetRef asset, CancellationToken ct) => Task.FromResult(asset.Layer switch
    {
        AssetLayer.Substation when (uint)asset.Id < (uint)snapshot.Grid.Substations.Length => Substation(snapshot, snapshot.Grid.Substations[asset.Id]),
        AssetLayer.Feeder when (uint)asset.Id < (uint)snapshot.Grid.Feeders.Length => Feeder(snapshot, snapshot.Grid.Feeders[asset.Id]),
        _ => null,
    });

    private static AssetCard Substation(GridSnapshot snapshot, Substation station)
    {
        var (s, i) = (snapshot.Substations, station.Id);
        var at = s.SourceTime[i];
        var letters = Letters(s.Quality[i], s.Origin.Length > i ? s.Origin[i] : ValueOrigin.Measured);
        return new(station.Name, $"Substation {station.Code}",
        [
            new("Load", Format.Mw(s.Mw[i]), "MW", at, AgeText.TelemetryPeriod, letters),
            new("Of rating", Format.Percent(s.LoadPercent[i]), "%", at, AgeText.TelemetryPeriod, letters, s.LoadPercent[i] > 100 ? "o" : null),
            new("Bus voltage", Format.Kv(s.Kv[i]), "kV", at, AgeText.TelemetryPeriod, letters),
            new("Customers out", Format.Count(s.CustomersOut[i]), null, AssetLine.Ageless, 0, null, s.CustomersOut[i] > 0 ? "out" : null),
        ]);
    }

    private static AssetCard Feeder(GridSnapshot snapshot, Feeder feeder)
    {
        var (f, i) = (snapshot.Feeders, feeder.Id);
        var at = f.SourceTime[i];
        var letters = Letters(f.Quality[i], f.Origin.Length > i ? f.Origin[i] : ValueOrigin.Measured);
        return new(feeder.Name, $"Feeder of {snapshot.Grid.Substations[feeder.SubstationId].Name}",
        [
            new("Load", Format.Mw(f.Mw[i]), "MW", at, AgeText.TelemetryPeriod, letters),
            new("Current", Format.Amps(f.Amps[i]), "A", at, AgeText.TelemetryPeriod, letters),
            new("Of rating", Format.Percent(f.LoadPercent[i]), "%", at, AgeText.TelemetryPeriod, letters, f.Status[i] == AssetStatus.OverLimit ? "o" : null),
            new("Breaker", at == 0 ? Format.Unknown : f.Breaker[i] == BreakerState.Open ? "□ open" : "closed", null, at, AgeText.TelemetryPeriod, letters, f.Breaker[i] == BreakerState.Open && at > 0 ? "out" : null),
        ]);
    }

    /// <summary>Nothing for what is measured and good.</summary>
    private static ValueLetter[] Letters(TelemetryQuality quality, ValueOrigin origin)
    {
        List<ValueLetter> letters = [];
        if (quality != TelemetryQuality.Good) letters.Add(quality switch { TelemetryQuality.Manual => new("M", "entered by hand"), TelemetryQuality.Bad => new("B", "bad quality"), _ => new("?", "uncertain quality") });
        if (origin == ValueOrigin.Simulated) letters.Add(new("S", "simulated"));
        if (origin == ValueOrigin.Replayed) letters.Add(new("R", "replayed"));
        return [.. letters];
    }
}
