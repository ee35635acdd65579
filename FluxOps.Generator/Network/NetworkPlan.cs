namespace FluxOps.Generator.Network;

/// <summary>What to build. The same plan gives the same network, byte for byte, on any machine.</summary>
public sealed record NetworkPlan
{
    /// <summary>Customers of the real service area that the 275 stations stand for (EIA-861, grid-domain 0).</summary>
    public const double CustomersOfTerritory = 2_834_278;
    /// <summary>Stations of the full network, over which those customers are spread.</summary>
    public const int StationsOfTerritory = 275;
    public const int MostMeters = 1_000_000;

    public string Preset { get; init; } = "demo";
    public long Seed { get; init; } = 8901;
    public int Substations { get; init; } = StationsOfTerritory;
    public int Feeders { get; init; } = 1_500;
    /// <summary>Line segments, ties included.</summary>
    public int Segments { get; init; } = 66_000;
    public int Transformers { get; init; } = 91_000;
    public int Meters { get; init; } = 100_000;
    /// <summary>Given station sites, or null to place <see cref="Substations"/> of our own.</summary>
    public IReadOnlyList<StationSite>? Sites { get; init; }
    /// <summary>Where the sites come from, for the network's origin line.</summary>
    public string? SitesOrigin { get; init; }

    /// <summary>For tests: 6 stations.</summary>
    public static NetworkPlan Tiny { get; } = new() { Preset = "tiny", Substations = 6, Feeders = 30, Segments = 600, Transformers = 800, Meters = 1_200 };
    public static NetworkPlan Demo { get; } = new();
    /// <summary>About true meters a service transformer.</summary>
    public static NetworkPlan City { get; } = new() { Preset = "city", Meters = 600_000 };

    public static IReadOnlyList<string> PresetNames { get; } = ["tiny", "demo", "city"];

    /// <summary>The preset of that name, or null.</summary>
    public static NetworkPlan? Find(string name) => name switch
    {
        "tiny" => Tiny,
        "demo" => Demo,
        "city" => City,
        _ => null,
    };

    /// <summary>The same plan on given sites: the counts follow the number of stations.</summary>
    public NetworkPlan WithSites(IReadOnlyList<StationSite> sites, string origin)
    {
        double share = (double)sites.Count / Substations;
        int Scale(int n) => (int)Math.Round(n * share);
        return this with
        {
            Sites = sites, SitesOrigin = origin, Substations = sites.Count,
            Feeders = Scale(Feeders), Segments = Scale(Segments), Transformers = Scale(Transformers), Meters = Math.Clamp(Scale(Meters), 1, MostMeters),
        };
    }

    /// <summary>Customers that one meter stands for: the stations' share of the territory's customers over the meters made.</summary>
    public double MeterWeight => Math.Round(CustomersOfTerritory * Substations / StationsOfTerritory / Meters, 4);

    /// <summary>Throws <see cref="ArgumentException"/> with every fault at once.</summary>
    public void Validate()
    {
        List<string> faults = [];
        if (Substations < 1)
            faults.Add("at least 1 substation");
        if (Feeders < Substations * 4 || Feeders > Substations * 8)
            faults.Add($"4 to 8 feeders a substation: {Substations * 4} to {Substations * 8}, not {Feeders}");
        if (Segments < Feeders * 8)
            faults.Add($"at least 8 segments a feeder: {Feeders * 8}, not {Segments}");
        if (Transformers < Feeders)
            faults.Add($"at least one transformer a feeder: {Feeders}, not {Transformers}");
        if (Meters < Feeders || Meters > MostMeters)
            faults.Add($"{Feeders} to {MostMeters} meters, not {Meters}");
        if (faults.Count > 0)
            throw new ArgumentException("The network plan needs " + string.Join("; ", faults) + ".");
    }
}

/// <summary>Where a substation stands.</summary>
/// <param name="Name">Null: the synthesiser names it.</param>
/// <param name="SecondaryKv">12.47, 34.5, both, or empty where the synthesiser decides.</param>
public sealed record StationSite(double Latitude, double Longitude, string? Name = null, IReadOnlyList<float>? SecondaryKv = null);
