namespace FluxOps.Data.Grid;

/// <summary>A distribution substation (CIM Substation). <see cref="Id"/> is dense, from 0, and indexes every substation array.</summary>
public sealed record Substation
{
    public required int Id { get; init; }
    /// <summary>Stable CIM master resource identifier: the same seed and configuration give the same value.</summary>
    public required Guid Mrid { get; init; }
    /// <summary>Short unique code, such as <c>SUB-0147</c>.</summary>
    public required string Code { get; init; }
    /// <summary>Name as operators say it, such as <c>Hobby</c>. Unique.</summary>
    public required string Name { get; init; }
    /// <summary>Operating region: Central, North, South, East or West.</summary>
    public required string Region { get; init; }
    /// <summary>Degrees north, WGS 84.</summary>
    public required double Latitude { get; init; }
    /// <summary>Degrees east, WGS 84 (Houston is near −95.4).</summary>
    public required double Longitude { get; init; }
    /// <summary>Transmission side, kV (138 or 69).</summary>
    public required float PrimaryKv { get; init; }
    /// <summary>Distribution side, kV: 12.47 or 34.5. A station with both gives its lower voltage here; each bank says its own.</summary>
    public required float SecondaryKv { get; init; }
    /// <summary>Sum of the banks' normal ratings, MVA.</summary>
    public required float RatedMva { get; init; }
    /// <summary>What is left with the largest bank out, at the others' emergency rating, MVA.</summary>
    public required float FirmMva { get; init; }
}

/// <summary>A substation transformer bank (CIM PowerTransformer).</summary>
public sealed record TransformerBank
{
    public required int Id { get; init; }
    public required Guid Mrid { get; init; }
    public required int SubstationId { get; init; }
    public required string Name { get; init; }
    /// <summary>kV.</summary>
    public required float PrimaryKv { get; init; }
    /// <summary>kV.</summary>
    public required float SecondaryKv { get; init; }
    /// <summary>Normal rating, MVA.</summary>
    public required float RatedMva { get; init; }
    /// <summary>Emergency rating, MVA (1.2 to 1.5 times normal).</summary>
    public required float EmergencyMva { get; init; }
}

/// <summary>A distribution feeder (CIM Feeder): one breaker and the radial tree behind it. <see cref="Id"/> is dense, from 0.</summary>
public sealed record Feeder
{
    public required int Id { get; init; }
    public required Guid Mrid { get; init; }
    /// <summary>Such as <c>HOB-1204</c>: station, voltage class, number. Unique.</summary>
    public required string Name { get; init; }
    public required int SubstationId { get; init; }
    public required int BankId { get; init; }
    /// <summary>Line to line, kV: 12.47 or 34.5.</summary>
    public required float NominalKv { get; init; }
    /// <summary>Normal rating of the head section, A.</summary>
    public required float RatedAmps { get; init; }
    /// <summary>√3 · kV · A, MVA: 12.96 at 12.47 kV and 600 A.</summary>
    public required float RatedMva { get; init; }
    /// <summary>Planned peak, MVA; 65 to 75 % of the rating at most.</summary>
    public required float PlannedMva { get; init; }
    /// <summary>Meters of the sample on this feeder.</summary>
    public required int Meters { get; init; }
    /// <summary>Customers the sample stands for: meters times the network's meter weight, rounded.</summary>
    public required int Customers { get; init; }
    /// <summary>Total length of its line segments, km.</summary>
    public required float LengthKm { get; init; }
}
