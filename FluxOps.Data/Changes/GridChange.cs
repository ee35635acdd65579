using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Changes;

/// <summary>What the change feed tells its one reader per process, in order. After a loss, <see cref="FeedRestored"/> is followed by a full reading of every kind.</summary>
public abstract record GridChange;

/// <summary>The connection to the serving store is gone; values already known are old from here on.</summary>
public sealed record FeedLost(DateTimeOffset Since, string Reason) : GridChange;

/// <summary>The feed listens again; full state follows.</summary>
public sealed record FeedRestored(DateTimeOffset At) : GridChange;

/// <summary>New feeder and substation values. <paramref name="Full"/>: all rows there are, rather than what changed.</summary>
/// <param name="ReceivedAt">When the newest of them was committed to the store, Unix milliseconds.</param>
public sealed record TelemetryChange(bool Full, TelemetrySweep Sweep, long ReceivedAt) : GridChange;

/// <summary>The newest reading of each meter named. Shares the arrays' shape with <see cref="IntervalReadings"/>; quality and time are the newest interval's.</summary>
/// <param name="Completeness">Counts of the quarter hours that these touched; all known ones when full.</param>
public sealed record ReadingsChange(bool Full, IntervalReadings Latest, IntervalCompleteness[] Completeness, long ReceivedAt) : GridChange;

/// <summary>New events, oldest first; when full, those of the last 24 hours, bounded.</summary>
public sealed record EventsChange(bool Full, EndDeviceEvent[] Meters, CircuitEvent[] Circuits, long ReceivedAt) : GridChange;

/// <summary>New positions of line devices. <paramref name="Full"/>: all rows there are, rather than what changed.</summary>
public sealed record DeviceChange(bool Full, DeviceStates States, long ReceivedAt) : GridChange;

/// <summary>Minutes of the past were filled in: trends are read again.</summary>
public sealed record MinutesChange : GridChange;

/// <summary>Someone's account changed: role, password, enabled or not. Told by the notification alone, <see cref="Payload"/>; what holds now is in the store.</summary>
public sealed record PeopleChange(int UserId) : GridChange
{
    private const string Kind = "people|";

    /// <summary>What a writer notifies in its transaction.</summary>
    public static string Payload(int userId) => $"{Kind}{userId}";

    internal static PeopleChange? Parse(string payload) =>
        payload.StartsWith(Kind, StringComparison.Ordinal) && int.TryParse(payload.AsSpan(Kind.Length), out var id) ? new(id) : null;
}

/// <summary>The network itself was replaced: readers load the model again.</summary>
public sealed record NetworkChange(string ContentHash) : GridChange;

/// <summary>How much of the fleet has delivered one interval. Counts are of meters, each at most once.</summary>
/// <param name="IntervalStart">Unix seconds, UTC.</param>
public readonly record struct IntervalCompleteness(long IntervalStart, int Good, int Estimated, int Missing, int Other)
{
    /// <summary>Meters that delivered a value.</summary>
    public int Received => Good + Estimated + Other;
}
