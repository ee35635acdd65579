namespace FluxOps.Data.Grid;

/// <summary>Which parts of the network to load; those not asked for are empty.</summary>
[Flags]
public enum GridParts
{
    None = 0,
    /// <summary>Substations, banks and feeders.</summary>
    Stations = 1,
    Segments = 2,
    Transformers = 4,
    /// <summary>Usage points without their texts.</summary>
    UsagePoints = 8,
    /// <summary>Serials and addresses of the usage points.</summary>
    Texts = 16,
    Devices = 32,
    All = 63,
}
