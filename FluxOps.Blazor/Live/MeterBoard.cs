using System.Runtime.InteropServices;
using FluxOps.Data.Events;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>Newest reading of a meter.</summary>
/// <param name="Kwh">Delivered in the interval; NaN: none.</param>
/// <param name="Volts">240 V base; NaN: none.</param>
/// <param name="IntervalStart">Unix seconds.</param>
public readonly record struct MeterValue(float Kwh, float Volts, long IntervalStart, int IntervalSeconds, ReadingQuality Quality, ValueOrigin Origin);

/// <summary>What the board keeps of a meter: 16 bytes, so that the meters of a transformer lie in a cache line or two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MeterRow
{
    public float Kwh, Volts;
    /// <summary>Unix seconds; 0: no reading yet.</summary>
    public uint Start;
    /// <summary>Length of the interval, s.</summary>
    public ushort Seconds;
    public ReadingQuality Quality;
    private byte _flags;

    private const byte OriginBits = 3, DownBit = 4;

    /// <summary>It said that its power is gone, and nothing newer says otherwise.</summary>
    public bool Down
    {
        readonly get => (_flags & DownBit) != 0;
        set => _flags = (byte)(value ? _flags | DownBit : _flags & ~DownBit);
    }

    public ValueOrigin Origin
    {
        readonly get => (ValueOrigin)(_flags & OriginBits);
        set => _flags = (byte)((_flags & ~OriginBits) | (byte)value);
    }

    /// <summary>Unix seconds.</summary>
    public readonly long End => Start + (long)Seconds;
}

/// <summary>
/// Newest reading and power event of every meter, as flat arrays updated in place: a reading allocates nothing and is no part of a snapshot. The voltage figure is kept
/// as counts per quarter hour. Written by one thread; versions and values are read by any.
/// </summary>
internal sealed class MeterBoard
{
    private const int IntervalsCounted = 8;
    /// <summary>Readings applied at one go: a reader who meets the writer waits for so many at most.</summary>
    private const int Stretch = 256;
    private MeterRow[] _rows;
    /// <summary>When last something told of power, Unix milliseconds, twice; odd where it told that it went.</summary>
    private long[] _power;
    private int[] _version;
    /// <summary>Odd while rows are being written.</summary>
    private long _writing;
    private readonly SortedList<long, Counts> _counts = [];
    private long _forgotten = long.MinValue;

    private record struct Counts(int WithVoltage, int Outside);

    /// <param name="versionsBefore">Versions that watchers have seen already: these go on above them.</param>
    public MeterBoard(int meters, int[] versionsBefore)
    {
        _rows = new MeterRow[meters];
        _power = new long[meters];
        _version = new int[meters];
        for (var id = 0; id < Math.Min(meters, versionsBefore.Length); id++) _version[id] = versionsBefore[id] + 1;
    }

    /// <summary>Count each meter's changes; the array is replaced by a longer one when the fleet grows.</summary>
    public int[] Versions => Volatile.Read(ref _version);

    /// <summary>For the writer's thread, or within <see cref="Read{TState, TResult}"/>.</summary>
    public ReadOnlySpan<MeterRow> Rows => _rows;

    public int Version(int id) => Versions is var versions && (uint)id < (uint)versions.Length ? Volatile.Read(ref versions[id]) : 0;

    /// <summary>Null: no reading since the start.</summary>
    public MeterValue? Value(int id) => Read(id, static (rows, at) => (uint)at < (uint)rows.Length && rows[at] is { Start: > 0 } row
        ? new MeterValue(row.Kwh, row.Volts, row.Start, row.Seconds, row.Quality, row.Origin)
        : (MeterValue?)null);

    /// <summary>What <paramref name="read"/> makes of the rows while nobody writes them; for any thread. It may be called again, and must not throw on a row half written.</summary>
    public TResult Read<TState, TResult>(TState state, Func<MeterRow[], TState, TResult> read)
    {
        var wait = new SpinWait();
        while (true)
        {
            var before = Volatile.Read(ref _writing);
            if ((before & 1) == 0)
            {
                var result = read(Volatile.Read(ref _rows), state);
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref _writing) == before) return result;
            }

            wait.SpinOnce();
        }
    }

    /// <param name="codes">Told of each meter that moved.</param>
    public void Apply(IntervalReadings latest, MeterCodes? codes = null)
    {
        Reserve(latest.UsagePointId);
        var seconds = (ushort)Math.Clamp(latest.IntervalSeconds, 1, ushort.MaxValue);
        for (var from = 0; from < latest.Count; from += Stretch)
        {
            Interlocked.Increment(ref _writing);
            try
            {
                for (var i = from; i < Math.Min(from + Stretch, latest.Count); i++) Apply(latest, i, seconds, codes);
            }
            finally
            {
                // A fault on the way must not leave every reader waiting for a writer that is gone.
                Interlocked.Increment(ref _writing);
            }
        }

        while (_counts.Count > IntervalsCounted)
        {
            _forgotten = _counts.Keys[0];
            _counts.RemoveAt(0);
        }
    }

    private void Apply(IntervalReadings latest, int i, ushort seconds, MeterCodes? codes)
    {
        var id = latest.UsagePointId[i];
        if (id < 0) return;
        var start = latest.IntervalStart[i];
        Volatile.Write(ref _version[id], _version[id] + 1);
        ref var row = ref _rows[id];
        if (ShowsPower(latest.Quality[i]) && start > 0 && (start + seconds) * 1000 > _power[id] >> 1)
        {
            _power[id] = (start + seconds) * 1000 << 1;
            if (row.Down)
            {
                row.Down = false;
                codes?.MeterMoved(id);
            }
        }

        // An old interval delivered late is news for the meter's page, but not its newest value.
        if (start < row.Start || start is <= 0 or > uint.MaxValue) return;
        // Replaced within the same interval: what was counted for it goes first.
        if (start == row.Start) Count(start, row.Volts, -1);
        row.Kwh = latest.Kwh[i];
        row.Volts = latest.Volts[i];
        row.Start = (uint)start;
        row.Seconds = seconds;
        row.Quality = latest.Quality[i];
        row.Origin = latest.OriginOf(i);
        Count(start, row.Volts, 1);
        codes?.MeterMoved(id);
    }

    public void Apply(EndDeviceEvent[] events, MeterCodes? codes = null)
    {
        Reserve([.. events.Select(e => e.UsagePointId)]);
        Interlocked.Increment(ref _writing);
        try
        {
            foreach (var happened in events) Apply(happened, codes);
        }
        finally
        {
            Interlocked.Increment(ref _writing);
        }
    }

    private void Apply(in EndDeviceEvent happened, MeterCodes? codes)
    {
        var id = happened.UsagePointId;
        if (id < 0) return;
        Volatile.Write(ref _version[id], _version[id] + 1);
        if (happened.Kind is not (EndDeviceEventKind.PowerDown or EndDeviceEventKind.PowerRestore) || happened.SourceTime < _power[id] >> 1) return;
        _power[id] = (happened.SourceTime << 1) | (happened.Kind is EndDeviceEventKind.PowerDown ? 1L : 0L);
        var down = happened.Kind is EndDeviceEventKind.PowerDown;
        if (_rows[id].Down == down) return;
        _rows[id].Down = down;
        codes?.MeterMoved(id);
    }

    /// <summary>Room for so many meters: the topology may know of more than the feeders' figures say.</summary>
    public void Reserve(int meters)
    {
        if (meters > _rows.Length) Grow(meters);
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

    /// <summary>A measured value shows that there was power at the interval's end; one of an interval in which it failed, or an estimate, does not.</summary>
    private static bool ShowsPower(ReadingQuality quality) => quality is ReadingQuality.Good or ReadingQuality.Edited or ReadingQuality.Suspect;

    private void Count(long start, float volts, int by)
    {
        if (float.IsNaN(volts) || start <= _forgotten) return;
        _counts.TryGetValue(start, out var counts);
        _counts[start] = new(counts.WithVoltage + by, counts.Outside + (StatusLimits.OutsideRangeA(volts) ? by : 0));
    }

    private void Reserve(ReadOnlySpan<int> ids)
    {
        var most = -1;
        foreach (var id in ids) most = Math.Max(most, id);
        if (most < _rows.Length) return;
        Grow(Math.Max(most + 1, _rows.Length * 3 / 2));
    }

    private void Grow(int length)
    {
        Interlocked.Increment(ref _writing);
        try
        {
            Array.Resize(ref _version, length);
            Array.Resize(ref _power, length);
            // Last: where there is no memory for all of them, the rows tell how many there are.
            Array.Resize(ref _rows, length);
        }
        finally
        {
            Interlocked.Increment(ref _writing);
        }
    }
}
