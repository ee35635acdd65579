using System.Collections.Immutable;
using FluxOps.Data.Devices;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>Customers without power below an open device of a feeder that has power.</summary>
/// <param name="Since">Source time of its position, Unix milliseconds.</param>
internal sealed record DeviceOutage(int DeviceId, string Name, int FeederId, int Customers, long Since);

/// <summary>
/// Who is without power, and by what: each customer once. A feeder that is out covers its devices; of open devices one below the other, the uppermost covers the rest.
/// Counted anew when a device, a feeder or a segment changed, over the feeders that have an open device or are out.
/// </summary>
internal sealed class DarkCustomers
{
    private readonly GridTopology _topology;
    private readonly Energisation _energised;
    private readonly int[] _metersAt;
    private readonly int[] _cutBy;
    private readonly Dictionary<int, int> _ofFeeder = [];
    private readonly int[] _ofStation;

    public DarkCustomers(GridTopology topology, Energisation energised)
    {
        (_topology, _energised) = (topology, energised);
        _metersAt = new int[topology.Model.Segments.Count];
        _cutBy = new int[_metersAt.Length];
        _ofStation = new int[topology.Model.Substations.Length];
        for (var t = 0; t < topology.Model.Transformers.Count; t++)
        {
            if (topology.Model.Transformers.SegmentId[t] is var segment && (uint)segment < (uint)_metersAt.Length) _metersAt[segment] += topology.FirstMeterOfTransformer[t + 1] - topology.FirstMeterOfTransformer[t];
        }
    }

    /// <summary>By open device, the most customers first.</summary>
    public ImmutableArray<DeviceOutage> Devices { get; private set; } = [];

    /// <summary>Below open devices, by substation.</summary>
    public int BelowDevicesOf(int substation) => _ofStation[substation];

    /// <summary>Of a feeder that is out: without what a closed tie feeds back.</summary>
    public int OfFeeder(Feeder feeder) => _ofFeeder.TryGetValue(feeder.Id, out var customers) ? customers : feeder.Customers;

    public void Count(FeederBoard feeders, ImmutableDictionary<int, DevicePosition> positions)
    {
        _ofFeeder.Clear();
        Array.Clear(_ofStation);
        var found = ImmutableArray.CreateBuilder<DeviceOutage>();
        for (var f = 0; f < feeders.Count; f++)
        {
            if (feeders.IsOut(f)) _ofFeeder[f] = Weighted(feeders[f], DeadMeters(f));
        }

        HashSet<int> cut = [.. positions.Keys.Where(d => _energised.Knows(d) && _energised.IsOpen(d) && _energised.IsAbnormal(d) && _energised.Cuts(d)).Select(_topology.FeederOfDevice)];
        foreach (var f in cut)
        {
            if (!feeders.IsOut(f)) Below(feeders[f], positions, found);
        }

        found.Sort((a, b) => b.Customers != a.Customers ? b.Customers.CompareTo(a.Customers) : a.DeviceId.CompareTo(b.DeviceId));
        Devices = found.ToImmutable();
    }

    private int DeadMeters(int feeder)
    {
        var meters = 0;
        for (var s = _topology.FirstSegmentOfFeeder[feeder]; s < _topology.FirstSegmentOfFeeder[feeder + 1]; s++)
        {
            if (_energised.IsDead(s)) meters += _metersAt[s];
        }

        return meters;
    }

    private void Below(Feeder feeder, ImmutableDictionary<int, DevicePosition> positions, ImmutableArray<DeviceOutage>.Builder found)
    {
        var segments = _topology.Model.Segments;
        Dictionary<int, int> meters = [];
        for (var s = _topology.FirstSegmentOfFeeder[feeder.Id]; s < _topology.FirstSegmentOfFeeder[feeder.Id + 1]; s++)
        {
            // Parents come first: what cuts them off cuts off their children.
            _cutBy[s] = segments.ParentId[s] is >= 0 and var parent && _cutBy[parent] >= 0 ? _cutBy[parent] : OpenAt(s);
            if (_cutBy[s] >= 0 && _metersAt[s] > 0 && _energised.IsDead(s)) meters[_cutBy[s]] = meters.GetValueOrDefault(_cutBy[s]) + _metersAt[s];
        }

        foreach (var (device, count) in meters)
        {
            // Open as it always is: nobody waits for it.
            if (!_energised.IsAbnormal(device)) continue;
            var customers = Weighted(feeder, count);
            _ofStation[feeder.SubstationId] += customers;
            found.Add(new(device, AssetNames.Device(_topology.Model.Devices.Kind[device], device), feeder.Id, customers, positions[device].SourceTime));
        }
    }

    private int OpenAt(int segment)
    {
        foreach (var device in _topology.DevicesAt(segment))
        {
            if (_energised.IsOpen(device) && _energised.Cuts(device)) return device;
        }

        return -1;
    }

    private int Weighted(Feeder feeder, int meters) => meters == feeder.Meters ? feeder.Customers : (int)Math.Round(meters * _topology.Model.Network.MeterWeight);
}
