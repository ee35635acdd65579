using Microsoft.AspNetCore.Identity;

namespace FluxOps.Data.Serving;

/// <summary>A person who may sign in. Roles are viewer, operator and admin.</summary>
public sealed class FluxOpsUser : IdentityUser<int>
{
    /// <summary>Name as the status strip shows it; the user name where null.</summary>
    public string? DisplayName { get; set; }
}
