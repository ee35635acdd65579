namespace FluxOps.Blazor.Shell;

/// <summary>Times as the control room reads them: 24 hours, ISO order, in its own zone (<c>FluxOps:ControlRoom:TimeZone</c>).</summary>
public sealed class ControlRoomTime(TimeZoneInfo zone, TimeProvider time)
{
    /// <summary>IANA name, for the browser's clock.</summary>
    public string ZoneId => zone.Id;
    public DateTimeOffset Now => TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
    public string Minute(DateTimeOffset at) => Local(at).ToString("HH:mm");
    public string Second(DateTimeOffset at) => Local(at).ToString("HH:mm:ss");
    public string Day(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd");
    public string Full(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm:ss");
    /// <summary>For hover: the local time with its offset, and UTC.</summary>
    public string Exact(DateTimeOffset at) => $"{Local(at):yyyy-MM-dd HH:mm:ss zzz} · {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    /// <summary>A quarter hour by its start: the time alone within today, with its date otherwise.</summary>
    public string Interval(DateTimeOffset start) => Local(start).Date == Now.Date ? Minute(start) : $"{Local(start):yyyy-MM-dd HH:mm}";

    /// <summary>The time alone within today, with its date otherwise.</summary>
    public string Since(DateTimeOffset at) => Local(at).Date == Now.Date ? Second(at) : $"{Local(at):yyyy-MM-dd HH:mm}";
}
