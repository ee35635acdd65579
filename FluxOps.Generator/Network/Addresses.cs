using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Network;

/// <summary>Invented service addresses: one street name a street of a station's grid, numbers by the block.</summary>
internal static class Addresses
{
    private static readonly string[] First =
    [
        "Cedar", "Oak", "Pecan", "Willow", "Cypress", "Magnolia", "Bayou", "Prairie", "Heron", "Egret", "Mesquite", "Laurel", "Juniper", "Hickory",
        "Walnut", "Holly", "Dogwood", "Redbud", "Maple", "Sycamore", "Elm", "Birch", "Aspen", "Bluebonnet", "Primrose", "Jasmine", "Lantana", "Sage",
        "Quail", "Mallard", "Falcon", "Hawk", "Dove", "Wren", "Cardinal", "Fox", "Deer", "Stone", "River", "Spring", "Summer", "Autumn",
        "Silver", "Golden", "Amber", "Crystal", "Shady", "Sunny", "Quiet", "Windy", "Misty", "Lone Star", "Ranch", "Mission", "Harbor", "Orchard",
    ];
    private static readonly string[] Second =
    [
        "Bend", "Hollow", "Ridge", "Glen", "Grove", "Creek", "Brook", "Meadow", "Field", "Forest", "Trace", "Bluff", "Landing", "Crossing",
        "Run", "Shadow", "Point", "Park", "Valley", "Knoll", "Branch", "Arbor", "Crest", "Haven", "Mill", "Bridge", "Lake", "Shore", "Terrace", "Bank",
    ];
    private static readonly string[] Kind = ["St", "Dr", "Ln", "Rd", "Ct", "Way", "Ave", "Blvd"];

    public static string Of(Draft draft, int node, int number)
    {
        int station = draft.FeederStation[draft.NodeFeeder[node]];
        ulong street = CounterHash.Of(draft.Seed, 71, station, draft.NodeStreet[node]);
        int block = 1 + CounterHash.Below(CounterHash.Of(draft.Seed, 72, node), 98);
        var name = $"{First[CounterHash.Below(street, First.Length)]} {Second[CounterHash.Below(CounterHash.Mix(street), Second.Length)]}";
        return $"{block * 100 + 2 * number} {name} {Kind[(int)(street & 7)]}, {draft.StationName[station]}";
    }
}
