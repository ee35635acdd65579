namespace FluxOps.Data.Telemetry;

/// <summary>Means over one minute of the whole grid; the index is the dense id, NaN is a gap.</summary>
/// <param name="Minute">Its start, Unix seconds, UTC.</param>
public sealed record TelemetryMinute(long Minute, float[] SubstationMw, float[] SubstationKv, float[] FeederMw, float[] FeederKv, float[] FeederAmps);

/// <summary>Gathers sweeps into minutes by the source's own time. A sweep given twice counts once; a minute is over when a value of a later one has come.</summary>
internal sealed class MinuteRollup
{
    private readonly SortedDictionary<long, Minute> _minutes = [];
    private long[] _feederSeen = [];
    private long[] _substationSeen = [];

    public void Add(TelemetrySweep sweep)
    {
        var f = sweep.Feeders;
        for (var i = 0; i < f.Count; i++)
            if (IsNew(ref _feederSeen, f.FeederId[i], f.SourceTime[i]))
            {
                var minute = At(f.SourceTime[i]);
                minute.FeederMw.Add(f.FeederId[i], f.Mw[i]);
                minute.FeederKv.Add(f.FeederId[i], f.Kv[i]);
                minute.FeederAmps.Add(f.FeederId[i], f.Amps[i]);
            }
        var s = sweep.Substations;
        for (var i = 0; i < s.Count; i++)
            if (IsNew(ref _substationSeen, s.SubstationId[i], s.SourceTime[i]))
            {
                var minute = At(s.SourceTime[i]);
                minute.SubstationMw.Add(s.SubstationId[i], s.Mw[i]);
                minute.SubstationKv.Add(s.SubstationId[i], s.Kv[i]);
            }
    }

    /// <summary>Minutes that are over and not yet written.</summary>
    public IReadOnlyList<TelemetryMinute> Finished() => [.. _minutes.Take(Math.Max(0, _minutes.Count - 1)).Select(m => m.Value.Means(m.Key))];

    public IReadOnlyList<TelemetryMinute> All() => [.. _minutes.Select(m => m.Value.Means(m.Key))];

    public void Forget(IReadOnlyList<TelemetryMinute> written)
    {
        foreach (var minute in written)
            _minutes.Remove(minute.Minute);
    }

    private Minute At(long milliseconds)
    {
        var key = milliseconds / 60_000 * 60;
        if (!_minutes.TryGetValue(key, out var minute))
            _minutes[key] = minute = new Minute();
        return minute;
    }

    private static bool IsNew(ref long[] seen, int id, long time)
    {
        if (id >= seen.Length)
            Array.Resize(ref seen, Math.Max(id + 1, seen.Length * 2));
        if (time <= seen[id])
            return false;
        seen[id] = time;
        return true;
    }

    private sealed class Minute
    {
        public readonly Sums FeederMw = new(), FeederKv = new(), FeederAmps = new(), SubstationMw = new(), SubstationKv = new();

        public TelemetryMinute Means(long minute) =>
            new(minute, SubstationMw.Means(), SubstationKv.Means(), FeederMw.Means(), FeederKv.Means(), FeederAmps.Means());
    }

    private sealed class Sums
    {
        private double[] _sum = [];
        private int[] _count = [];
        private int _length;

        public void Add(int id, float value)
        {
            if (float.IsNaN(value))
                return;
            if (id >= _sum.Length)
            {
                Array.Resize(ref _sum, Math.Max(id + 1, _sum.Length * 2));
                Array.Resize(ref _count, _sum.Length);
            }
            _length = Math.Max(_length, id + 1);
            _sum[id] += value;
            _count[id]++;
        }

        public float[] Means()
        {
            var means = new float[_length];
            for (var i = 0; i < means.Length; i++)
                means[i] = _count[i] == 0 ? float.NaN : (float)(_sum[i] / _count[i]);
            return means;
        }
    }
}
