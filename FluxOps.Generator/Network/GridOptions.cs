using System.ComponentModel.DataAnnotations;

namespace FluxOps.Generator.Network;

/// <summary>Which network a first start makes; section <c>FluxOps:Grid</c>. A network that is already in the store stays.</summary>
public sealed class GridOptions
{
    public const string Section = "FluxOps:Grid";

    /// <summary>tiny, demo or city.</summary>
    [AllowedValues("tiny", "demo", "city", ErrorMessage = "FluxOps:Grid:Preset must be tiny, demo or city.")]
    public string Preset { get; set; } = "demo";

    public long Seed { get; set; } = 8901;

    /// <summary>Meters to make; null: as many as the preset says.</summary>
    [Range(1, NetworkPlan.MostMeters, ErrorMessage = "FluxOps:Grid:Meters must be 1 to 1,000,000, and at least one a feeder.")]
    public int? Meters { get; set; }

    public NetworkPlan ToPlan()
    {
        var plan = (NetworkPlan.Find(Preset) ?? NetworkPlan.Demo) with { Seed = Seed };
        return Meters is { } meters ? plan with { Meters = meters } : plan;
    }
}
