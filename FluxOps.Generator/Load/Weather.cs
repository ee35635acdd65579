namespace FluxOps.Generator.Load;

/// <summary>A typical Houston temperature: monthly means and daily swing of the typical year, with spells of warmer and cooler days (grid-domain 1.2).</summary>
public sealed class Weather(ulong seed, LocalClock clock)
{
    private const double DaySeconds = 86_400;

    public LoadConditions At(long unixSeconds)
    {
        long local = clock.LocalSeconds(unixSeconds), day = Math.DivRem(local, 86_400, out long inDay);
        double hour = inDay / 3600.0;
        var date = DateTime.UnixEpoch.AddDays(day);
        double season = LoadShapes.TypicalMean(date.DayOfYear - 1 + inDay / DaySeconds);
        // Winter days differ more from each other (northers) than summer days: σ of daily means about 8 and 3 °F.
        double spread = 3 + 5 * Math.Clamp((82 - season) / 30, 0, 1);
        double now = season + spread * Spell(local), mean = season + spread * Spell(local - 43_200);
        double temperature = now + LoadShapes.DiurnalSwing * LoadShapes.DiurnalShape(hour);
        bool weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return new(hour, weekend, temperature, mean);
    }

    private double Spell(long local) => 0.8 * SmoothNoise.At(seed, 501, local / (3.2 * DaySeconds)) + 0.4 * SmoothNoise.At(seed, 502, local / DaySeconds);

    /// <summary>Output of a photovoltaic system over its rating, 0 to about 0.8: sun height by season and hour, and passing clouds.</summary>
    public double Sun(long unixSeconds)
    {
        long local = clock.LocalSeconds(unixSeconds), day = Math.DivRem(local, 86_400, out long inDay);
        double season = -Math.Cos(2 * Math.PI * (DateTime.UnixEpoch.AddDays(day).DayOfYear + 10) / 365.25);
        double noon = 12.6, half = 6.1 + 0.95 * season, x = (inDay / 3600.0 - noon) / half;
        if (Math.Abs(x) >= 1)
            return 0;
        double cloud = Math.Clamp(0.82 + 0.25 * SmoothNoise.At(seed, 503, local / 5400.0), 0.15, 1);
        return (0.70 + 0.10 * season) * Math.Cos(Math.PI * x / 2) * cloud;
    }
}
