using System.ComponentModel.DataAnnotations;

namespace FluxOps.Blazor.Configuration;

/// <summary>Section <c>FluxOps:ControlRoom</c>.</summary>
public sealed class ControlRoomOptions : IValidatableObject
{
    public const string Section = "FluxOps:ControlRoom";

    /// <summary>Time zone of the control room's clock and of every time on screen.</summary>
    [Required]
    public string TimeZone { get; init; } = "America/Chicago";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult($"'{TimeZone}' is not a time zone known here; allowed: an IANA name such as America/Chicago", [nameof(TimeZone)]);
    }
}
