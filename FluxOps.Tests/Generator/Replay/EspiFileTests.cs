using System.IO.Compression;
using System.Text;
using FluxOps.Data.Readings;
using FluxOps.Generator.Input;
using FluxOps.Generator.Replay;
using static FluxOps.Tests.Generator.Replay.Smt;

namespace FluxOps.Tests.Generator.Replay;

public sealed class EspiFileTests
{
    private const long Start = 1_782_882_000; // 2026-07-01T05:00Z, a Houston midnight

    private static string Feed(params IEnumerable<string> entries) => "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n" + string.Join('\n', entries) + "\n</feed>";

    private static string Entry(string self, string? up, string[] related, string content, string title = "") =>
        $"<entry><title>{title}</title><link rel=\"self\" href=\"{self}\"/>{(up is null ? "" : $"<link rel=\"up\" href=\"{up}\"/>")}{string.Concat(related.Select(r => $"<link rel=\"related\" href=\"{r}\"/>"))}\n<content>{content}</content></entry>";

    private static string Type(string id = "t1", int length = 900, int flow = 1, int kind = 12, int uom = 72, int power = 0) => Entry($"/ReadingType/{id}", "/ReadingType", [],
        $"<ReadingType xmlns=\"http://naesb.org/espi\"><accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity><flowDirection>{flow}</flowDirection><intervalLength>{length}</intervalLength><kind>{kind}</kind><powerOfTenMultiplier>{power}</powerOfTenMultiplier><uom>{uom}</uom></ReadingType>");

    private static string Meter(string id = "m1", string type = "t1", string title = "Delivered") =>
        Entry($"/MeterReading/{id}", "/MeterReading", [$"/MeterReading/{id}/IntervalBlock", $"/ReadingType/{type}"], "<MeterReading xmlns=\"http://naesb.org/espi\"/>", title);

    private static string Block(string readings, string meter = "m1", int n = 1) => Entry($"/MeterReading/{meter}/IntervalBlock/{n}", $"/MeterReading/{meter}/IntervalBlock", [],
        $"<IntervalBlock xmlns=\"http://naesb.org/espi\">\n{readings}</IntervalBlock>");

    private static string Reading(long start, string value, string quality = "", int duration = 900) =>
        $"<IntervalReading>{quality}<timePeriod><duration>{duration}</duration><start>{start}</start></timePeriod><value>{value}</value></IntervalReading>\n";

    private static string Quality(params int[] codes) => string.Concat(codes.Select(c => $"<ReadingQuality><quality>{c}</quality></ReadingQuality>"));

    private static Recording Read(string xml) => EspiFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "home.xml");

    [Fact]
    public void Entries_are_linked_by_href_in_whatever_order_they_come()
    {
        var read = Read(Feed(Block(Reading(Start + 900, "500"), n: 2), Block(Reading(Start, "250")), Type(), Meter()));
        Assert.Equal([Start, Start + 900], read.Start);
        Assert.Equal([0.25f, 0.5f], read.Kwh);
        Assert.Equal(900, read.IntervalSeconds);
    }

    [Theory]
    [InlineData(0, 1500, 1.5f)]
    [InlineData(3, 2, 2f)]
    [InlineData(-3, 1_500_000, 1.5f)]
    public void Values_are_watt_hours_by_a_power_of_ten(int power, int value, float kwh) =>
        Assert.Equal(kwh, Read(Feed(Meter(), Type(power: power), Block(Reading(Start, $"{value}")))).Kwh[0], 1e-5f);

    [Fact]
    public void Hourly_readings_stay_hourly()
    {
        var read = Read(Feed(Meter(), Type(length: 3600), Block(Reading(Start, "1", duration: 3600) + Reading(Start + 3600, "1", duration: 3600))));
        Assert.Equal((3600, 2, Start + 7200), (read.IntervalSeconds, read.Count, read.End));
    }

    [Theory]
    [InlineData(ReadingQuality.Good, new int[0]), InlineData(ReadingQuality.Good, new[] { 0 }), InlineData(ReadingQuality.Good, new[] { 17 }), InlineData(ReadingQuality.Good, new[] { 18 }), InlineData(ReadingQuality.Good, new[] { 19 }), InlineData(ReadingQuality.Good, new[] { 14 })]
    [InlineData(ReadingQuality.Estimated, new[] { 8 }), InlineData(ReadingQuality.Estimated, new[] { 9 }), InlineData(ReadingQuality.Estimated, new[] { 12 }), InlineData(ReadingQuality.Estimated, new[] { 15 })]
    [InlineData(ReadingQuality.Edited, new[] { 7 }), InlineData(ReadingQuality.Suspect, new[] { 10 }), InlineData(ReadingQuality.Suspect, new[] { 16 })]
    [InlineData(ReadingQuality.Estimated, new[] { 19, 8 }), InlineData(ReadingQuality.Suspect, new[] { 10, 7 })]
    public void Qualities_are_mapped_and_kept(ReadingQuality expected, int[] codes)
    {
        var read = Read(Feed(Meter(), Type(), Block(Reading(Start, "1", Quality(codes)))));
        Assert.Equal((expected, codes.Length == 0 ? null : string.Join(',', codes)), (read.Quality[0], read.SourceCode[0]));
    }

    [Fact]
    public void A_reading_without_a_value_is_missing()
    {
        var read = Read(Feed(Meter(), Type(), Block($"<IntervalReading><timePeriod><duration>900</duration><start>{Start}</start></timePeriod></IntervalReading>")));
        Assert.Equal(ReadingQuality.Missing, read.Quality[0]);
        Assert.True(float.IsNaN(read.Kwh[0]));
    }

    [Fact]
    public void Of_several_readings_the_delivered_energy_is_taken_and_named()
    {
        var read = Read(Feed(Meter("m2", "t2", "Received"), Type("t2", flow: 19), Block(Reading(Start, "9"), "m2"), Meter("m1", "t1", "Delivered"), Type(), Block(Reading(Start, "250"))));
        Assert.Equal([0.25f], read.Kwh);
        var remark = Assert.Single(read.Remarks, r => r.Contains("taken: “Delivered”", StringComparison.Ordinal));
        Assert.Contains("“Received” (uom 72 kind 12 flowDirection 19", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_own_zone_is_kept() => Assert.Equal("America/New_York", Read(Feed(
        Entry("/LocalTimeParameters/1", null, [], "<LocalTimeParameters xmlns=\"http://naesb.org/espi\"><dstOffset>3600</dstOffset><tzOffset>-18000</tzOffset></LocalTimeParameters>"),
        Meter(), Type(), Block(Reading(Start, "1")))).Zone.Id);

    public static TheoryData<string, int, int, string> Malformed() => new()
    {
        { "", 1, 1, "expected well-formed XML" },
        { "not xml", 1, 1, "expected well-formed XML" },
        { "<html/>", 1, 2, "expected an Atom feed of Green Button data (<feed>), found <html>" },
        { "<!DOCTYPE feed [<!ENTITY a \"b\">]><feed/>", 1, 1, "expected well-formed XML" },
        { Feed(), 1, 1, "expected a MeterReading entry" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1"))).Replace("</feed>", "", StringComparison.Ordinal), 10, 1, "expected well-formed XML" },
        { Feed(Meter()), 3, 11, "expected a ReadingType entry related to the meter reading “Delivered”, found none" },
        { Feed(Meter(), Type(flow: 19)), 5, 11, "expected a reading of delivered energy in Wh" },
        { Feed(Meter(), Type(length: 86_400)), 5, 11, "intervalLength: expected 300, 900, 1800, 3600 s, found “86400”" },
        { Feed(Meter(), Type()), 3, 11, "expected IntervalBlock entries" },
        { Feed(Meter(), Type(), Block(Reading(Start, "a lot"))), 8, 99, "value: expected a whole number, found “a lot”" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1") + Reading(Start + 900, "-5"))), 9, 99, "value: expected delivered energy not below 0" },
        { Feed(Meter(), Type(), Block(Reading(Start + 7, "1"))), 8, 61, "start: expected a time on a whole quarter hour" },
        { Feed(Meter(), Type(), Block(Reading(9_223_372_036_854_775_800 / 900 * 900, "1"))), 8, 61, "start: expected a time of the years 1970 to 2199" },
        { Feed(Meter(), Type(), Block(Reading(7_258_118_400, "1"))), 8, 61, "start: expected a time of the years 1970 to 2199" },
        { Feed(Meter(), Type(power: 400), Block(Reading(Start, "1"))), 5, 230, "powerOfTenMultiplier: expected -12 to 12, found “400”" },
        { Feed(Meter(), Type(power: 12), Block(Reading(Start, "1"))), 8, 99, "value: expected less than 1000000 kWh an interval, found “1” times 10^12 Wh" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1") + Reading(Start + 900, "9223372036854775807"))), 9, 99, "value: expected less than 1000000 kWh" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1", duration: 600))), 8, 40, "duration: expected the reading type's intervalLength 900, found “600”" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1", Quality(3)))), 8, 43, "quality: expected an ESPI reading quality (0 or 7 to 19), found “3”" },
        { Feed(Meter(), Type(), Block(Reading(Start, "1") + Reading(Start, "1"))), 9, 61, "expected each interval once" },
        { Feed(Meter(), Type(), Block("<IntervalReading><value>1</value></IntervalReading>\n")), 8, 2, "expected a timePeriod" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_file_is_one_message_with_line_and_column(string xml, int line, int column, string expected)
    {
        var message = Assert.Throws<InputFileException>(() => Read(xml)).Message;
        Assert.StartsWith($"home.xml, line {line}, column {column}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_gzipped_file_is_read_and_a_damaged_or_unknown_one_is_said_to_be_so()
    {
        var folder = Directory.CreateTempSubdirectory("fluxops-replay-").FullName;
        try
        {
            var path = Path.Combine(folder, "home.xml.gz");
            using (var zip = new GZipStream(System.IO.File.Create(path), CompressionLevel.Fastest))
                zip.Write(Encoding.UTF8.GetBytes(Feed(Meter(), Type(), Block(Reading(Start, "1")))));
            Assert.Equal(1, RecordingFile.Read(path).Count);
            var bytes = System.IO.File.ReadAllBytes(path);
            bytes[20] ^= 0xff;
            System.IO.File.WriteAllBytes(path, bytes);
            Assert.StartsWith("home.xml.gz", Assert.Throws<InputFileException>(() => RecordingFile.Read(path)).Message, StringComparison.Ordinal);
            System.IO.File.WriteAllText(Path.Combine(folder, "home.pdf"), "");
            Assert.Contains("expected .csv", Assert.Throws<InputFileException>(() => RecordingFile.Read(Path.Combine(folder, "home.pdf"))).Message, StringComparison.Ordinal);
            Assert.Contains("no such file", Assert.Throws<InputFileException>(() => RecordingFile.Read(Path.Combine(folder, "none.csv"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_real_green_button_file_is_read()
    {
        if (SharedData.Find("greenbutton", "gba_test_usage_data.xml.gz") is not { } path)
        {
            Assert.Skip("The real Green Button file is not here (FLUXOPS_SHARED_DATA).");
            return;
        }
        var read = RecordingFile.Read(path);
        Assert.Equal((1340, 900, "America/New_York"), (read.Count, read.IntervalSeconds, read.Zone.Id));
        Assert.Equal(Utc("2012-03-01T05:00Z"), read.FirstStart);
        Assert.Equal((1, 1, 1338), (read.CountOf(ReadingQuality.Estimated), read.CountOf(ReadingQuality.Edited), read.CountOf(ReadingQuality.Good)));
        Assert.Equal(["8", "7"], read.SourceCode.OfType<string>());
        Assert.Equal(0.282f, read.Kwh[0], 1e-6f);
    }
}
