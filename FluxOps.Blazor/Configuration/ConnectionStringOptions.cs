namespace FluxOps.Blazor.Configuration;

/// <summary>Section <c>FluxOps:ConnectionStrings</c>.</summary>
public sealed class ConnectionStringOptions
{
    public const string Section = "FluxOps:ConnectionStrings";

    /// <summary>Any PostgreSQL 16 or newer; without it the embedded server is started.</summary>
    [Secret]
    public string? Serving { get; init; }
}
