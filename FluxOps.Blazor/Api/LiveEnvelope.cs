using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Api;

/// <summary>What holds for all the values of an answer.</summary>
/// <param name="Version">Version of the picture of the grid; rises with each change.</param>
/// <param name="PublishedAt">When this picture was made, UTC.</param>
/// <param name="Simulated">True where any value is simulated or the network is synthetic.</param>
/// <param name="Connected">False while the feed from the serving store is down: every value is the last one known.</param>
/// <param name="ConnectedSince">Since when the feed has been up, or down.</param>
/// <param name="ConnectionFault">Why the feed is down; empty while it is up.</param>
public sealed record LiveEnvelope(long Version, DateTimeOffset PublishedAt, bool Simulated, bool Connected, DateTimeOffset ConnectedSince, string ConnectionFault)
{
    public static LiveEnvelope Of(GridSnapshot snapshot) =>
        new(snapshot.Version, snapshot.PublishedAt, snapshot.Simulated, snapshot.Link.Connected, snapshot.Link.Since, snapshot.Link.Reason);
}

/// <summary>From the snapshot's arrays to JSON.</summary>
internal static class LiveValues
{
    /// <summary>JSON knows no NaN: no value is null.</summary>
    public static double? Number(float value, int decimals) => float.IsFinite(value) ? Math.Round(value, decimals) : null;

    /// <summary>Unix milliseconds; 0: never.</summary>
    public static DateTimeOffset? Time(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static T? At<T>(T[] values, int id) where T : struct => id < values.Length ? values[id] : null;
}
