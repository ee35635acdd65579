namespace FluxOps.Blazor.Shell;

/// <summary>The one way numbers are written on screen: fixed decimals per quantity, comma thousands, U+2212 minus, an em dash where nothing is known.</summary>
public static class Format
{
    /// <summary>Shown where there is no value; the word "never" or "no data" stands beside it.</summary>
    public const string Unknown = "—";

    public static string Number(double? value, int decimals)
    {
        if (value is not { } v || !double.IsFinite(v)) return Unknown;
        var text = Math.Abs(v).ToString("N" + decimals);
        // −0.04 at one decimal is 0.0, not −0.0.
        return v < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    public static string Count(long value) => Number(value, 0);
    public static string Count(double? value) => Number(value, 0);
    public static string Mw(double? value) => Number(value, 1);
    public static string Mva(double? value) => Number(value, 1);
    public static string Kv(double? value) => Number(value, 2);
    public static string Volts(double? value) => Number(value, 1);
    public static string Amps(double? value) => Number(value, 0);
    public static string Kwh(double? value) => Number(value, 3);
    public static string Percent(double? value, int decimals = 0) => Number(value, decimals);

    /// <summary>A change, with its sign: +4.2, −0.3, 0.0.</summary>
    public static string Signed(double? value, int decimals)
    {
        var text = Number(value, decimals);
        return value > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" + text : text;
    }

    /// <summary>"2 s", "1 m 40 s", "3 h 5 m", "2 d 4 h": as the browser's ticker writes it.</summary>
    public static string Age(TimeSpan age)
    {
        if (age < TimeSpan.Zero) age = TimeSpan.Zero;
        if (age.TotalMinutes < 1) return $"{age.Seconds} s";
        if (age.TotalHours < 1) return $"{age.Minutes} m {age.Seconds} s";
        if (age.TotalDays < 1) return $"{age.Hours} h {age.Minutes} m";
        return $"{(int)age.TotalDays} d {age.Hours} h";
    }
}
