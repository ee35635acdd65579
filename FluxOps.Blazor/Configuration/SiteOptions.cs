using System.ComponentModel.DataAnnotations;

namespace FluxOps.Blazor.Configuration;

/// <summary>Section <c>FluxOps:Site</c>: where the console is served.</summary>
public sealed class SiteOptions : IValidatableObject
{
    public const string Section = "FluxOps:Site";

    /// <summary>Addresses to listen on, separated by semicolons. <c>--urls</c> and <c>ASPNETCORE_URLS</c> go before it.</summary>
    [Required]
    public string Urls { get; init; } = "http://localhost:5080";

    /// <summary>True behind a proxy that ends TLS: cookies are then sent over https only, and the proxy's forwarded headers are believed.</summary>
    public bool BehindHttpsProxy { get; init; }

    /// <summary>Browsers that may be connected at once; a circuit is one upgraded connection, and so is a map's bulk lane.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 4_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // BindingAddress, not Uri: http://*:5080 and http://+:5080 are addresses to a server.
            if (!(url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) || !IsAddress(url))
                yield return new ValidationResult($"'{url}' is not an address; allowed: http://HOST:PORT or https://HOST:PORT", [nameof(Urls)]);
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { PathBase: "", Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
