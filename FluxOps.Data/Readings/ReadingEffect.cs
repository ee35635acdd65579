using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Readings;

/// <summary>What else a batch changes once its readings are stored: the meters' newest values, the intervals' completeness, the batch record and the doorbell.</summary>
internal sealed class ReadingEffect(IntervalReadings readings)
{
    // ON CONFLICT always probes the index: an UPDATE .. FROM a table without statistics scans all of ami_latest for every batch.
    private const string UpsertLatest = """
        insert into ami_latest as l (usage_point_id, interval_start, received_at, kwh, volts, quality, origin, interval_s, source_code)
        select id, at, clock_timestamp(), nullif(kwh, 'NaN'), nullif(volts, 'NaN'), quality, origin, $7, code
        from unnest($1, $2, $3, $4, $5, $6, $8) as t(id, at, kwh, volts, quality, origin, code)
        on conflict (usage_point_id) do update set interval_start = excluded.interval_start, received_at = excluded.received_at, kwh = excluded.kwh, volts = excluded.volts,
            quality = excluded.quality, origin = excluded.origin, interval_s = excluded.interval_s, source_code = excluded.source_code
        where excluded.interval_start >= l.interval_start
        """;

    // The usual batch of the simulation and of most head-ends: one origin, no source codes. Fewer arrays, fewer detours.
    private const string UpsertLatestPlain = """
        insert into ami_latest as l (usage_point_id, interval_start, received_at, kwh, volts, quality, origin, interval_s)
        select id, at, clock_timestamp(), nullif(kwh, 'NaN'), nullif(volts, 'NaN'), quality, $6, $7
        from unnest($1, $2, $3, $4, $5) as t(id, at, kwh, volts, quality)
        on conflict (usage_point_id) do update set interval_start = excluded.interval_start, received_at = excluded.received_at, kwh = excluded.kwh, volts = excluded.volts,
            quality = excluded.quality, origin = excluded.origin, interval_s = excluded.interval_s, source_code = null
        where excluded.interval_start >= l.interval_start
        """;

    private const string AddCompleteness = """
        insert into ami_completeness as c (interval_start, good, estimated, missing, other)
        select * from unnest($1, $2, $3, $4, $5) order by 1
        on conflict (interval_start) do update set good = c.good + excluded.good, estimated = c.estimated + excluded.estimated,
            missing = c.missing + excluded.missing, other = c.other + excluded.other
        """;

    private readonly SortedDictionary<long, int[]> _completeness = [];
    private readonly List<int> _touched = new(readings.Count);
    private long _lastInterval = long.MinValue;
    private int[]? _lastCounts;

    public int Touched => _touched.Count;

    public void Inserted(int i)
    {
        Counts(readings.IntervalStart[i])[ReadingRank.Class(readings.Quality[i])]++;
        _touched.Add(i);
    }

    public void Replaced(int i, ReadingQuality before)
    {
        var counts = Counts(readings.IntervalStart[i]);
        counts[ReadingRank.Class(before)]--;
        counts[ReadingRank.Class(readings.Quality[i])]++;
        _touched.Add(i);
    }

    private int[] Counts(long interval)
    {
        if (interval == _lastInterval)
            return _lastCounts!;
        if (!_completeness.TryGetValue(interval, out var counts))
            _completeness[interval] = counts = new int[4];
        (_lastInterval, _lastCounts) = (interval, counts);
        return counts;
    }

    public async Task WriteAsync(NpgsqlConnection connection, bool newest, CancellationToken ct)
    {
        var rows = newest ? NewestPerMeter() : [];
        var intervals = _completeness.Keys.ToArray();
        await using var batch = new NpgsqlBatch(connection);
        if (rows.Length > 0)
            batch.BatchCommands.Add(Latest(rows));
        batch.BatchCommands.Add(Sql.Command(AddCompleteness, Sql.TimesFromSeconds(intervals),
            Sql.Ints(Class(0)), Sql.Ints(Class(1)), Sql.Ints(Class(2)), Sql.Ints(Class(3))));
        batch.BatchCommands.Add(Sql.Command("insert into reading_batches (received_at, usage_point_ids, interval_starts) values (clock_timestamp(), $1, $2)",
            Sql.Ints(Pick(rows, readings.UsagePointId)), Sql.TimesFromSeconds(intervals)));
        batch.BatchCommands.Add(Sql.Command("select pg_notify('fluxops', 'readings')"));
        await batch.ExecuteNonQueryAsync(ct);
        int[] Class(int c) => [.. _completeness.Values.Select(v => v[c])];
    }

    private NpgsqlBatchCommand Latest(int[] rows)
    {
        var (ids, at) = (Sql.Ints(Pick(rows, readings.UsagePointId)), Sql.TimesFromSeconds(Pick(rows, readings.IntervalStart)));
        var (kwh, volts, quality) = (Sql.Reals(Pick(rows, readings.Kwh)), Sql.Reals(Pick(rows, readings.Volts)), Sql.Shorts(Sql.ToShorts(Pick(rows, readings.Quality))));
        var seconds = Sql.Value((short)readings.IntervalSeconds);
        if (readings.SourceCode is null && readings.Origins is null)
            return Sql.Command(UpsertLatestPlain, ids, at, kwh, volts, quality, Sql.Value((short)readings.Origin), seconds);
        var origins = Sql.Shorts(Array.ConvertAll(rows, i => (short)readings.OriginOf(i)));
        return Sql.Command(UpsertLatest, ids, at, kwh, volts, quality, origins, seconds, Sql.Texts(Array.ConvertAll(rows, i => readings.SourceCode?[i])));
    }

    /// <summary>The newest touched reading of each meter, by meter: a statement may touch a row once, and writers that agree on the order do not deadlock.</summary>
    private int[] NewestPerMeter()
    {
        var ids = readings.UsagePointId;
        var ascending = true;
        for (var n = 1; n < _touched.Count && ascending; n++)
            ascending = ids[_touched[n]] > ids[_touched[n - 1]];
        if (ascending)
            return [.. _touched];
        var newest = new Dictionary<int, int>(_touched.Count);
        foreach (var i in _touched)
            if (!newest.TryGetValue(ids[i], out var other) || readings.IntervalStart[i] > readings.IntervalStart[other])
                newest[ids[i]] = i;
        var rows = newest.Values.ToArray();
        Array.Sort(rows, (a, b) => ids[a].CompareTo(ids[b]));
        return rows;
    }

    private static T[] Pick<T>(int[] rows, T[] values)
    {
        if (rows.Length == values.Length && rows.Length > 0 && rows[0] == 0 && rows[^1] == rows.Length - 1 && IsIdentity(rows))
            return values;
        return Array.ConvertAll(rows, i => values[i]);
    }

    private static bool IsIdentity(int[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
            if (rows[i] != i)
                return false;
        return true;
    }
}
