using FluxOps.Data.Readings;

namespace FluxOps.Generator.Replay;

/// <summary>Says what a recording is and what a replay will do with it.</summary>
public static class ReplaySummary
{
    public static void Recording(Recording recording, Action<string> say)
    {
        say($"{recording.Source}: {recording.Count:N0} readings of {recording.IntervalSeconds / 60} min, {Local(recording.FirstStart, recording.Zone)} to {Local(recording.End, recording.Zone)} ({recording.Zone.Id}).");
        say($"  {string.Join(", ", Enum.GetValues<ReadingQuality>().Where(q => q <= ReadingQuality.Missing || recording.CountOf(q) > 0).Select(q => $"{recording.CountOf(q):N0} {q.ToString().ToLowerInvariant()}"))}"
            + $"; {recording.Absent:N0} intervals not in the file.");
        foreach (var remark in recording.Remarks)
            say($"  {remark}");
    }

    public static void Schedule(Recording recording, ReplaySchedule schedule, DateTimeOffset now, double speed, Action<string> say)
    {
        var days = Math.Abs(schedule.Days);
        say($"Moved by {schedule.Days:+#,0;-#,0;0} days{(days > 0 && days % 7 == 0 ? $" ({days / 7:N0} weeks: weekdays stay)" : "")}: now is the file's {TimeZoneInfo.ConvertTime(now, SmtFile.Texas).DateTime.AddDays(-schedule.Days):yyyy-MM-dd HH:mm}.");
        var first = schedule.FirstAt(now.ToUnixTimeSeconds());
        var lost = schedule.Dropped.Count(i => first < schedule.Index.Length && i > schedule.Index[first]);
        if (lost > 0)
            say($"  {lost:N0} readings have no place, because clocks change on another day there.");
        if (schedule.Start.Length > 0)
            say($"  It will end on {Local(schedule.Start[^1] + recording.IntervalSeconds, SmtFile.Texas)}. {(speed > 1 ? $"Speed {speed:0.##} up to now, then real time." : "Real time.")} Ctrl-C stops.");
    }

    private static string Local(long seconds, TimeZoneInfo zone) => $"{TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone):yyyy-MM-dd HH:mm}";
}
