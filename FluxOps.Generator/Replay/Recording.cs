using FluxOps.Data.Readings;

namespace FluxOps.Generator.Replay;

/// <summary>One meter's readings out of a file: arrays of equal length, intervals ascending and unique. What is not in the file is not here either.</summary>
public sealed class Recording
{
    /// <summary>File name, without its folder.</summary>
    public required string Source { get; init; }
    /// <summary>The zone the file's local times are in.</summary>
    public required TimeZoneInfo Zone { get; init; }
    /// <summary>Length of an interval, s.</summary>
    public required int IntervalSeconds { get; init; }
    /// <summary>Unix seconds, UTC.</summary>
    public required long[] Start { get; init; }
    /// <summary>Energy delivered to the customer, kWh. NaN where missing.</summary>
    public required float[] Kwh { get; init; }
    public required ReadingQuality[] Quality { get; init; }
    /// <summary>The source's own quality codes.</summary>
    public required string?[] SourceCode { get; init; }
    /// <summary>What the reader of the file wants said about it, a line each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    public int Count => Start.Length;
    public long FirstStart => Start[0];
    /// <summary>End of the last interval, Unix seconds.</summary>
    public long End => Start[^1] + IntervalSeconds;
    public int CountOf(ReadingQuality quality) => Quality.Count(q => q == quality);

    /// <summary>Intervals between the first and the last that the file says nothing about.</summary>
    public long Absent => ((End - FirstStart) / IntervalSeconds) - Count;
}

/// <summary>Collects readings in whatever order a file has them.</summary>
internal sealed class RecordingBuilder(InputFile file)
{
    private readonly record struct Row(long Start, float Kwh, ReadingQuality Quality, string? Code, int Line, int Column);

    private readonly List<Row> _rows = [];

    public int Count => _rows.Count;

    public void Add(long start, float kwh, ReadingQuality quality, string? code, int line, int column) => _rows.Add(new(start, kwh, quality, code, line, column));

    public Recording Build(TimeZoneInfo zone, int intervalSeconds, IReadOnlyList<string> remarks)
    {
        // Stable, so that of two equal ones the later in the file is the one found fault with.
        Row[] rows = [.. _rows.OrderBy(r => r.Start)];
        for (var i = 1; i < rows.Length; i++)
            if (rows[i].Start < rows[i - 1].Start + intervalSeconds)
            {
                var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(rows[i].Start), zone);
                throw file.Fault(rows[i].Line, rows[i].Column, $"expected each interval once, found {local:yyyy-MM-dd HH:mm zzz} over again (first on line {rows[i - 1].Line})");
            }
        return new Recording
        {
            Source = file.Name, Zone = zone, IntervalSeconds = intervalSeconds, Remarks = remarks,
            Start = Array.ConvertAll(rows, r => r.Start), Kwh = Array.ConvertAll(rows, r => r.Kwh),
            Quality = Array.ConvertAll(rows, r => r.Quality), SourceCode = Array.ConvertAll(rows, r => r.Code),
        };
    }
}
