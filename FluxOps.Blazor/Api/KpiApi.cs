using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxOps.Blazor.Api;

/// <summary>The system's figures. Null: nothing is known yet.</summary>
/// <param name="SystemLoadMw">Sum over the feeders that have a value, MW.</param>
/// <param name="CustomersOut">Customers on feeders that are de-energised and below open devices, weighted.</param>
/// <param name="Incidents">Feeders that are de-energised and open devices that leave customers without power.</param>
/// <param name="FeedersOverLimit">Feeders over 100 % of their rating, by their newest known value.</param>
/// <param name="MetersReportingPercent">Of the quarter hour below: meters received over meters there are, %.</param>
/// <param name="ReportingIntervalStart">The newest quarter hour whose delivery window is over.</param>
/// <param name="VoltageOutsideRangeAPercent">Of the meters with a voltage in that quarter hour: share outside 114 to 126 V (120 V base), ANSI C84.1 range A, %.</param>
/// <param name="NewestSourceTime">Source time of the newest telemetry, UTC.</param>
/// <param name="DataAgeSeconds">Its age when this was answered, s.</param>
/// <param name="GoodDataPercent">Share of feeders whose value is fresh and good, %.</param>
public sealed record KpiFigures(
    double? SystemLoadMw, int? CustomersOut, int? Incidents, int? FeedersOverLimit, int FeedersTotal,
    double? MetersReportingPercent, DateTimeOffset? ReportingIntervalStart, double? VoltageOutsideRangeAPercent,
    DateTimeOffset? NewestSourceTime, double? DataAgeSeconds, double GoodDataPercent)
{
    internal static KpiFigures Of(GridKpis kpis, DateTimeOffset now)
    {
        var newest = LiveValues.Time(kpis.NewestSourceTime);
        return new(
            kpis.SystemMw, kpis.CustomersOut, kpis.IncidentCount, kpis.FeedersOverLimit, kpis.FeedersTotal,
            Rounded(kpis.MetersReportingPercent), kpis.ReportingInterval, Rounded(kpis.OutsideRangeAPercent),
            newest, newest is { } time ? Math.Max(0, Math.Round((now - time).TotalSeconds, 1)) : null, Math.Round(kpis.GoodDataPercent, 2));

        static double? Rounded(double? value) => value is { } v ? Math.Round(v, 3) : null;
    }
}

public sealed record KpiReport(LiveEnvelope Live, KpiFigures Kpis);

/// <summary>A feeder with its live values.</summary>
/// <param name="NominalKv">Line to line, kV.</param>
/// <param name="LoadMw">MW.</param>
/// <param name="ReactiveMvar">MVAr.</param>
/// <param name="HeadKv">At the head, line to line, kV.</param>
/// <param name="CurrentAmps">Mean of the phases, A.</param>
/// <param name="LoadPercentOfRating">Current over rated current, %.</param>
/// <param name="Customers">Weighted.</param>
public sealed record FeederStatus(
    int Id, string Name, int SubstationId, double NominalKv, double RatedAmps, int Customers, AssetStatus Status, BreakerState Breaker,
    double? LoadMw, double? ReactiveMvar, double? HeadKv, double? CurrentAmps, double? LoadPercentOfRating,
    DateTimeOffset? SourceTime, DateTimeOffset? ReceivedAt, Freshness Freshness, TelemetryQuality Quality, ValueOrigin? Origin)
{
    internal static FeederStatus Of(GridSnapshot snapshot, int id)
    {
        var (feeder, now) = (snapshot.Grid.Feeders[id], snapshot.Feeders);
        return new(
            id, feeder.Name, feeder.SubstationId, Math.Round(feeder.NominalKv, 2), Math.Round(feeder.RatedAmps, 1), feeder.Customers, now.Status[id], now.Breaker[id],
            LiveValues.Number(now.Mw[id], 3), LiveValues.Number(now.Mvar[id], 3), LiveValues.Number(now.Kv[id], 3), LiveValues.Number(now.Amps[id], 1), LiveValues.Number(now.LoadPercent[id], 1),
            LiveValues.Time(now.SourceTime[id]), LiveValues.Time(LiveValues.At(now.ReceivedAt, id) ?? 0), now.Freshness[id], now.Quality[id], LiveValues.At(now.Origin, id));
    }
}

/// <summary>All that a client needs before it follows <c>/hubs/live</c>.</summary>
/// <param name="Geometry">The network's lines, in one file that never changes.</param>
public sealed record InitialLoad(
    LiveEnvelope Live, GridNetwork Network, GeometryPlace Geometry, KpiFigures Kpis,
    IReadOnlyList<SubstationPlace> Substations, IReadOnlyList<SubstationStatus> SubstationStates, IReadOnlyList<FeederStatus> Feeders);

public static class KpiApi
{
    public static void MapKpis(this RouteGroupBuilder api)
    {
        api.MapGet("/kpis", GetKpis).WithTags("Live").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot();
        api.MapGet("/initial-load", GetInitialLoad).WithTags("Live").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot();
    }

    /// <summary>The system's figures</summary>
    /// <remarks>Load in MW, customers out, feeders over limit, meters reporting, voltage outside range A, age and quality of the data.</remarks>
    public static Ok<KpiReport> GetKpis(LiveGrid live, TimeProvider time)
    {
        var snapshot = live.Current!;
        return TypedResults.Ok(new KpiReport(LiveEnvelope.Of(snapshot), KpiFigures.Of(snapshot.Kpis, time.GetUtcNow())));
    }

    /// <summary>What a client needs first</summary>
    /// <remarks>Stations, the state of every station and feeder, the figures, and where the lines' geometry is. Follow <c>/hubs/live</c> from here: its first frame is never older.</remarks>
    internal static async Task<Ok<InitialLoad>> GetInitialLoad(LiveGrid live, GridTopologies topologies, TimeProvider time, HttpRequest request, CancellationToken ct)
    {
        var snapshot = live.Current!;
        var grid = snapshot.Grid;
        return TypedResults.Ok(new InitialLoad(
            LiveEnvelope.Of(snapshot), grid.Network, GeometryEndpoints.PlaceOf(grid, await topologies.GeometryAsync(grid, ct), request), KpiFigures.Of(snapshot.Kpis, time.GetUtcNow()),
            SubstationPlace.All(grid), [.. grid.Substations.Select(s => SubstationStatus.Of(snapshot, s.Id))], [.. grid.Feeders.Select(f => FeederStatus.Of(snapshot, f.Id))]));
    }
}
