using FluxOps.Blazor.Live;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxOps.Blazor.Api;

/// <summary>The process answers.</summary>
public sealed record Liveness(string Status);

/// <summary>Whether this instance may be sent operators.</summary>
/// <param name="Reasons">What is missing; empty when ready.</param>
/// <param name="Version">Version of the newest picture of the grid; 0: none yet.</param>
public sealed record Readiness(bool Ready, IReadOnlyList<string> Reasons, long Version);

public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", GetHealth).AllowAnonymous().WithTags("Health");
        endpoints.MapGet("/ready", GetReady).AllowAnonymous().WithTags("Health").Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Is the process alive</summary>
    public static Ok<Liveness> GetHealth(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Liveness("alive"));
    }

    /// <summary>May operators be sent here</summary>
    /// <remarks>503 until the serving store is open and the first values are known, and while the feed is lost.</remarks>
    public static JsonHttpResult<Readiness> GetReady(LiveGrid live, ServingStore store, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        var reasons = Reasons(live.Current, store.Ready.IsCompletedSuccessfully);
        return TypedResults.Json(
            new Readiness(reasons.Count == 0, reasons, live.Current?.Version ?? 0),
            statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    internal static IReadOnlyList<string> Reasons(GridSnapshot? snapshot, bool storeOpen)
    {
        var reasons = new List<string>();
        if (!storeOpen) reasons.Add("The serving store is not open yet.");
        if (snapshot is null) reasons.Add("The first values of the grid have not arrived yet.");
        // The reason itself may name hosts: it is for those who are signed in.
        else if (!snapshot.Link.Connected) reasons.Add($"The feed from the serving store has been lost since {snapshot.Link.Since:O}.");
        return reasons;
    }
}
