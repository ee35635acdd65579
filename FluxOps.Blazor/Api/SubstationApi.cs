using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxOps.Blazor.Api;

/// <summary>A substation as it stands in the network; nothing live.</summary>
/// <param name="Mrid">CIM master resource identifier.</param>
/// <param name="FirmMva">Rating with the largest bank out, MVA.</param>
public sealed record SubstationPlace(
    int Id, Guid Mrid, string Code, string Name, string Region, double Latitude, double Longitude,
    double PrimaryKv, double SecondaryKv, double RatedMva, double FirmMva, int Feeders, int Customers)
{
    internal static SubstationPlace Of(Substation s, int feeders, int customers) =>
        new(s.Id, s.Mrid, s.Code, s.Name, s.Region, s.Latitude, s.Longitude, Math.Round(s.PrimaryKv, 2), Math.Round(s.SecondaryKv, 2), Math.Round(s.RatedMva, 2), Math.Round(s.FirmMva, 2), feeders, customers);

    internal static SubstationPlace[] All(GridModel grid)
    {
        var (feeders, customers) = (new int[grid.Substations.Length], new int[grid.Substations.Length]);
        foreach (var feeder in grid.Feeders)
        {
            feeders[feeder.SubstationId]++;
            customers[feeder.SubstationId] += feeder.Customers;
        }

        return [.. grid.Substations.Select(s => Of(s, feeders[s.Id], customers[s.Id]))];
    }
}

/// <summary>Every substation of the network.</summary>
/// <param name="MeterWeight">Customers that one meter of the sample stands for.</param>
public sealed record SubstationList(string Network, bool Simulated, double MeterWeight, IReadOnlyList<SubstationPlace> Substations);

/// <summary>Live values of one substation.</summary>
/// <param name="Status">Worst of its own and its feeders'.</param>
/// <param name="LoadMw">Active power over its banks, MW.</param>
/// <param name="ReactiveMvar">Reactive power, MVAr.</param>
/// <param name="BusKv">Distribution bus, line to line, kV.</param>
/// <param name="LoadPercentOfRating">Apparent power over the banks' normal rating, %.</param>
/// <param name="FeedersOverLimit">Feeders over 100 % of their rating; null, as the two after it, while none of its feeders has ever had a value.</param>
/// <param name="CustomersOut">Customers on its feeders that are de-energised and below open devices, weighted.</param>
/// <param name="SourceTime">When the source stamped the values, UTC; null: never.</param>
/// <param name="ReceivedAt">When they were committed to the serving store, UTC.</param>
/// <param name="Freshness">Age against the source's own period: live, late, stale, never.</param>
/// <param name="Quality">As the source gave it.</param>
/// <param name="Origin">Measured, simulated or replayed.</param>
public sealed record SubstationStatus(
    int Id, string Code, string Name, string Region, AssetStatus Status,
    double? LoadMw, double? ReactiveMvar, double? BusKv, double? LoadPercentOfRating,
    int? FeedersOverLimit, int? FeedersDeEnergised, int? CustomersOut,
    DateTimeOffset? SourceTime, DateTimeOffset? ReceivedAt, Freshness Freshness, TelemetryQuality Quality, ValueOrigin? Origin)
{
    internal static SubstationStatus Of(GridSnapshot snapshot, int id)
    {
        var (place, now) = (snapshot.Grid.Substations[id], snapshot.Substations);
        return new(
            id, place.Code, place.Name, place.Region, now.Status[id],
            LiveValues.Number(now.Mw[id], 3), LiveValues.Number(now.Mvar[id], 3), LiveValues.Number(now.Kv[id], 3), LiveValues.Number(now.LoadPercent[id], 1),
            now.FeedersOverLimit[id], now.FeedersOut[id], now.CustomersOut[id],
            LiveValues.Time(now.SourceTime[id]), LiveValues.Time(LiveValues.At(now.ReceivedAt, id) ?? 0), now.Freshness[id], now.Quality[id], LiveValues.At(now.Origin, id));
    }
}

/// <summary>Live values of the substations asked for.</summary>
public sealed record SubstationStatusList(LiveEnvelope Live, IReadOnlyList<SubstationStatus> Substations);

public static class SubstationApi
{
    public static void MapSubstations(this RouteGroupBuilder api)
    {
        api.MapGet("/substations", GetSubstations).WithTags("Network").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot();
        api.MapGet("/postgres/substations/status", GetStatus).WithTags("Live").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot();
    }

    /// <summary>Substations of the network</summary>
    /// <remarks>Where they are and what they are rated for. Voltages are in kV, ratings in MVA, coordinates in degrees WGS 84.</remarks>
    public static Ok<SubstationList> GetSubstations(LiveGrid live)
    {
        var grid = live.Current!.Grid;
        return TypedResults.Ok(new SubstationList(grid.Network.Preset, grid.Network.Simulated, grid.Network.MeterWeight, SubstationPlace.All(grid)));
    }

    /// <summary>Live values of substations</summary>
    /// <remarks>All of them, or those of a region, or one. Each with source time, freshness, quality and origin.</remarks>
    /// <param name="region">Only those of this operating region, such as South.</param>
    /// <param name="substation">Only this one: code, name or id.</param>
    public static Results<Ok<SubstationStatusList>, ValidationProblem, ProblemHttpResult> GetStatus(LiveGrid live, string? region = null, string? substation = null)
    {
        var snapshot = live.Current!;
        var names = GridNames.Of(snapshot.Grid);
        if (region is not null && !names.Regions.Contains(region, StringComparer.OrdinalIgnoreCase))
            return Problems.Invalid(nameof(region), $"There is no region \"{region}\"; there are {string.Join(", ", names.Regions)}.");
        if (substation is not null && names.Substation(substation) is null)
            return Problems.NotFound($"There is no substation \"{substation}\".");
        var wanted = snapshot.Grid.Substations
            .Where(s => region is null || string.Equals(s.Region, region, StringComparison.OrdinalIgnoreCase))
            .Where(s => substation is null || s == names.Substation(substation));
        return TypedResults.Ok(new SubstationStatusList(LiveEnvelope.Of(snapshot), [.. wanted.Select(s => SubstationStatus.Of(snapshot, s.Id))]));
    }
}
