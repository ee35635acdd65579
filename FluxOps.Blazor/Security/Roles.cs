using System.Security.Claims;

namespace FluxOps.Blazor.Security;

/// <summary>What a person may do: a viewer looks, an operator acts on the grid's data, an administrator also manages people.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Operator = "operator";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Viewer, Operator, Admin];

    /// <summary>The role of a signed-in person; each has one.</summary>
    public static string Of(ClaimsPrincipal user) => All.LastOrDefault(user.IsInRole) ?? "";
}
