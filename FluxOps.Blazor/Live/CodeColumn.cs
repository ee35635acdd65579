namespace FluxOps.Blazor.Live;

/// <summary>
/// Codes of one layer, written in place by one thread; readers get chunks that never change. A chunk is copied when something in it has changed since the last time,
/// so that a publish costs what moved.
/// </summary>
internal sealed class CodeColumn
{
    private readonly byte[] _now;
    private readonly bool[] _isDirty;
    private readonly int[] _dirty;
    private int _dirtyCount;
    private AssetCodes _published;

    /// <param name="first">Of each chunk, and one after the last asset.</param>
    public CodeColumn(int[] first)
    {
        _now = new byte[first[^1]];
        Array.Fill(_now, AssetCode.Unknown.Value);
        _isDirty = new bool[first.Length - 1];
        _dirty = new int[first.Length - 1];
        var chunks = new byte[first.Length - 1][];
        for (var c = 0; c < chunks.Length; c++) chunks[c] = Copy(first, c);
        _published = new(first, chunks);
    }

    public int Count => _now.Length;

    public AssetCode this[int id] => new(_now[id]);

    public void Set(int id, int chunk, AssetCode code)
    {
        if (_now[id] == code.Value) return;
        _now[id] = code.Value;
        if (_isDirty[chunk]) return;
        _isDirty[chunk] = true;
        _dirty[_dirtyCount++] = chunk;
    }

    /// <summary>The codes as they are, never to change; tells in <paramref name="changed"/> (and leaves it alone otherwise) when they are others than the last time.</summary>
    public AssetCodes Freeze(ref bool changed)
    {
        byte[][]? chunks = null;
        for (; _dirtyCount > 0; _dirtyCount--)
        {
            var c = _dirty[_dirtyCount - 1];
            _isDirty[c] = false;
            // There and back again within one publish is no change.
            if (Of(_published.Firsts, c).SequenceEqual(_published.Chunks[c])) continue;
            chunks ??= (byte[][])_published.Chunks.Clone();
            chunks[c] = Copy(_published.Firsts, c);
        }

        if (chunks is null) return _published;
        changed = true;
        return _published = new(_published.Firsts, chunks);
    }

    private ReadOnlySpan<byte> Of(int[] first, int chunk) => _now.AsSpan(first[chunk], first[chunk + 1] - first[chunk]);

    private byte[] Copy(int[] first, int chunk) => Of(first, chunk).ToArray();
}
