using FluxOps.Data.Telemetry;

namespace FluxOps.Data.Readings;

/// <summary>Which of two deliveries of one interval stands.</summary>
internal static class ReadingRank
{
    /// <summary>Measured and edited values over estimates, estimates over suspects, anything over nothing.</summary>
    private static int Of(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Edited => 4,
        ReadingQuality.Good => 3,
        ReadingQuality.PowerFail => 3, // measured too: the meter saw the power go
        ReadingQuality.Estimated => 2,
        ReadingQuality.Suspect => 1,
        _ => 0,
    };

    /// <summary>
    /// True where the new one is better, or equally good and different: a later revision. A simulated reading never stands in for one of a real meter,
    /// measured or replayed, nor does its quality count against one.
    /// </summary>
    public static bool Wins(in StoredReading next, in StoredReading stored) => next.IsSimulated != stored.IsSimulated ? stored.IsSimulated :
        Of(next.Quality) > Of(stored.Quality) || (Of(next.Quality) == Of(stored.Quality) && !next.Equals(stored));

    /// <summary>Column of <c>ami_completeness</c>: good 0, estimated 1, missing 2, other 3.</summary>
    public static int Class(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Good or ReadingQuality.Edited => 0,
        ReadingQuality.Estimated => 1,
        ReadingQuality.Missing => 2,
        _ => 3,
    };
}

/// <summary>What of a reading can differ between two deliveries. NaN equals NaN.</summary>
internal readonly record struct StoredReading(float Kwh, float Volts, ReadingQuality Quality, string? SourceCode, ValueOrigin Origin)
{
    public bool IsSimulated => Origin == ValueOrigin.Simulated;
}
