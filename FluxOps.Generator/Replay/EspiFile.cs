using FluxOps.Data.Readings;
using FluxOps.Generator.Input;

namespace FluxOps.Generator.Replay;

/// <summary>
/// Reads Green Button XML (ESPI in Atom, grid-domain 4). Entries are linked by their hrefs and may come in any order; of several meter readings
/// the first one of energy delivered to the customer is taken. Times are UTC seconds: the days on which clocks change need no care.
/// </summary>
public static class EspiFile
{
    private const long WattHour = 72, Forward = 1, Energy = 12, Delta = 4;
    private static readonly string[] Described = ["uom", "kind", "flowDirection", "accumulationBehaviour", "commodity"];
    /// <summary>kWh of one interval from which on a value is a slip of the unit: 1 GWh is a power station, not a customer.</summary>
    private const double ImplausibleKwh = 1e6;
    /// <summary>Powers of ten that ESPI has multipliers for: pico to tera.</summary>
    private const int LeastPower = -12, MostPower = 12;
    /// <summary>Starts that are times of meters: 1970 to 2200. Beyond, calendars and zones end.</summary>
    private const long LastStart = 7_258_118_400;
    private static readonly int[] Lengths = [300, 900, 1800, 3600];

    public static Recording Read(Stream content, string fileName)
    {
        var file = new InputFile(fileName);
        var entries = EspiEntries.Read(content, file);
        List<string> remarks = [];
        var (meterReading, type) = Choose(entries, file, remarks);
        var seconds = Length(type, file);
        var power = Power(type, file);
        var rows = new RecordingBuilder(file);
        foreach (var block in entries.Blocks.Where(b => Owns(meterReading, b)))
            foreach (var reading in block.Readings)
                Add(rows, reading, seconds, power, file);
        if (rows.Count == 0)
            throw file.Fault(meterReading.Place.Line, meterReading.Place.Column, $"expected IntervalBlock entries that belong to the meter reading {Name(meterReading)}, found none");
        // A reading of a type we do not use must be sound as well, which reading the entries has shown.
        return rows.Build(Zone(entries, remarks), seconds, remarks);
    }

    private static (EspiMeterReading, EspiReadingType) Choose(EspiEntries entries, InputFile file, List<string> remarks)
    {
        if (entries.MeterReadings.Count == 0)
            throw file.Fault(1, 1, "expected a MeterReading entry, found none");
        var typed = entries.MeterReadings.Select(m => (Reading: m, Type: entries.ReadingTypes.Find(t => t.Links.Self is { } self && m.Links.Related.Contains(self)))).ToList();
        foreach (var (reading, type) in typed)
            if (type is null)
                throw file.Fault(reading.Place.Line, reading.Place.Column, $"expected a ReadingType entry related to the meter reading {Name(reading)}, found none");
        var chosen = typed.Find(t => IsForwardEnergy(t.Type!));
        if (chosen.Reading is null)
        {
            var (first, type) = typed[0];
            throw file.Fault(type!.Place.Line, type.Place.Column,
                $"expected a reading of delivered energy in Wh (uom 72, kind 12, flowDirection 1), found only {string.Join("; ", typed.Select(t => $"{Name(t.Reading)}: {Describe(t.Type!)}"))}");
        }
        if (typed.Count > 1)
            remarks.Add($"{typed.Count} meter readings in the file; taken: {Name(chosen.Reading)} (delivered energy), left out: {string.Join(", ", typed.Where(t => t.Reading != chosen.Reading).Select(t => $"{Name(t.Reading)} ({Describe(t.Type!)})"))}.");
        return (chosen.Reading, chosen.Type!);
    }

    private static bool IsForwardEnergy(EspiReadingType type) =>
        Code(type, "uom") == WattHour && Code(type, "flowDirection", Forward) == Forward && Code(type, "kind", Energy) == Energy && Code(type, "accumulationBehaviour", Delta) == Delta
        && Code(type, "commodity", 1) is 0 or 1 or 2; // electricity

    private static string Describe(EspiReadingType type) =>
        string.Join(' ', Described.Where(type.Codes.ContainsKey).Select(c => $"{c} {type.Codes[c]}"));

    private static long? Code(EspiReadingType type, string name, long? otherwise = null) => type.Codes.TryGetValue(name, out var code) ? code : otherwise;

    private static string Name(EspiMeterReading reading) => reading.Title is { Length: > 0 } title ? $"“{title}”" : $"“{reading.Links.Self}”";

    private static int Length(EspiReadingType type, InputFile file)
    {
        var seconds = Code(type, "intervalLength");
        return seconds is { } s && Array.IndexOf(Lengths, (int)Math.Clamp(s, 0, int.MaxValue)) >= 0
            ? (int)s : throw file.Fault(type.Place.Line, type.Place.Column, $"intervalLength: expected {string.Join(", ", Lengths)} s, found {(seconds is null ? "none" : $"“{seconds}”")}");
    }

    private static int Power(EspiReadingType type, InputFile file) => (Code(type, "powerOfTenMultiplier") ?? 0) is var power && power is >= LeastPower and <= MostPower
        ? (int)power : throw file.Fault(type.Places["powerOfTenMultiplier"].Line, type.Places["powerOfTenMultiplier"].Column, $"powerOfTenMultiplier: expected {LeastPower} to {MostPower}, found “{power}”");

    private static bool Owns(EspiMeterReading reading, EspiBlock block) =>
        block.Links.Up is { } up && (reading.Links.Related.Contains(up) || up == reading.Links.Self || (reading.Links.Self is { } self && up == self + "/IntervalBlock"));

    private static void Add(RecordingBuilder rows, in EspiReading reading, int seconds, int power, InputFile file)
    {
        InputFileException Fault(Place place, string what) => file.Fault(place.Line, place.Column, what);
        if (reading.Start is not { } start)
            throw Fault(reading.Place, "IntervalReading: expected a timePeriod with a start, found none");
        if (start % Math.Min(seconds, 900) != 0 || start < 0)
            throw Fault(reading.StartPlace, $"start: expected a time on a whole {(seconds < 900 ? "5 minutes" : "quarter hour")}, found “{start}”");
        if (start >= LastStart)
            throw Fault(reading.StartPlace, $"start: expected a time of the years 1970 to 2199 in seconds since 1970, found “{start}”");
        if (reading.Duration is { } duration && duration != seconds)
            throw Fault(reading.DurationPlace, $"duration: expected the reading type's intervalLength {seconds}, found “{duration}”");
        if (reading.Value < 0)
            throw Fault(reading.ValuePlace, $"value: expected delivered energy not below 0, found “{reading.Value}”");
        var kwh = reading.Value is { } value ? value * Math.Pow(10, power - 3) : double.NaN;
        if (kwh >= ImplausibleKwh)
            throw Fault(reading.ValuePlace, $"value: expected less than {ImplausibleKwh:0} kWh an interval, found “{reading.Value}” times 10^{power} Wh");
        rows.Add(start, (float)kwh, reading.Value is null ? ReadingQuality.Missing : EspiQuality.Map(reading.Quality), reading.Quality, reading.StartPlace.Line, reading.StartPlace.Column);
    }

    private static TimeZoneInfo Zone(EspiEntries entries, List<string> remarks)
    {
        if (entries.TzOffset is not { } offset)
        {
            remarks.Add($"No LocalTimeParameters: times of day are taken to be {SmtFile.Texas.Id}.");
            return SmtFile.Texas;
        }
        var us = (entries.DstOffset ?? 0) == 0 ? null : offset switch
        {
            -18_000 => "America/New_York", -21_600 => "America/Chicago", -25_200 => "America/Denver", -28_800 => "America/Los_Angeles", _ => null,
        };
        if (us is not null)
            return TimeZoneInfo.FindSystemTimeZoneById(us);
        var fixedOffset = TimeSpan.FromMinutes(Math.Clamp(offset / 60, -840, 840));
        if ((entries.DstOffset ?? 0) != 0)
            remarks.Add($"Summer time of a zone that is not a US one ({fixedOffset:hh\\:mm}) is not followed: times of day are standard time.");
        return TimeZoneInfo.CreateCustomTimeZone($"UTC{offset / 3600.0:+0.##;-0.##;+0}", fixedOffset, null, null);
    }
}
