using FluxOps.Data.Readings;
using FluxOps.Generator.Replay;
using static FluxOps.Tests.Generator.Replay.Smt;

namespace FluxOps.Tests.Generator.Replay;

public sealed class SmtFileTests
{
    [Fact]
    public void A_day_becomes_96_intervals_in_utc()
    {
        var read = Read(Quarters("07/01/2026", 0, 1440));
        Assert.Equal(96, read.Count);
        Assert.Equal(Utc("2026-07-01T05:00Z"), read.FirstStart);
        Assert.Equal(Utc("2026-07-02T05:00Z"), read.End); // the last row ends at 00:00: the next midnight
        Assert.Equal((900, "America/Chicago", "home.csv"), (read.IntervalSeconds, read.Zone.Id, read.Source));
        AssertContinuous(read);
    }

    [Fact]
    public void Codes_become_qualities_and_stay_beside_them()
    {
        var read = Read(
            Row("07/01/2026", " 00:00", " 00:15", ".5", "A"), Row("07/01/2026", "00:15", "00:30", "1.25", "E"),
            Row("07/01/2026", "00:30", "00:45", "", ""), Row("07/01/2026", "00:45", "01:00", "", "E"));
        Assert.Equal([ReadingQuality.Good, ReadingQuality.Estimated, ReadingQuality.Missing, ReadingQuality.Missing], read.Quality);
        Assert.Equal(["A", "E", null, "E"], read.SourceCode);
        Assert.Equal([0.5f, 1.25f, float.NaN, float.NaN], read.Kwh);
    }

    [Fact]
    public void Surplus_generation_is_counted_and_left_out()
    {
        var read = Read(Row("07/01/2026", "00:00", "00:15"), Row("07/01/2026", "00:00", "00:15", ".9", "A", "Surplus Generation"), Row("07/01/2026", "00:15", "00:30"));
        Assert.Equal(2, read.Count);
        Assert.Contains(read.Remarks, r => r.StartsWith("1 rows of surplus generation", StringComparison.Ordinal));
    }

    [Fact]
    public void The_spring_day_is_the_same_with_92_rows_and_with_four_blank_ones()
    {
        var (before, after) = (Quarters("03/08/2026", 0, 120).ToList(), Quarters("03/08/2026", 180, 1440).ToList());
        var plain = Read(before.Concat(after));
        var blank = Read(before.Concat(Quarters("03/08/2026", 120, 180, "", "")).Concat(after));
        Assert.Equal(92, plain.Count);
        Assert.Equal(plain.Start, blank.Start);
        Assert.Equal(0, blank.CountOf(ReadingQuality.Missing));
        AssertContinuous(blank);
        Assert.Empty(plain.Remarks);
        Assert.Contains(blank.Remarks, r => r.Contains("do not exist", StringComparison.Ordinal));
    }

    [Fact]
    public void The_autumn_day_has_100_intervals_whose_repeated_hour_is_standard_time()
    {
        var read = Read(Quarters("11/01/2026", 0, 120, ".1")
            .Append(Row("11/01/2026", "02:00", "01:15", ".2")).Concat(Quarters("11/01/2026", 75, 120, ".2")) // labelled as real exports do
            .Concat(Quarters("11/01/2026", 120, 1440, ".3")));
        Assert.Equal(100, read.Count);
        AssertContinuous(read);
        int At(string iso) => Array.IndexOf(read.Start, Utc(iso));
        Assert.Equal([.1f, .2f, .3f], [read.Kwh[At("2026-11-01T06:00Z")], read.Kwh[At("2026-11-01T07:00Z")], read.Kwh[At("2026-11-01T08:00Z")]]);
        Assert.Contains(read.Remarks, r => r.Contains("standard time", StringComparison.Ordinal));
    }

    [Fact]
    public void An_autumn_day_labelled_plainly_is_the_same()
    {
        var read = Read(Quarters("11/01/2026", 0, 120).Concat(Quarters("11/01/2026", 60, 120)).Concat(Quarters("11/01/2026", 120, 1440)));
        Assert.Equal(100, read.Count);
        AssertContinuous(read);
    }

    [Fact]
    public void Columns_are_found_by_name_and_days_may_come_in_any_order()
    {
        var read = ReadText("USAGE_DATE,CONSUMPTION_SURPLUSGENERATION,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,REVISION_DATE,ESTIMATED_ACTUAL,ESIID\n"
            + "07/02/2026,Consumption,00:00,00:15,.2,,A,'1008901000000000000001\n07/01/2026,Consumption,23:45,00:00,.1,,A,'1008901000000000000001\n");
        Assert.Equal([.1f, .2f], read.Kwh);
        AssertContinuous(read);
    }

    public static TheoryData<string, int, int, string> Malformed() => new()
    {
        { "", 1, 1, "expected the header ESIID" },
        { "A,B,C\n", 1, 1, "expected the column ESIID" },
        { Header + "\n", 2, 1, "expected rows" },
        { File(Row("07/01/2026", "00:00", "00:15"), "'1008901000000000000001,07/01/2026,x,00:15"), 3, 43, "expected 8 fields, found 4" },
        { File(Row("2026-07-01", "00:00", "00:15")), 2, 25, "expected a date MM/DD/YYYY, found “2026-07-01”" },
        { File(Row("02/30/2026", "00:00", "00:15")), 2, 25, "expected a date" },
        { File(Row("07/01/2026", "00:07", "00:22")), 2, 56, "quarter hour" },
        { File(Row("07/01/2026", "00:00", "00:30")), 2, 62, "expected 15 minutes after the start, 00:15, found “00:30”" },
        { File(Row("07/01/2026", "00:00", "00:15", "much")), 2, 68, "expected kWh as a number not below 0, or nothing, found “much”" },
        { File(Row("07/01/2026", "00:00", "00:15", "-1")), 2, 68, "USAGE_KWH" },
        { File(Row("07/01/2026", "00:00", "00:15", "NaN")), 2, 68, "USAGE_KWH" },
        { File(Row("07/01/2026", "00:00", "00:15", ".25", "X")), 2, 72, "expected A (actual) or E (estimated), found “X”" },
        { File(Row("07/01/2026", "00:00", "00:15", ".25", "")), 2, 72, "expected A (actual)" },
        { File(Row("07/01/2026", "00:00", "00:15", ".25", "A", "Gas")), 2, 74, "expected “Consumption” or “Surplus Generation”, found “Gas”" },
        { File(Row("07/01/2026", "00:00", "00:15")).Replace("'1008", "'x", StringComparison.Ordinal), 2, 1, "expected an ESIID" },
        { File(Row("07/01/2026", "00:00", "00:15"), Row("07/01/2026", "00:15", "00:30").Replace("0001,", "0002,", StringComparison.Ordinal)), 3, 1, "expected one ESIID" },
        { File(Row("07/01/2026", "00:00", "00:15"), Row("07/01/2026", "00:00", "00:15")), 3, 56, "expected each interval once, found 2026-07-01 00:00 -05:00 over again (first on line 2)" },
        { File(Row("03/08/2026", "02:00", "02:15")), 2, 68, "does not exist in Texas" },
        { File(Row("11/01/2026", "01:00", "01:15"), Row("11/01/2026", "01:00", "01:15"), Row("11/01/2026", "01:00", "01:15")), 4, 56, "not a third time" },
        { File(Row("07/01/2026", "00:00", "00:15"), Row("07/01/2026", "00:00", "00:15", "?", "A", "Surplus Generation")), 3, 68, "USAGE_KWH" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_file_is_one_message_with_line_and_column(string text, int line, int column, string expected)
    {
        var message = FaultOf(text);
        Assert.StartsWith($"home.csv, line {line}, column {column}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_real_export_of_320_days_is_continuous_in_utc()
    {
        if (SharedData.Find("meter", "smt_oncor_IntervalData_masked.csv") is not { } path)
        {
            Assert.Skip("The real Smart Meter Texas export is not here (FLUXOPS_SHARED_DATA).");
            return;
        }
        Assert.Equal(30_724 + 1, System.IO.File.ReadLines(path).Count());
        var read = RecordingFile.Read(path);
        Assert.Equal(320 * 96, read.Count);
        Assert.Equal((Utc("2022-03-01T06:00Z"), Utc("2023-01-15T06:00Z")), (read.FirstStart, read.End));
        AssertContinuous(read);
        Assert.Equal((0L, 0), (read.Absent, read.CountOf(ReadingQuality.Missing)));
        Assert.Equal(3, read.Remarks.Count); // the spring day, the autumn day, four rows skipped
    }

    private static void AssertContinuous(Recording read)
    {
        for (var i = 1; i < read.Count; i++)
            Assert.Equal(read.Start[i - 1] + 900, read.Start[i]);
    }
}
