using FluxOps.Data.Readings;

namespace FluxOps.Blazor.Charts;

/// <summary>How a line is drawn: the one that is looked at, a second of equal weight, one to compare with, a faint one.</summary>
public enum ChartRole { Main, Second, Compare, Faint }

/// <summary>One line of a <see cref="TimeChart"/>, as long as its X.</summary>
/// <param name="Y">NaN: a gap, drawn as a gap.</param>
/// <param name="Marks">A quality a point; what is not good is marked by shape. Null: all good.</param>
/// <param name="Stepped">The value holds until the next one (intervals), rather than being joined by a straight line.</param>
public sealed record ChartSeries(string Label, float[] Y, ChartRole Role = ChartRole.Main, ReadingQuality[]? Marks = null, bool Stepped = false);

/// <summary>A dashed line across the chart, such as a rating.</summary>
public sealed record ChartLimit(string Label, double Value);

/// <summary>A shaded range of values, such as ANSI C84.1 range A.</summary>
public sealed record ChartBand(double From, double To);
