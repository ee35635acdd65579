using System.ComponentModel.DataAnnotations;

namespace FluxOps.Blazor.Configuration;

/// <summary>Section <c>FluxOps:SignIn</c>.</summary>
public sealed class SignInSettings
{
    public const string Section = "FluxOps:SignIn";

    /// <summary>Print a one-time link for <c>admin</c> at every start, as Jupyter does. Turn it off where strangers read the output.</summary>
    public bool PrintAdminLink { get; init; } = true;

    /// <summary>How long the link printed at the start works, minutes.</summary>
    [Range(1, 1_440)]
    public int LinkMinutes { get; init; } = 60;

    /// <summary>How long a link made by an administrator for someone works, hours.</summary>
    [Range(1, 168)]
    public int InvitationHours { get; init; } = 24;

    /// <summary>A session ends after this many hours without use. Twelve: a shift.</summary>
    [Range(1, 720)]
    public int SessionHours { get; init; } = 12;

    /// <summary>Wrong passwords before an account rests for five minutes.</summary>
    [Range(3, 20)]
    public int WrongPasswords { get; init; } = 5;

    /// <summary>Tries to sign in per minute and address.</summary>
    [Range(1, 1_000)]
    public int TriesPerMinute { get; init; } = 20;
}
