using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Find;

/// <summary>
/// The best so many of whatever is offered, each asset once. A word that all addresses share offers tens of thousands of them: most are turned away by one comparison,
/// and what is taken costs a look-up, a binary search and the moving of some numbers, however many are kept.
/// </summary>
internal sealed class BestHits(int take)
{
    // A rank says all of a hit: badness, then substations, feeders, others, then length, then layer and id, so that equals keep one order.
    private const int BadnessAt = 48, GroupAt = 46, LengthAt = 36, LayerAt = 32;

    private readonly List<ulong> _ranks = [];
    private readonly Dictionary<AssetRef, ulong> _rankOf = [];

    public void Offer(AssetRef asset, int badness, int length)
    {
        var group = (ulong)Math.Min((int)asset.Layer, 2);
        var rank = ((ulong)badness << BadnessAt) | (group << GroupAt) | ((ulong)Math.Min(length, 0x3ff) << LengthAt) | ((ulong)asset.Layer << LayerAt) | (uint)asset.Id;
        if (_ranks.Count == take && rank >= _ranks[^1]) return;
        if (_rankOf.TryGetValue(asset, out var former))
        {
            if (former <= rank) return;
            _ranks.RemoveAt(_ranks.BinarySearch(former));
        }
        else if (_ranks.Count == take)
        {
            _rankOf.Remove(HitOf(_ranks[^1]).Asset);
            _ranks.RemoveAt(take - 1);
        }

        _rankOf[asset] = rank;
        _ranks.Insert(~_ranks.BinarySearch(rank), rank);
    }

    public List<AssetHit> ToList() => _ranks.ConvertAll(HitOf);

    private static AssetHit HitOf(ulong rank) => new(new((AssetLayer)((rank >> LayerAt) & 0xf), (int)(uint)rank), (int)(rank >> BadnessAt));
}
