using System.Globalization;
using FluxOps.Data.Readings;
using FluxOps.Generator.Input;
using FluxOps.Generator.Replay;

namespace FluxOps.Tests.Generator.Replay;

/// <summary>Small exports made by hand, for tests.</summary>
internal static class Smt
{
    public const string Header = "ESIID,USAGE_DATE,REVISION_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,ESTIMATED_ACTUAL,CONSUMPTION_SURPLUSGENERATION";

    public static string Row(string date, string start, string end, string kwh = ".25", string code = "A", string channel = "Consumption") =>
        $"'1008901000000000000001,{date},{date} 06:00:00,{start},{end},{kwh},{code},{channel}";

    public static string File(params IEnumerable<string> rows) => Header + "\n" + string.Join('\n', rows) + "\n";

    public static Recording Read(params IEnumerable<string> rows) => ReadText(File(rows));

    public static Recording ReadText(string text) => SmtFile.Read(new StringReader(text), "home.csv");

    public static string FaultOf(string text) => Assert.Throws<InputFileException>(() => ReadText(text)).Message;

    /// <summary>Rows of one day by label, from 00:00 (or another minute) on.</summary>
    public static IEnumerable<string> Quarters(string date, int fromMinute, int toMinute, string kwh = ".25", string code = "A")
    {
        for (var m = fromMinute; m < toMinute; m += 15)
            yield return Row(date, Time(m), Time((m + 15) % 1440), kwh, code);
    }

    public static string Time(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    public static long Utc(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();

    public static Recording Days(string firstDay, int days, TimeZoneInfo? zone = null, int seconds = 900)
    {
        zone ??= TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        var midnight = DateTime.Parse(firstDay, CultureInfo.InvariantCulture);
        long from = Of(midnight), to = Of(midnight.AddDays(days));
        var n = (int)((to - from) / seconds);
        return new Recording
        {
            Source = "made.csv", Zone = zone, IntervalSeconds = seconds, Remarks = [],
            Start = [.. Enumerable.Range(0, n).Select(i => from + ((long)i * seconds))], Kwh = [.. Enumerable.Range(0, n).Select(i => i / 1000f)],
            Quality = new ReadingQuality[n], SourceCode = [.. Enumerable.Repeat("A", n)],
        };
        long Of(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeSeconds();
    }
}
