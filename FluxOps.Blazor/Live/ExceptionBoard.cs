using System.Collections.Immutable;
using FluxOps.Data.Events;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>
/// What stands out now, and since when. An exception stands by the newest known values until newer ones say otherwise; since when is the source's time,
/// which after a restart is found in the events and the minutes of the store.
/// </summary>
internal sealed class ExceptionBoard(GridModel grid)
{
    /// <summary>Minutes further apart than this have something unknown between them.</summary>
    private const int GapSeconds = 180;

    private readonly long[] _over = new long[grid.Feeders.Length], _out = new long[grid.Feeders.Length], _silent = new long[grid.Substations.Length];
    private long[] _overSinceStored = [], _outSinceStored = [];
    private readonly CircuitEvent[] _newestOf = new CircuitEvent[grid.Feeders.Length];

    public ImmutableArray<GridException> Current { get; private set; } = [];
    public int FeedersOut { get; private set; }
    public int FeedersOverLimit { get; private set; }
    /// <summary>Open devices that leave customers without power.</summary>
    public int DevicesOut { get; private set; }
    public int CustomersOut { get; private set; }

    /// <summary>From the store's minutes, oldest first: since when a feeder has been over its rating or without load, up to now. A gap ends the search: nobody knows what was in it.</summary>
    public void Recover(IReadOnlyList<MinuteColumn> minutes, long now)
    {
        _overSinceStored = new long[grid.Feeders.Length];
        _outSinceStored = new long[grid.Feeders.Length];
        if (minutes.Count == 0 || now / 1000 - minutes[^1].Minute > GapSeconds) return;
        for (var id = 0; id < grid.Feeders.Length; id++)
        {
            var held = grid.Feeders[id].RatedAmps * (StatusLimits.OverPercent - StatusLimits.HysteresisPercent) / 100;
            _overSinceStored[id] = StartOfRun(minutes, id, amps => amps > held);
            _outSinceStored[id] = StartOfRun(minutes, id, amps => amps == 0);
        }
    }

    /// <summary>Unix milliseconds; 0 where the newest minute does not hold.</summary>
    private static long StartOfRun(IReadOnlyList<MinuteColumn> minutes, int id, Func<float, bool> holds)
    {
        long start = 0;
        for (var m = minutes.Count - 1; m >= 0; m--)
        {
            var minute = minutes[m];
            if (id >= minute.FeederAmps.Length || !holds(minute.FeederAmps[id])) break;
            if (m + 1 < minutes.Count && minutes[m + 1].Minute - minute.Minute > GapSeconds) break;
            start = minute.Minute * 1000;
        }

        return start;
    }

    /// <summary>A breaker's own event tells the time of its opening better than the sweep that first showed it.</summary>
    public void Apply(CircuitEvent[] oldestFirst)
    {
        foreach (var happened in oldestFirst)
        {
            if (happened.Kind is not (CircuitEventKind.BreakerOpened or CircuitEventKind.BreakerClosed)) continue;
            if ((uint)happened.FeederId < (uint)_newestOf.Length && happened.SourceTime >= _newestOf[happened.FeederId].SourceTime) _newestOf[happened.FeederId] = happened;
        }
    }

    /// <summary>Brings the list up to date. <paramref name="values"/>: values moved; otherwise the list is replaced only where an exception came, went or changed its start.</summary>
    /// <param name="dark">Who is without power below open devices; null until that is known.</param>
    /// <param name="linked">False while the feed is down: then every station is silent, and that is said once, by the link, not 275 times.</param>
    public bool Settle(FeederBoard feeders, SubstationBoard substations, DarkCustomers? dark, long now, bool linked, bool values)
    {
        var found = ImmutableArray.CreateBuilder<GridException>();
        var newest = NewestSource(feeders);
        (FeedersOut, FeedersOverLimit, DevicesOut, CustomersOut) = (0, 0, 0, 0);
        for (var id = 0; id < feeders.Count; id++)
        {
            var feeder = feeders[id];
            if (feeders.IsOut(id))
            {
                FeedersOut++;
                var customers = dark?.OfFeeder(feeder) ?? feeder.Customers;
                CustomersOut += customers;
                _out[id] = OutSince(id, feeders.SourceTime(id));
                found.Add(new(GridExceptionKind.FeederDeEnergised, 1, feeder.SubstationId, id, At(_out[id]), customers, customers, feeders.BreakerClosed(id)));
            }
            else
            {
                _out[id] = 0;
            }

            if (feeders.IsOverLimit(id))
            {
                FeedersOverLimit++;
                if (_over[id] == 0) _over[id] = Stored(_overSinceStored, id) is var stored and not 0 ? stored : feeders.SourceTime(id);
                found.Add(new(GridExceptionKind.FeederOverLimit, 2, feeder.SubstationId, id, At(_over[id]), Math.Round(feeders.LoadPercent(id), 1), feeder.Customers));
            }
            else
            {
                _over[id] = 0;
            }
        }

        foreach (var outage in dark?.Devices ?? [])
        {
            DevicesOut++;
            CustomersOut += outage.Customers;
            var priority = outage.Customers >= StatusLimits.FirstPriorityCustomers ? 1 : 2;
            found.Add(new(GridExceptionKind.DeviceOpen, priority, feeders[outage.FeederId].SubstationId, outage.FeederId, At(outage.Since), outage.Customers, outage.Customers,
                DeviceId: outage.DeviceId, DeviceName: outage.Name));
        }

        for (var id = 0; id < substations.Count; id++)
        {
            // Silent while others speak or the feed stands. Never heard: counted from the newest value of any, once that is old enough to expect its own.
            var silent = substations.FreshnessOf(id) is Freshness.Stale or Freshness.Never && (linked || _silent[id] != 0) && newest != 0;
            if (!silent)
            {
                _silent[id] = 0;
                continue;
            }

            if (substations.SourceTime(id) != 0) _silent[id] = substations.SourceTime(id);
            else if (_silent[id] == 0) _silent[id] = newest;
            if (now - _silent[id] < StatusLimits.StaleAtLeastSeconds * 1000) continue;
            found.Add(new(GridExceptionKind.SubstationWithoutData, 3, id, -1, At(_silent[id]), (now - _silent[id]) / 1000, substations.Customers(id)));
        }

        // What the store recalled holds for the first look after a start only.
        if (newest != 0) (_overSinceStored, _outSinceStored) = ([], []);
        found.Sort(Order);
        if (Same(Current, found, values)) return false;
        Current = found.ToImmutable();
        return true;
    }

    private long OutSince(int id, long sourceTime)
    {
        var since = _out[id] != 0 ? _out[id] : Stored(_outSinceStored, id) is var stored and not 0 ? stored : sourceTime;
        var happened = _newestOf[id];
        return happened.Kind is CircuitEventKind.BreakerOpened && happened.SourceTime <= Math.Max(since, sourceTime) ? happened.SourceTime : since;
    }

    private static long Stored(long[] since, int id) => id < since.Length ? since[id] : 0;

    private static long NewestSource(FeederBoard feeders)
    {
        long newest = 0;
        for (var id = 0; id < feeders.Count; id++) newest = Math.Max(newest, feeders.SourceTime(id));
        return newest;
    }

    /// <summary>Worst priority first, then newest; ids break ties so that the order never flickers.</summary>
    private static int Order(GridException a, GridException b)
    {
        var order = a.Priority.CompareTo(b.Priority);
        if (order == 0) order = b.Since.CompareTo(a.Since);
        if (order == 0) order = a.SubstationId.CompareTo(b.SubstationId);
        if (order == 0) order = a.FeederId.CompareTo(b.FeederId);
        return order != 0 ? order : a.DeviceId.CompareTo(b.DeviceId);
    }

    private static bool Same(ImmutableArray<GridException> before, ImmutableArray<GridException>.Builder now, bool values)
    {
        if (before.Length != now.Count) return false;
        for (var i = 0; i < now.Count; i++)
        {
            if (before[i] != (values ? now[i] : now[i] with { Value = before[i].Value })) return false;
        }

        return true;
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
