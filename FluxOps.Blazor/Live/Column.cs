namespace FluxOps.Blazor.Live;

/// <summary>
/// One value per asset, written in place by one thread; readers get a copy that never changes. The copy is made only when a value has changed since the last one:
/// otherwise snapshots share it.
/// </summary>
internal sealed class Column<T>
{
    private readonly T[] _now;
    private T[] _published;
    private bool _changed;

    public Column(int length, T initial = default!)
    {
        _now = new T[length];
        Array.Fill(_now, initial);
        _published = (T[])_now.Clone();
    }

    public T this[int index]
    {
        get => _now[index];
        set
        {
            // NaN equals NaN here: no value after no value is no change.
            if (EqualityComparer<T>.Default.Equals(_now[index], value)) return;
            _now[index] = value;
            _changed = true;
        }
    }

    public int Length => _now.Length;

    /// <summary>The values as they are, never to change; tells in <paramref name="changed"/> (and leaves it alone otherwise) when it is a new copy.</summary>
    public T[] Freeze(ref bool changed)
    {
        if (!_changed) return _published;
        _changed = false;
        changed = true;
        return _published = (T[])_now.Clone();
    }
}
