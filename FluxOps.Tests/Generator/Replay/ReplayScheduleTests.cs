using System.Globalization;
using FluxOps.Generator.Replay;
using FsCheck.Xunit;
using static FluxOps.Tests.Generator.Replay.Smt;

namespace FluxOps.Tests.Generator.Replay;

public sealed class ReplayScheduleTests
{
    private static readonly TimeZoneInfo Texas = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    private static DateTimeOffset At(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [Theory]
    [InlineData("2022-03-01", 320, "2026-11-24T15:00Z", 209 * 7)] // same season, weekday kept, more than 30 days follow
    [InlineData("2022-03-01", 320, "2026-02-10T15:00Z", 205 * 7)] // no February in the file: its first days of March are nearest
    [InlineData("2026-07-01", 14, "2026-11-24T15:00Z", 20 * 7)]   // short: 48 h and up to a week before now, the rest follows
    [InlineData("2026-07-01", 5, "2026-11-24T15:00Z", 144)]       // no whole week leaves 48 h before: whole days
    [InlineData("2026-07-01", 1, "2026-11-24T15:00Z", 146)]       // too short for 48 h: it ends now
    public void The_shift_follows_its_rule(string first, int days, string now, int shift) =>
        Assert.Equal(shift, ReplaySchedule.ChooseDays(Days(first, days), At(now), Texas));

    [Property(MaxTest = 300)]
    public void Time_of_day_stays_and_starts_are_unique(ushort firstDay, byte days, ushort nowQuarter)
    {
        var recording = Days(new DateTime(2020, 1, 1).AddDays(firstDay % 2000).ToString("yyyy-MM-dd"), 1 + (days % 40));
        var now = At("2024-01-01T00:00Z").AddMinutes(15.0 * nowQuarter).AddSeconds(77);
        var shift = ReplaySchedule.ChooseDays(recording, now, Texas);
        var schedule = ReplaySchedule.Of(recording, shift, Texas);
        Assert.Equal(recording.Count, schedule.Start.Length + schedule.Dropped.Length);
        Assert.InRange(schedule.Dropped.Length, 0, 8);
        for (var i = 0; i < schedule.Start.Length; i++)
        {
            Assert.Equal(Local(recording.Start[schedule.Index[i]]).AddDays(shift), Local(schedule.Start[i]));
            Assert.True(i == 0 || schedule.Start[i] >= schedule.Start[i - 1] + 900);
        }
        // Now lies in the file or at its end, with 48 h before it where the file has them.
        var end = Local(recording.End).AddDays(shift);
        var today = TimeZoneInfo.ConvertTime(now, Texas).DateTime;
        Assert.True(end >= today.AddDays(days % 40 < 2 ? -1 : 0));
        if (days % 40 >= 3)
            Assert.True(Local(recording.FirstStart).AddDays(shift) <= today.AddHours(-48));
    }

    [Fact]
    public void Clock_changes_on_the_same_sunday_lose_nothing()
    {
        var schedule = ReplaySchedule.Of(Days("2022-03-01", 300), 208 * 7, Texas); // 2022-03-13 and 2022-11-06 come to 2026-03-08 and 2026-11-01
        Assert.Empty(schedule.Dropped);
        Assert.Equal(300 * 86_400, schedule.Start[^1] + 900 - schedule.Start[0]);
    }

    [Fact]
    public void A_long_day_on_an_ordinary_one_loses_its_repeated_hour_and_a_short_one_leaves_a_gap()
    {
        var autumn = ReplaySchedule.Of(Days("2026-11-01", 1), 7, Texas);
        Assert.Equal((96, 4), (autumn.Start.Length, autumn.Dropped.Length));
        var spring = ReplaySchedule.Of(Days("2026-03-08", 1), 7, Texas);
        Assert.Equal((92, 0), (spring.Start.Length, spring.Dropped.Length));
        Assert.Equal(86_400, spring.Start[^1] + 900 - spring.Start[0]);
        var onSpring = ReplaySchedule.Of(Days("2026-03-01", 1), 7, Texas);
        Assert.Equal((92, 4), (onSpring.Start.Length, onSpring.Dropped.Length));
    }

    [Fact]
    public void Another_zones_mornings_become_our_mornings()
    {
        var eastern = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var schedule = ReplaySchedule.Of(Days("2026-07-01", 1, eastern), 7, Texas);
        Assert.Equal(Utc("2026-07-08T05:00Z"), schedule.Start[0]);
    }

    private static DateTime Local(long seconds) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), Texas).DateTime;
}
