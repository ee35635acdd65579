using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Topology;

/// <summary>What a transformer's meters say of it, and how far that may be believed.</summary>
/// <param name="End">Of the newest interval, as long as the meter says that told it.</param>
/// <param name="Quality">The worst of the meters' that are in it.</param>
/// <param name="Origin">The one furthest from measured of the meters' that are in it.</param>
public readonly record struct TransformerReading(TransformerValue Value, DateTimeOffset End, ReadingQuality Quality, ValueOrigin Origin)
{
    /// <summary>Null: none of its meters has told anything.</summary>
    public static TransformerReading? Of(LiveGrid live, GridTopology topology, int transformer)
    {
        if (live.Transformer(transformer) is not { NewestIntervalStart: > 0 } sum) return null;
        var (first, end) = (topology.FirstMeterOfTransformer[transformer], topology.FirstMeterOfTransformer[transformer + 1]);
        var seconds = 0;
        for (var m = first; m < end; m++)
            if (live.Meter(m) is { } value && value.IntervalStart >= sum.NewestIntervalStart) seconds = Math.Max(seconds, value.IntervalSeconds);

        // The sum takes the newest interval and the one before.
        var (quality, origin) = (ReadingQuality.Good, ValueOrigin.Measured);
        for (var m = first; m < end; m++)
        {
            if (live.Meter(m) is not { } value || value.IntervalStart < sum.NewestIntervalStart - seconds) continue;
            if (value.Quality > quality) quality = value.Quality;
            if (value.Origin > origin) origin = value.Origin;
        }

        return new(sum, DateTimeOffset.FromUnixTimeSeconds(sum.NewestIntervalStart + seconds), quality, origin);
    }
}
