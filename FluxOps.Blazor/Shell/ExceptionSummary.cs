using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Shell;

/// <summary>What the banner says: counts by priority, the newest exception in words, and since when the oldest stands.</summary>
/// <param name="Counts">Priority 1 first, four of them.</param>
public sealed record ExceptionSummary(int[] Counts, GridException? Newest, string Asset, string Text, DateTimeOffset Oldest, string? Href)
{
    public static ExceptionSummary None { get; } = new(new int[4], null, "", "", default, null);

    public static ExceptionSummary Of(GridSnapshot snapshot, ControlRoomTime clock)
    {
        if (snapshot.Exceptions.IsDefaultOrEmpty) return None;
        var counts = new int[4];
        var newest = snapshot.Exceptions[0];
        var oldest = newest.Since;
        foreach (var exception in snapshot.Exceptions)
        {
            counts[Math.Clamp(exception.Priority, 1, 4) - 1]++;
            if (exception.Since > newest.Since) newest = exception;
            if (exception.Since < oldest) oldest = exception.Since;
        }

        var station = snapshot.Grid.Substations[newest.SubstationId];
        var feeder = newest.FeederId >= 0 ? snapshot.Grid.Feeders[newest.FeederId] : null;
        var href = newest.DeviceName.Length > 0 ? "?asset=" + newest.DeviceName : "?substation=" + station.Code + (feeder is null ? "" : "&feeder=" + feeder.Name);
        return new(counts, newest, AssetOf(newest, station, feeder), Words(newest, clock), oldest, href);
    }

    private static string AssetOf(GridException exception, Substation station, Feeder? feeder) =>
        feeder is null ? "Substation " + station.Name : exception.DeviceName.Length > 0 ? $"{exception.DeviceName} on feeder {feeder.Name}" : "Feeder " + feeder.Name;

    /// <summary>Equipment and condition, as an operator would say it on the phone.</summary>
    public static string Words(GridException exception, ControlRoomTime clock) => exception.Kind switch
    {
        GridExceptionKind.FeederOverLimit =>
            $"load over rating since {clock.Since(exception.Since)} · now {Format.Percent(exception.Value)} % · {Format.Count(exception.Customers)} customers",
        GridExceptionKind.FeederDeEnergised =>
            $"{(exception.BreakerClosed ? "no voltage" : "breaker open")} since {clock.Since(exception.Since)} · {Format.Count(exception.Customers)} customers out",
        GridExceptionKind.DeviceOpen => $"open since {clock.Since(exception.Since)} · {Format.Count(exception.Customers)} customers out",
        _ => $"without data since {clock.Since(exception.Since)} · {Format.Count(exception.Customers)} customers",
    };
}
