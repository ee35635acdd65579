using System.ComponentModel.DataAnnotations;

namespace FluxOps.Generator.Network;

/// <summary>Which network a first start makes; section <c>FluxOps:Grid</c>. A network that is already in the store stays.</summary>
public sealed class GridOptions : IValidatableObject
{
    public const string Section = "FluxOps:Grid";

    /// <summary>tiny, demo or city.</summary>
    [AllowedValues("tiny", "demo", "city", ErrorMessage = "FluxOps:Grid:Preset must be tiny, demo or city.")]
    public string Preset { get; set; } = "demo";

    public long Seed { get; set; } = 8901;

    /// <summary>Meters to make, at least one a feeder of the preset; null: as many as the preset says.</summary>
    [Range(1, NetworkPlan.MostMeters, ErrorMessage = "FluxOps:Grid:Meters must be 1 to 1,000,000.")]
    public int? Meters { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // One meter a feeder is the least that a network can be made with.
        if (Meters is { } meters && NetworkPlan.Find(Preset) is { } preset && meters < preset.Feeders)
            yield return new ValidationResult($"\"{meters}\" is out of range for the preset {Preset}; allowed: {preset.Feeders} to {NetworkPlan.MostMeters}", [nameof(Meters)]);
    }

    public NetworkPlan ToPlan()
    {
        var plan = (NetworkPlan.Find(Preset) ?? NetworkPlan.Demo) with { Seed = Seed };
        return Meters is { } meters ? plan with { Meters = meters } : plan;
    }
}
