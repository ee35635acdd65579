using System.Runtime.CompilerServices;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Api;

/// <summary>Finds a station by code, name or id, and a feeder by name or id. Made once per network.</summary>
internal sealed class GridNames
{
    private static readonly ConditionalWeakTable<GridModel, GridNames> Made = [];

    private readonly Dictionary<string, Substation> _substations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Feeder> _feeders = new(StringComparer.OrdinalIgnoreCase);

    private GridNames(GridModel grid)
    {
        foreach (var feeder in grid.Feeders)
        {
            _feeders[feeder.Id.ToString()] = feeder;
            _feeders[feeder.Name] = feeder;
        }

        foreach (var station in grid.Substations)
        {
            _substations[station.Id.ToString()] = station;
            _substations[station.Name] = station;
            _substations[station.Code] = station;
        }

        Regions = [.. grid.Substations.Select(s => s.Region).Distinct().Order(StringComparer.Ordinal)];
    }

    public string[] Regions { get; }

    public static GridNames Of(GridModel grid) => Made.GetValue(grid, static g => new GridNames(g));

    public Substation? Substation(string name) => _substations.GetValueOrDefault(name.Trim());
    public Feeder? Feeder(string name) => _feeders.GetValueOrDefault(name.Trim());
}
