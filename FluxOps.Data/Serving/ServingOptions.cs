using System.ComponentModel.DataAnnotations;

namespace FluxOps.Data.Serving;

/// <summary>Section <c>FluxOps:Serving</c>, and <c>FluxOps:ConnectionStrings:Serving</c>.</summary>
public sealed class ServingOptions
{
    public const string Section = "FluxOps:Serving";
    public const string ConnectionStringKey = "FluxOps:ConnectionStrings:Serving";

    /// <summary>Any PostgreSQL 16 or newer; null: the embedded server. Comes from <see cref="ConnectionStringKey"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How long a start waits for a server that may still come, s.</summary>
    [Range(0, 3600)]
    public int PatienceSeconds { get; set; } = 120;

    /// <summary>Days (UTC) of readings and of their intervals' completeness kept, beside today's. Two at least: pages show the last 48 hours.</summary>
    [Range(2, 60)]
    public int HotDays { get; set; } = 3;

    /// <summary>Days of minutes and events kept.</summary>
    [Range(1, 3660)]
    public int TrendDays { get; set; } = 30;
}
