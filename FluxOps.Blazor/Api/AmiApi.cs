using System.ComponentModel.DataAnnotations;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace FluxOps.Blazor.Api;

/// <summary>Newest interval of one meter.</summary>
/// <param name="Meter">Serial.</param>
/// <param name="IntervalStart">UTC. The value is for the interval that starts here.</param>
/// <param name="SourceTime">End of the interval, UTC: since then the value is known to the meter.</param>
/// <param name="EnergyKwh">Energy delivered in the interval, kWh; null: missing.</param>
/// <param name="Volts">Mean voltage, V on a 240 V base; null where the source gives none.</param>
/// <param name="SourceQualityCode">The source's own code, where it has one.</param>
/// <param name="ReceivedAt">When it was committed to the serving store, UTC.</param>
/// <param name="Freshness">Age of the interval's end against the interval's length.</param>
public sealed record MeterReading(
    string Meter, string Feeder, string Substation, DateTimeOffset IntervalStart, int IntervalSeconds, DateTimeOffset SourceTime,
    double? EnergyKwh, double? Volts, ReadingQuality Quality, string? SourceQualityCode, ValueOrigin Origin, DateTimeOffset ReceivedAt, Freshness Freshness);

/// <summary>One page of newest readings, by meter.</summary>
/// <param name="Next">Address of the next page; null on the last.</param>
public sealed record MeterReadingPage(IReadOnlyList<MeterReading> Readings, string? Next);

public static class AmiApi
{
    private const int MostReadings = 1000;

    public static void MapAmi(this RouteGroupBuilder api) =>
        api.MapGet("/postgres/ami/latest", GetLatestAsync).WithTags("Live").AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot();

    /// <summary>Newest interval readings of meters</summary>
    /// <remarks>By meter, by feeder or by substation: exactly one of the three. Paged: follow <c>next</c>.</remarks>
    /// <param name="meter">Serial of one meter.</param>
    /// <param name="feeder">Name or id of a feeder: all its meters.</param>
    /// <param name="substation">Code, name or id of a substation: all its meters.</param>
    /// <param name="take">Readings on a page, 1 to 1000.</param>
    /// <param name="after">Where the page before ended; it comes with <c>next</c>.</param>
    public static async Task<Results<Ok<MeterReadingPage>, ValidationProblem, ProblemHttpResult>> GetLatestAsync(
        LiveGrid live, ReadingQueries queries, TimeProvider time, HttpRequest request, CancellationToken ct,
        string? meter = null, string? feeder = null, string? substation = null, [Range(1, MostReadings)] int take = 100, [Range(0, int.MaxValue)] int? after = null)
    {
        string?[] scopes = [meter, feeder, substation];
        if (scopes.Count(s => !string.IsNullOrWhiteSpace(s)) != 1) return Problems.Invalid("meter", "Give exactly one of meter, feeder and substation.");
        var grid = live.Current!.Grid;
        var names = GridNames.Of(grid);
        LatestFilter filter;
        if (meter is not null)
        {
            if (await queries.FindAsync(meter, ct) is not { } point) return Problems.NotFound($"There is no meter \"{meter}\".");
            filter = new(UsagePointId: point.Id);
        }
        else if (feeder is not null)
        {
            if (names.Feeder(feeder) is not { } found) return Problems.NotFound($"There is no feeder \"{feeder}\".");
            filter = new(FeederId: found.Id);
        }
        else
        {
            if (names.Substation(substation!) is not { } found) return Problems.NotFound($"There is no substation \"{substation}\".");
            filter = new(SubstationId: found.Id);
        }

        var page = await queries.LatestAsync(filter, take, after, ct);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return TypedResults.Ok(new MeterReadingPage([.. page.Items.Select(r => Reading(r, grid, now))], page.NextAfter is { } next ? Next(request, take, next) : null));
    }

    private static MeterReading Reading(LatestReading latest, GridModel grid, long now)
    {
        var interval = latest.Reading;
        var end = interval.IntervalStart + interval.IntervalSeconds;
        return new(
            latest.Serial, grid.Feeders[latest.FeederId].Name, grid.Substations[latest.SubstationId].Code,
            DateTimeOffset.FromUnixTimeSeconds(interval.IntervalStart), interval.IntervalSeconds, DateTimeOffset.FromUnixTimeSeconds(end),
            LiveValues.Number(interval.Kwh, 4), LiveValues.Number(interval.Volts, 2), interval.Quality, interval.SourceCode, interval.Origin, interval.ReceivedAt,
            StatusLimits.OfAge(end * 1000, now, interval.IntervalSeconds));
    }

    private static string Next(HttpRequest request, int take, int after)
    {
        var query = request.Query.Where(q => q.Key is "meter" or "feeder" or "substation").ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        query["take"] = take.ToString();
        query["after"] = after.ToString();
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, query);
    }
}
