namespace FluxOps.Generator.Load;

/// <summary>Local time of the service area, which people's habits and the sun follow.</summary>
public sealed class LocalClock(TimeZoneInfo zone)
{
    public const string DefaultZone = "America/Chicago";

    /// <summary>The zone by its IANA name. A machine without zone data gets one clear message.</summary>
    public static TimeZoneInfo Find(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new InvalidOperationException($"This machine has no data for the time zone {name}. Install the system's time zone data (the package is usually called tzdata).", e);
        }
    }

    /// <summary>Seconds since 1970 as the wall clock there counts them.</summary>
    public long LocalSeconds(long unixSeconds) => unixSeconds + (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)).TotalSeconds;
}
