using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Find;

/// <summary>The best so many of whatever is offered, each asset once.</summary>
internal sealed class BestHits(int take)
{
    private readonly List<(ulong Rank, AssetHit Hit)> _best = [];

    public void Offer(AssetRef asset, int badness, int length)
    {
        // Badness, then substations, feeders, others, then length, then layer and id, so that equals keep one order.
        var group = (ulong)Math.Min((int)asset.Layer, 2);
        var rank = ((ulong)badness << 48) | (group << 46) | ((ulong)Math.Min(length, 0x3ff) << 36) | ((ulong)asset.Layer << 32) | (uint)asset.Id;
        if (_best.Count == take && rank >= _best[^1].Rank) return;
        for (var i = 0; i < _best.Count; i++)
        {
            if (_best[i].Hit.Asset != asset) continue;
            if (_best[i].Rank <= rank) return;
            _best.RemoveAt(i);
            break;
        }

        var at = _best.Count;
        while (at > 0 && _best[at - 1].Rank > rank) at--;
        _best.Insert(at, (rank, new(asset, badness)));
        if (_best.Count > take) _best.RemoveAt(take);
    }

    public List<AssetHit> ToList() => [.. _best.Select(b => b.Hit)];
}
