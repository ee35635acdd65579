using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Shell;

/// <summary>What pages look up in a network by name or owner. Made once for each network, shared by every circuit.</summary>
public sealed class GridIndex
{
    private static readonly ConditionalWeakTable<GridModel, GridIndex> Made = [];
    private readonly FrozenDictionary<string, Substation> _byCode;
    private readonly FrozenDictionary<string, Feeder> _byName;
    private readonly Feeder[][] _feeders;
    private readonly TransformerBank[][] _banks;

    private GridIndex(GridModel grid)
    {
        _byCode = grid.Substations.ToFrozenDictionary(s => s.Code, StringComparer.OrdinalIgnoreCase);
        _byName = grid.Feeders.ToFrozenDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
        var feeders = grid.Feeders.ToLookup(f => f.SubstationId);
        var banks = grid.Banks.ToLookup(b => b.SubstationId);
        _feeders = [.. grid.Substations.Select(s => feeders[s.Id].OrderBy(f => f.Name, StringComparer.Ordinal).ToArray())];
        _banks = [.. grid.Substations.Select(s => banks[s.Id].ToArray())];
        Regions = [.. grid.Substations.Select(s => s.Region).Distinct().Order(StringComparer.Ordinal)];
    }

    public static GridIndex Of(GridModel grid) => Made.GetValue(grid, static g => new GridIndex(g));

    public IReadOnlyList<string> Regions { get; }
    public Substation? Substation(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);
    public Feeder? Feeder(string? name) => name is null ? null : _byName.GetValueOrDefault(name);
    public Feeder[] FeedersOf(int substationId) => _feeders[substationId];
    public TransformerBank[] BanksOf(int substationId) => _banks[substationId];
    public int CustomersOf(int substationId) => _feeders[substationId].Sum(f => f.Customers);
    public int MetersOf(int substationId) => _feeders[substationId].Sum(f => f.Meters);
}
