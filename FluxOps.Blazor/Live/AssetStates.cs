namespace FluxOps.Blazor.Live;

/// <summary>
/// Codes (<see cref="AssetCode"/>) of one layer, in chunks of ids that follow one another. Never mutated once published: a chunk in which something changed is another array,
/// the rest is shared with the snapshot before. Chunks are substations, but for devices, whose ids are in no such order.
/// </summary>
public sealed class AssetCodes(int[] first, byte[][] chunks)
{
    /// <summary>By chunk: the codes of ids <see cref="First"/> and on.</summary>
    public byte[][] Chunks { get; } = chunks;

    public int Count => first[^1];

    /// <summary>Id of the first asset of a chunk, so of a substation.</summary>
    public int First(int chunk) => first[chunk];

    public byte Of(int id)
    {
        var chunk = ChunkOf(first, id);
        return Chunks[chunk][id - first[chunk]];
    }

    /// <summary>Shared by all snapshots of one network.</summary>
    internal int[] Firsts => first;

    /// <summary>The chunk that holds an id; chunks may be empty.</summary>
    private static int ChunkOf(int[] first, int id)
    {
        if ((uint)id >= (uint)first[^1]) throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such asset.");
        int low = 0, high = first.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (first[middle] <= id) low = middle;
            else high = middle;
        }

        return low;
    }
}

/// <summary>Codes of everything below the feeders.</summary>
public sealed record AssetStates(AssetCodes Segments, AssetCodes Devices, AssetCodes Transformers, AssetCodes Meters)
{
    /// <summary>Layers of the bulk lane that are codes of their own; meters travel as tallies and by the station.</summary>
    internal AssetCodes Layer(AssetLayer layer) => layer switch
    {
        AssetLayer.Segment => Segments,
        AssetLayer.Device => Devices,
        AssetLayer.Transformer => Transformers,
        AssetLayer.Meter => Meters,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "not a layer below the feeders"),
    };
}
