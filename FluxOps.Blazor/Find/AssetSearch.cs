using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Find;

/// <summary>One asset found.</summary>
/// <param name="Badness">0: exactly what was typed; 1 for each mere beginning, 16 for each typo.</param>
public readonly record struct AssetHit(AssetRef Asset, int Badness);

/// <summary>
/// Finds any asset of one network by id, name, address or meter number, words in any order, beginnings and typos included. All in memory, answered within milliseconds;
/// the few texts shown are read from the store. Immutable: another network gets another one.
/// <para>Why no library: of the kept ones NuGet serves, Lucene.Net 4.8 has been in beta since 2014, ranks by word statistics where operators want exact before beginning before typo,
/// and knows nothing of ids in a row, for which 600,000 terms would have to be kept; FuzzySharp and Quickenshtein compare two strings and hold no index.</para>
/// </summary>
public sealed class AssetSearch
{
    private readonly GridModel _grid;
    private readonly NameRuns _runs;
    private readonly TextIndex _texts;

    internal AssetSearch(GridModel grid, NameRuns runs, TextIndex texts, bool complete) => (_grid, _runs, _texts, Complete) = (grid, runs, texts, complete);

    /// <summary>False while the meters are still being indexed.</summary>
    public bool Complete { get; }
    /// <summary>The network it is of.</summary>
    public string ContentHash => _grid.Network.ContentHash;
    /// <summary>Different words.</summary>
    public int Words => _texts.Words;
    /// <summary>Bytes held.</summary>
    public long Size => _texts.Size + _runs.All.Sum(r => r.Size);

    /// <summary>The best hits, best first: exact before beginning before typo, substations before feeders before the rest, the shorter first.</summary>
    /// <param name="only">Of this kind alone.</param>
    public IReadOnlyList<AssetHit> Find(string? text, int take, AssetLayer? only = null)
    {
        if (string.IsNullOrWhiteSpace(text) || take <= 0) return [];
        var asked = new Question(text);
        var best = new BestHits(take);
        foreach (var words in asked.Readings) FindTexts(words, only, best);
        if (asked.Name.Length > 0)
            _runs.Find(asked.Name, take, (run, id, badness) =>
            {
                if (only is null || run.Layer == only) best.Offer(new(run.Layer, id), badness, run.Length);
            });
        return best.ToList();
    }

    /// <summary>Name where it is in memory; null for a meter whose serial only the store knows.</summary>
    public string? NameOf(AssetRef asset) => asset.Layer switch
    {
        AssetLayer.Substation => _grid.Substations[asset.Id].Code,
        AssetLayer.Feeder => _grid.Feeders[asset.Id].Name,
        _ => _runs.All.Where(r => r.Layer == asset.Layer).Select(r => r.NameOf(asset.Id)).FirstOrDefault(n => n is not null)
            ?? DeviceName(asset),
    };

    private string? DeviceName(AssetRef asset)
    {
        foreach (var run in _runs.All)
            if (run.Layer == AssetLayer.Device && asset.Layer == AssetLayer.Device && run.TryFind(asset.Id, out _)) return $"{run.Prefix}{asset.Id:D6}";
        return null;
    }

    private void FindTexts(IReadOnlyList<string> words, AssetLayer? only, BestHits best)
    {
        var (feeders, meters) = (_grid.Substations.Length, _grid.Substations.Length + _grid.Feeders.Length);
        // One letter begins half of all meters: it is enough for stations and feeders.
        var last = words.Count == 1 && words[0].Length == 1 ? Math.Min(meters, _texts.Texts) : _texts.Texts;
        var (from, to) = only switch
        {
            null => (0, last),
            AssetLayer.Substation => (0, feeders),
            AssetLayer.Feeder => (feeders, meters),
            AssetLayer.Meter => (meters, last),
            _ => (0, 0),
        };
        _texts.Find(words, from, to, (text, badness, length) => best.Offer(
            text < feeders ? new(AssetLayer.Substation, text) : text < meters ? new(AssetLayer.Feeder, text - feeders) : new(AssetLayer.Meter, text - meters), badness, length));
    }
}
