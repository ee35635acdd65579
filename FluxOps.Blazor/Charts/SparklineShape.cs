using System.Text;

namespace FluxOps.Blazor.Charts;

/// <summary>Geometry and words of a sparkline: paths in the units of its box.</summary>
public sealed record SparklineShape(string Line, string Breach, string? LimitY, string? LastX, string? LastY, bool LastOver, string Text)
{
    public static readonly SparklineShape Empty = new("", "", null, null, null, false, "no values");
    private const float Pad = 3; // room for the dot

    /// <summary>NaN is a gap. What lies above <paramref name="limit"/> is drawn again as a breach; it starts and ends where the line crosses the limit.</summary>
    public static SparklineShape Of(ReadOnlySpan<float> values, float? limit, float? min, float? max, string? label, float width, float height)
    {
        float low = min ?? float.PositiveInfinity, high = max ?? float.NegativeInfinity;
        var last = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) continue;
            last = i;
            if (min is null) low = Math.Min(low, values[i]);
            if (max is null) high = Math.Max(high, values[i]);
        }
        var prefix = label is null ? "" : label + ": ";
        if (last < 0) return Empty with { Text = prefix + "no values" };
        var (least, most) = (low, high);
        // The limit belongs in the picture once the values come near it; far away it would only flatten them.
        var showLimit = limit is { } l && (max is not null ? l <= high : high >= 0.8f * l);
        if (showLimit && max is null) high = Math.Max(high, limit!.Value);
        if (high - low < 1e-6f * Math.Max(1, Math.Abs(high))) (low, high) = (low - 1, high + 1);

        var step = values.Length > 1 ? (width - 2 * Pad) / (values.Length - 1) : 0;
        float X(int i) => Pad + i * step;
        float Y(float v) => height - Pad - (Math.Clamp(v, low, high) - low) / (high - low) * (height - 2 * Pad);

        StringBuilder line = new(), breach = new();
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) continue;
            var joined = i > 0 && float.IsFinite(values[i - 1]);
            Append(line, joined ? 'L' : 'M', X(i), Y(values[i]));
            if (!joined && (i + 1 == values.Length || !float.IsFinite(values[i + 1]))) line.Append("h.01"); // one value between gaps: a point, not nothing
            if (limit is not { } top || !joined) continue;
            float a = values[i - 1], b = values[i];
            if (a <= top && b <= top) continue;
            var cross = a > top != b > top ? (top - a) / (b - a) : 0;
            if (a > top) Append(breach, 'M', X(i - 1), Y(a)); else Append(breach, 'M', X(i - 1) + cross * step, Y(top));
            if (b > top) Append(breach, 'L', X(i), Y(b)); else Append(breach, 'L', X(i - 1) + cross * step, Y(top));
        }
        var over = limit is { } bound && values[last] > bound;
        var text = $"{prefix}last {Number(values[last])}, from {Number(least)} to {Number(most)}{(over ? ", over the limit" : "")}{(last < values.Length - 1 ? ", newest missing" : "")}";
        return new(line.ToString(), breach.ToString(), showLimit ? Short(Y(limit!.Value)) : null, Short(X(last)), Short(Y(values[last])), over, text);
    }

    private static void Append(StringBuilder path, char command, float x, float y) => path.Append(command).Append(Short(x)).Append(' ').Append(Short(y));
    private static string Short(float v) => v.ToString("0.#");
    private static string Number(float v) => v.ToString(Math.Abs(v) < 10 ? "0.##" : "#,0.#");
}
