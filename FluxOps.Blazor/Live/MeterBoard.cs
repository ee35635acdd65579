using FluxOps.Data.Events;
using FluxOps.Data.Readings;

namespace FluxOps.Blazor.Live;

/// <summary>
/// Newest reading of every meter, as flat arrays updated in place: a reading allocates nothing and is no part of a snapshot. The voltage figure is kept
/// as counts per quarter hour. Written by one thread; the versions are read by any.
/// </summary>
internal sealed class MeterBoard
{
    private const int IntervalsCounted = 8;
    private float[] _volts;
    private long[] _interval;
    private int[] _version;
    private readonly SortedList<long, Counts> _counts = [];
    private long _forgotten = long.MinValue;

    private record struct Counts(int WithVoltage, int Outside);

    /// <param name="versionsBefore">Versions that watchers have seen already: these go on above them.</param>
    public MeterBoard(int meters, int[] versionsBefore)
    {
        _volts = new float[meters];
        _interval = new long[meters];
        _version = new int[meters];
        for (var id = 0; id < Math.Min(meters, versionsBefore.Length); id++) _version[id] = versionsBefore[id] + 1;
        Array.Fill(_volts, float.NaN);
    }

    public int[] Versions => _version;

    /// <summary>True where the arrays had to grow: whoever shares <see cref="Versions"/> shares them again.</summary>
    public bool Apply(IntervalReadings latest)
    {
        var grown = false;
        for (var i = 0; i < latest.Count; i++)
        {
            var id = latest.UsagePointId[i];
            if (id < 0) continue;
            grown |= Reserve(id);
            var start = latest.IntervalStart[i];
            Volatile.Write(ref _version[id], _version[id] + 1);
            // An old interval delivered late is news for the meter's page, but not its newest value.
            if (start < _interval[id]) continue;
            // Replaced within the same interval: what was counted for it goes first.
            if (start == _interval[id]) Count(start, _volts[id], -1);
            _interval[id] = start;
            _volts[id] = latest.Volts[i];
            Count(start, latest.Volts[i], 1);
        }

        while (_counts.Count > IntervalsCounted)
        {
            _forgotten = _counts.Keys[0];
            _counts.RemoveAt(0);
        }

        return grown;
    }

    public bool Apply(EndDeviceEvent[] events)
    {
        var grown = false;
        foreach (var happened in events)
        {
            var id = happened.UsagePointId;
            if (id < 0) continue;
            grown |= Reserve(id);
            Volatile.Write(ref _version[id], _version[id] + 1);
        }

        return grown;
    }

    /// <summary>
    /// Share of the meters with a voltage in the interval that is outside range A, %. Right after a start only each meter's newest voltage is known, and some have moved on to the
    /// next interval: while the interval's own counts are less than nine tenths of what was received for it, newer ones count with it.
    /// </summary>
    public double? OutsideRangeAPercent(long interval, int received)
    {
        _counts.TryGetValue(interval, out var own);
        if (own.WithVoltage < 0.9 * received)
        {
            own = default;
            foreach (var (start, counts) in _counts)
            {
                if (start >= interval) own = new(own.WithVoltage + counts.WithVoltage, own.Outside + counts.Outside);
            }
        }

        return own.WithVoltage == 0 ? null : 100.0 * own.Outside / own.WithVoltage;
    }

    private void Count(long start, float volts, int by)
    {
        if (float.IsNaN(volts) || start <= _forgotten) return;
        _counts.TryGetValue(start, out var counts);
        _counts[start] = new(counts.WithVoltage + by, counts.Outside + (StatusLimits.OutsideRangeA(volts) ? by : 0));
    }

    private bool Reserve(int id)
    {
        if (id < _version.Length) return false;
        var length = Math.Max(id + 1, _version.Length * 3 / 2);
        var known = _volts.Length;
        Array.Resize(ref _volts, length);
        Array.Resize(ref _interval, length);
        Array.Resize(ref _version, length);
        Array.Fill(_volts, float.NaN, known, length - known);
        return true;
    }
}
