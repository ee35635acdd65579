using FluxOps.Blazor.Find;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Generator.Network;

namespace FluxOps.Tests.Find;

/// <summary>Searches over networks in memory, and every name in them.</summary>
internal static class Searches
{
    private static readonly Lazy<GridModel> SmallModel = new(() => NetworkSynthesiser.Build(NetworkPlan.Tiny));
    private static readonly Lazy<AssetSearch> SmallSearch = new(() => Of(Small));

    public static GridModel Small => SmallModel.Value;
    public static AssetSearch OfSmall => SmallSearch.Value;

    public static AssetSearch Of(GridModel grid)
    {
        var builder = Builder(grid);
        for (var i = 0; i < grid.UsagePoints.Count; i++) builder.AddMeter(i, grid.UsagePoints.Serial[i], grid.UsagePoints.Address[i]);
        return builder.Finish();
    }

    public static AssetSearchBuilder Builder(GridModel grid) => new(grid, grid.Devices.Kind);

    /// <summary>Something of the network and one of its names; <paramref name="pick"/> may be any number.</summary>
    public static (AssetRef Asset, string Name) Pick(GridModel grid, int pick)
    {
        var kind = (uint)pick % 8;
        var at = (int)((uint)pick / 8 % int.MaxValue);
        int Of(int count) => at % count;
        return kind switch
        {
            0 => (new(AssetLayer.Substation, Of(grid.Substations.Length)), grid.Substations[Of(grid.Substations.Length)].Name),
            1 => (new(AssetLayer.Substation, Of(grid.Substations.Length)), grid.Substations[Of(grid.Substations.Length)].Code),
            2 => (new(AssetLayer.Feeder, Of(grid.Feeders.Length)), grid.Feeders[Of(grid.Feeders.Length)].Name),
            3 => (new(AssetLayer.Transformer, Of(grid.Transformers.Count)), AssetNames.Transformer(Of(grid.Transformers.Count))),
            4 => (new(AssetLayer.Segment, Of(grid.Segments.Count)), AssetNames.Segment(Of(grid.Segments.Count))),
            5 => (new(AssetLayer.Device, Of(grid.Devices.Count)), AssetNames.Device(grid.Devices.Kind[Of(grid.Devices.Count)], Of(grid.Devices.Count))),
            6 => (new(AssetLayer.Meter, Of(grid.UsagePoints.Count)), grid.UsagePoints.Serial[Of(grid.UsagePoints.Count)]),
            _ => (new(AssetLayer.Meter, Of(grid.UsagePoints.Count)), grid.UsagePoints.Address[Of(grid.UsagePoints.Count)]),
        };
    }

    /// <summary>The name with one letter or digit wrong, missing, too many, or swapped with its neighbour.</summary>
    public static string Mistype(string name, int how)
    {
        var random = new Random(how);
        var letters = Enumerable.Range(0, name.Length).Where(i => char.IsLetterOrDigit(name[i])).ToArray();
        var at = letters[random.Next(letters.Length)];
        var other = "abcdefghijklmnopqrstuvwxyz0123456789"[random.Next(36)];
        var swaps = letters.Where(i => i + 1 < name.Length && char.IsLetterOrDigit(name[i + 1])).ToArray();
        switch (random.Next(4))
        {
            case 0: return name[..at] + other + name[(at + 1)..];
            case 1: return name.Remove(at, 1);
            case 2: return name.Insert(at, other.ToString());
            default:
                var swap = swaps[random.Next(swaps.Length)];
                return name[..swap] + name[swap + 1] + name[swap] + name[(swap + 2)..];
        }
    }
}
