namespace FluxOps.Data.Grid;

/// <summary>Names made of letters and a number of so many digits, such as <c>TX-012345</c>.</summary>
/// <param name="Prefix">What stands before the number, such as <c>TX-</c>.</param>
/// <param name="Width">Digits.</param>
public readonly record struct NumberedName(string Prefix, int Width)
{
    public string Of(long number) => Prefix + number.ToString().PadLeft(Width, '0');

    /// <summary>Numbers, end exclusive, whose names begin with the text, in any case; empty where none can.</summary>
    public (long From, long To) BeginningWith(string text)
    {
        if (Prefix.StartsWith(text, StringComparison.OrdinalIgnoreCase)) return (0, long.MaxValue);
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || text.Length - Prefix.Length > Width) return (0, 0);
        long number = 0;
        foreach (var digit in text.AsSpan(Prefix.Length))
        {
            if (!char.IsAsciiDigit(digit)) return (0, 0);
            number = number * 10 + digit - '0';
        }

        var scale = (long)Math.Pow(10, Width - (text.Length - Prefix.Length));
        return (number * scale, (number + 1) * scale);
    }

    /// <summary>Splits a name into its letters and its number; false where it has no such shape.</summary>
    public static bool TryParse(string name, out NumberedName shape, out long number)
    {
        var digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1])) digits--;
        number = 0;
        shape = new(name[..digits], name.Length - digits);
        return shape.Width is > 0 and <= 18 && long.TryParse(name.AsSpan(digits), out number);
    }
}

/// <summary>
/// Serials of the usage points by id. Where they count up with the ids, as a synthetic network's do, that alone is kept; else all of them.
/// </summary>
public sealed class MeterSerials
{
    private readonly NumberedName _shape;
    private readonly long _offset;
    private readonly string[]? _all;
    private readonly Lazy<int[]> _order;
    // In any case, the first of those that differ in it only; the others by their exact spelling.
    private readonly Lazy<Dictionary<string, int>> _ids;
    private readonly Dictionary<string, int> _twins = new(StringComparer.Ordinal);

    private MeterSerials(int count, NumberedName shape, long offset, string[]? all)
    {
        (Count, _shape, _offset, _all) = (count, shape, offset, all);
        _order = new(() =>
        {
            int[] ids = [.. Enumerable.Range(0, Count)];
            if (_all is not null) Array.Sort(ids, (a, b) => string.CompareOrdinal(_all[a], _all[b]));
            return ids;
        });
        _ids = new(() =>
        {
            var ids = new Dictionary<string, int>(Count, StringComparer.OrdinalIgnoreCase);
            for (var id = 0; id < Count; id++)
                if (!ids.TryAdd(_all![id], id)) _twins.TryAdd(_all[id], id);
            return ids;
        });
    }

    public int Count { get; }

    /// <summary>True where the order of the serials is that of the ids.</summary>
    public bool InIdOrder => _all is null;

    /// <summary>Ids in the order of their serials.</summary>
    public IReadOnlyList<int> Ordered => _order.Value;

    public string Of(int id) => _all is null ? _shape.Of(id + _offset) : _all[id];

    /// <summary>Id of the usage point with this serial, in any case; the exact spelling before another; null where there is none.</summary>
    public int? Find(string serial)
    {
        if (_all is not null)
        {
            if (!_ids.Value.TryGetValue(serial, out var found)) return null;
            return _twins.TryGetValue(serial, out var exact) && _all[found] != serial ? exact : found;
        }

        var (from, to) = _shape.BeginningWith(serial);
        return to - from == 1 && from - _offset is >= 0 and var id && id < Count ? (int)id : null;
    }

    /// <summary>A test for serials that begin with the text, in any case.</summary>
    public Func<int, bool> BeginWith(string text)
    {
        if (_all is not null) return id => _all[id].StartsWith(text, StringComparison.OrdinalIgnoreCase);
        var (from, to) = _shape.BeginningWith(text);
        return id => id + _offset >= from && id + _offset < to;
    }

    /// <summary>Takes serials in any order of the ids.</summary>
    public sealed class Builder(int count)
    {
        private NumberedName _shape;
        private long _offset;
        private int _added;
        private string[]? _all;

        public void Add(int id, string serial)
        {
            if (_all is not null)
                _all[id] = serial;
            else if (!NumberedName.TryParse(serial, out var shape, out var number))
                Spell(id, serial);
            else if (_added == 0)
                (_shape, _offset) = (shape, number - id);
            else if (shape != _shape || number - id != _offset)
                Spell(id, serial);
            _added++;
        }

        public MeterSerials Finish() => new(count, _shape, _offset, _all);

        // Until here all had the one shape; those yet to come are overwritten as they do.
        private void Spell(int id, string serial)
        {
            _all = new string[count];
            for (var i = 0; i < count; i++) _all[i] = _added > 0 ? _shape.Of(Math.Max(0, i + _offset)) : "";
            _all[id] = serial;
        }
    }
}
