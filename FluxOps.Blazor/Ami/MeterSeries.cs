using FluxOps.Data.Readings;

namespace FluxOps.Blazor.Ami;

/// <summary>Intervals of a meter on an even time axis, so that what was not delivered is a gap and not a line across it.</summary>
public sealed record MeterSeries(long[] X, float[] Kwh, float[] Volts, ReadingQuality[] Quality)
{
    public static MeterSeries Of(IReadOnlyList<IntervalRow> intervals, DateTimeOffset from, DateTimeOffset to)
    {
        // Meters of one page may come in 900 s; a replayed Green Button file in 3,600 s. The axis has the finest step seen.
        var step = intervals.Count == 0 ? 900 : intervals.Min(i => Math.Max(60, i.IntervalSeconds));
        var start = from.ToUnixTimeSeconds() / step * step;
        var count = (int)((to.ToUnixTimeSeconds() - start) / step) + 1;
        var x = new long[count];
        var kwh = new float[count];
        var volts = new float[count];
        var quality = new ReadingQuality[count];
        Array.Fill(kwh, float.NaN);
        Array.Fill(volts, float.NaN);
        for (var i = 0; i < count; i++) x[i] = start + (i * (long)step);
        foreach (var interval in intervals)
        {
            var first = (interval.IntervalStart - start) / step;
            // An interval longer than the step covers several places of the axis.
            for (var i = first; i < first + Math.Max(1, interval.IntervalSeconds / step); i++)
            {
                if (i < 0 || i >= count) continue;
                kwh[i] = interval.Quality == ReadingQuality.Missing ? float.NaN : interval.Kwh;
                quality[i] = interval.Quality;
                volts[i] = interval.Quality == ReadingQuality.Missing ? float.NaN : interval.Volts;
            }
        }

        return new(x, kwh, volts, quality);
    }
}
