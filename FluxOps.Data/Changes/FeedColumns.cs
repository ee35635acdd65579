using FluxOps.Data.Bulk;
using FluxOps.Data.Devices;
using FluxOps.Data.Readings;
using FluxOps.Data.Telemetry;
using Npgsql;

namespace FluxOps.Data.Changes;

/// <summary>Gathers rows of circuit_status_realtime into columns.</summary>
internal sealed class FeederColumns
{
    private readonly List<int> _id = [];
    private readonly List<long> _at = [];
    private readonly List<float> _mw = [], _mvar = [], _kv = [], _amps = [];
    private readonly List<BreakerState> _breaker = [];
    private readonly List<TelemetryQuality> _quality = [];
    private readonly List<ValueOrigin> _origin = [];
    private readonly List<long> _received = [];

    public ValueOrigin Origin => _origin.Count == 0 ? ValueOrigin.Measured : _origin.Max();
    /// <summary>Of the newest row; 0 where there is none.</summary>
    public long ReceivedAt => _received.Count == 0 ? 0 : _received.Max();

    public void Add(NpgsqlDataReader r)
    {
        _id.Add(r.GetInt32(0));
        _at.Add(Sql.ToMilliseconds(r.GetDateTime(1)));
        _mw.Add(r.RealOrNaN(2));
        _mvar.Add(r.RealOrNaN(3));
        _kv.Add(r.RealOrNaN(4));
        _amps.Add(r.RealOrNaN(5));
        _breaker.Add((BreakerState)r.GetInt16(6));
        _quality.Add((TelemetryQuality)r.GetInt16(7));
        _origin.Add((ValueOrigin)r.GetInt16(8));
        _received.Add(Sql.ToMilliseconds(r.GetDateTime(9)));
    }

    public FeederTelemetry Done() => new()
    {
        FeederId = [.. _id], SourceTime = [.. _at], Mw = [.. _mw], Mvar = [.. _mvar], Kv = [.. _kv], Amps = [.. _amps], Breaker = [.. _breaker], Quality = [.. _quality],
        Origin = [.. _origin], ReceivedAt = [.. _received],
    };
}

/// <summary>Gathers rows of substation_status_realtime into columns.</summary>
internal sealed class SubstationColumns
{
    private readonly List<int> _id = [];
    private readonly List<long> _at = [];
    private readonly List<float> _mw = [], _mvar = [], _kv = [];
    private readonly List<TelemetryQuality> _quality = [];
    private readonly List<ValueOrigin> _origin = [];
    private readonly List<long> _received = [];

    public ValueOrigin Origin => _origin.Count == 0 ? ValueOrigin.Measured : _origin.Max();
    /// <summary>Of the newest row; 0 where there is none.</summary>
    public long ReceivedAt => _received.Count == 0 ? 0 : _received.Max();

    public void Add(NpgsqlDataReader r)
    {
        _id.Add(r.GetInt32(0));
        _at.Add(Sql.ToMilliseconds(r.GetDateTime(1)));
        _mw.Add(r.RealOrNaN(2));
        _mvar.Add(r.RealOrNaN(3));
        _kv.Add(r.RealOrNaN(4));
        _quality.Add((TelemetryQuality)r.GetInt16(5));
        _origin.Add((ValueOrigin)r.GetInt16(6));
        _received.Add(Sql.ToMilliseconds(r.GetDateTime(7)));
    }

    public SubstationTelemetry Done() => new()
    {
        SubstationId = [.. _id], SourceTime = [.. _at], Mw = [.. _mw], Mvar = [.. _mvar], Kv = [.. _kv], Quality = [.. _quality],
        Origin = [.. _origin], ReceivedAt = [.. _received],
    };
}

/// <summary>Gathers rows of device_status_realtime into columns.</summary>
internal sealed class DeviceColumns
{
    private readonly List<int> _id = [];
    private readonly List<bool> _open = [];
    private readonly List<long> _at = [];
    private readonly List<TelemetryQuality> _quality = [];
    private readonly List<ValueOrigin> _origin = [];

    public int Count => _id.Count;
    public long ReceivedAt { get; private set; }

    public void Add(NpgsqlDataReader r)
    {
        _id.Add(r.GetInt32(0));
        _open.Add(r.GetBoolean(1));
        _at.Add(Sql.ToMilliseconds(r.GetDateTime(2)));
        _quality.Add((TelemetryQuality)r.GetInt16(3));
        _origin.Add((ValueOrigin)r.GetInt16(4));
        ReceivedAt = Math.Max(ReceivedAt, Sql.ToMilliseconds(r.GetDateTime(5)));
    }

    public DeviceStates Done() => new() { DeviceId = [.. _id], Open = [.. _open], SourceTime = [.. _at], Quality = [.. _quality], Origin = [.. _origin] };
}

/// <summary>Gathers rows of ami_latest into columns. Origins and source codes are kept apart only where they differ.</summary>
internal sealed class ReadingColumns
{
    private readonly List<int> _id = [];
    private readonly List<long> _at = [];
    private readonly List<float> _kwh = [], _volts = [];
    private readonly List<ReadingQuality> _quality = [];
    private readonly List<ValueOrigin> _origin = [];
    private readonly List<string?> _code = [];
    private int _seconds = 900;
    private bool _anyCode;

    public int Count => _id.Count;
    public long ReceivedAt { get; private set; }

    public void Add(NpgsqlDataReader r)
    {
        _id.Add(r.GetInt32(0));
        _at.Add(Sql.ToSeconds(r.GetDateTime(1)));
        _kwh.Add(r.RealOrNaN(2));
        _volts.Add(r.RealOrNaN(3));
        _quality.Add((ReadingQuality)r.GetInt16(4));
        _origin.Add((ValueOrigin)r.GetInt16(5));
        var code = r.IsDBNull(6) ? null : r.GetString(6);
        _anyCode |= code is not null;
        _code.Add(code);
        _seconds = r.GetInt16(7);
        ReceivedAt = Math.Max(ReceivedAt, Sql.ToMilliseconds(r.GetDateTime(8)));
    }

    public IntervalReadings Done() => new()
    {
        Origin = _origin.Count == 0 ? ValueOrigin.Measured : _origin[0],
        Origins = _origin.TrueForAll(o => o == _origin[0]) ? null : [.. _origin],
        UsagePointId = [.. _id], IntervalStart = [.. _at], Kwh = [.. _kwh], Volts = [.. _volts], Quality = [.. _quality],
        SourceCode = _anyCode ? [.. _code] : null, IntervalSeconds = _seconds,
    };
}
