using System.Globalization;
using FluxOps.Data.Readings;
using FluxOps.Generator.Input;

namespace FluxOps.Generator.Replay;

/// <summary>
/// Reads a Smart Meter Texas interval export (grid-domain 4). Times are Texas local labels without an offset, so the days on which the clock changes
/// are read by grid-domain 1.7: in spring the hour that does not exist is absent or blank, in autumn the repeated hour comes twice and its second
/// coming, whose first row is mislabelled in real exports, is standard time.
/// </summary>
public static class SmtFile
{
    private const int IntervalSeconds = 900;
    private const string EsiidName = "ESIID", DateName = "USAGE_DATE", StartName = "USAGE_START_TIME", EndName = "USAGE_END_TIME",
        KwhName = "USAGE_KWH", CodeName = "ESTIMATED_ACTUAL", ChannelName = "CONSUMPTION_SURPLUSGENERATION";
    private static readonly string[] Names = [EsiidName, DateName, "REVISION_DATE", StartName, EndName, KwhName, CodeName, ChannelName];

    internal static readonly TimeZoneInfo Texas = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    public static Recording Read(TextReader text, string fileName) => new Reader(new CsvLines(text), new InputFile(fileName)).Read();

    private sealed class Reader(CsvLines csv, InputFile file)
    {
        private readonly RecordingBuilder _rows = new(file);
        private readonly Dictionary<DateTime, int> _repeats = [];
        private readonly SortedSet<DateOnly> _skippedDays = [], _repeatedDays = [];
        private int[] _columns = [];
        private string? _esiid;
        private int _surplus, _skipped;

        public Recording Read()
        {
            ReadHeader();
            while (csv.Read())
                ReadRow();
            if (_rows.Count == 0)
                throw file.Fault(csv.Line, 1, $"expected rows with {ChannelName} “Consumption”, found none");
            return _rows.Build(Texas, IntervalSeconds, [.. Remarks()]);
        }

        private IEnumerable<string> Remarks()
        {
            foreach (var day in _skippedDays)
                yield return $"{day:yyyy-MM-dd}: clocks go forward; the blank rows from 02:00 to 03:00 name times that do not exist, and are skipped.";
            foreach (var day in _repeatedDays)
                yield return $"{day:yyyy-MM-dd}: clocks go back; the hour from 01:00 comes twice, the second time is read as standard time.";
            if (_skipped > 0)
                yield return $"{_skipped} rows skipped in all.";
            if (_surplus > 0)
                yield return $"{_surplus:N0} rows of surplus generation left out: only consumption is replayed.";
        }

        private void ReadHeader()
        {
            if (!csv.Read())
                throw file.Fault(1, 1, $"expected the header {string.Join(',', Names)}, found an empty file");
            string[] header = [.. csv.Fields.Select(h => h.Trim().TrimStart('\uFEFF'))];
            _columns = [.. Names.Select(n => Array.FindIndex(header, h => h.Equals(n, StringComparison.OrdinalIgnoreCase)))];
            for (var i = 0; i < Names.Length; i++)
                if (_columns[i] < 0)
                    throw file.Fault(csv.Line, csv.ColumnOf(Math.Min(i, header.Length)), $"expected the column {Names[i]} of a Smart Meter Texas export, found the header {Shown(string.Join(',', header))}");
        }

        private void ReadRow()
        {
            if (csv.Fields.Count < _columns.Max() + 1)
                throw file.Fault(csv.Line, csv.ColumnOf(csv.Fields.Count), $"expected {_columns.Max() + 1} fields, found {csv.Fields.Count}");
            CheckEsiid();
            switch (Field(ChannelName).ToUpperInvariant())
            {
                case "CONSUMPTION":
                    break;
                case "SURPLUS GENERATION":
                    Energy(); // unused, yet the whole file must be sound
                    Label();
                    _surplus++;
                    return;
                default:
                    throw Expected(ChannelName, "“Consumption” or “Surplus Generation”");
            }
            var (local, kwh) = (Label(), Energy());
            if (Texas.IsInvalidTime(local))
            {
                if (kwh is not null)
                    throw Expected(KwhName, $"nothing, because {local:MM/dd/yyyy HH:mm} does not exist in Texas (clocks go forward)");
                _skipped++;
                _skippedDays.Add(DateOnly.FromDateTime(local));
                return;
            }
            var (quality, code) = Code(kwh);
            _rows.Add(ToUtc(local), kwh ?? float.NaN, quality, code, csv.Line, ColumnOf(StartName));
        }

        private void CheckEsiid()
        {
            var text = Field(EsiidName).TrimStart('\'');
            if (text.Length is < 10 or > 22 || !text.All(char.IsAsciiDigit))
                throw Expected(EsiidName, "an ESIID of 10 to 22 digits");
            _esiid ??= text;
            if (text != _esiid)
                throw file.Fault(csv.Line, ColumnOf(EsiidName), "expected one ESIID in the file, found a second one");
        }

        /// <summary>The row's local start. Where start and end do not belong together, the end decides if it lies in the repeated hour.</summary>
        private DateTime Label()
        {
            if (!DateTime.TryParseExact(Field(DateName), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                throw Expected(DateName, "a date MM/DD/YYYY");
            var (start, end) = (day + Time(StartName), day + Time(EndName));
            if (end == day)
                end = day.AddDays(1); // “00:00” ends the day
            if (end - start == TimeSpan.FromSeconds(IntervalSeconds))
                return start;
            var byEnd = end.AddSeconds(-IntervalSeconds);
            return Texas.IsAmbiguousTime(byEnd) && start == byEnd.AddHours(1) ? byEnd : throw Expected(EndName, $"15 minutes after the start, {start.AddSeconds(IntervalSeconds):HH:mm}");
        }

        private TimeSpan Time(string column) =>
            TimeOnly.TryParseExact(Field(column), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Minute % 15 == 0
                ? time.ToTimeSpan() : throw Expected(column, "a time HH:mm on the quarter hour");

        private float? Energy()
        {
            var text = Field(KwhName);
            if (text.Length == 0)
                return null;
            return float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var kwh) && float.IsFinite(kwh)
                ? kwh : throw Expected(KwhName, "kWh as a number not below 0, or nothing");
        }

        private (ReadingQuality, string?) Code(float? kwh)
        {
            var code = Field(CodeName);
            var quality = code.ToUpperInvariant() switch
            {
                "A" => ReadingQuality.Good,
                "E" => ReadingQuality.Estimated,
                "" when kwh is null => ReadingQuality.Missing,
                _ => throw Expected(CodeName, kwh is null ? "A, E or nothing" : "A (actual) or E (estimated)"),
            };
            return (kwh is null ? ReadingQuality.Missing : quality, code.Length == 0 ? null : code);
        }

        private long ToUtc(DateTime local)
        {
            if (!Texas.IsAmbiguousTime(local))
                return Seconds(local - Texas.GetUtcOffset(local));
            var before = _repeats[local] = _repeats.GetValueOrDefault(local) + 1;
            var offsets = Texas.GetAmbiguousTimeOffsets(local);
            switch (before)
            {
                case 1:
                    return Seconds(local - offsets.Max()); // summer time, further ahead of UTC, comes first
                case 2:
                    _repeatedDays.Add(DateOnly.FromDateTime(local));
                    return Seconds(local - offsets.Min());
                default:
                    throw Expected(StartName, $"{local:HH:mm} twice on the day when clocks go back, not a third time");
            }
        }

        private static long Seconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;

        private int ColumnOf(string name) => csv.ColumnOf(_columns[Array.IndexOf(Names, name)]);

        private string Field(string name) => csv.Fields[_columns[Array.IndexOf(Names, name)]].Trim();

        private InputFileException Expected(string name, string what) => file.Fault(csv.Line, ColumnOf(name), $"{name}: expected {what}, found “{Shown(Field(name))}”");

        private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
    }
}
