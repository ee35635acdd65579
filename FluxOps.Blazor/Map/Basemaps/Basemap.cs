namespace FluxOps.Blazor.Map.Basemaps;

/// <summary>One file of the basemap folder as a map sees it.</summary>
/// <param name="Name">Name of the file without its ending.</param>
/// <param name="Title">What the file calls itself, or its name. Plain text.</param>
/// <param name="Attribution">Who is to be named on the map. Plain text, whatever markup the file holds.</param>
/// <param name="Tiles"><c>mvt</c>, <c>png</c>, <c>jpg</c>, <c>webp</c> or <c>avif</c>; null where the file cannot be used.</param>
/// <param name="Bounds">West, south, east, north, degrees; null where the file does not say.</param>
/// <param name="Layers">Names of the vector layers, where the file says them.</param>
/// <param name="Url">Address relative to the site; changes with the file. Null where the file is not served.</param>
/// <param name="Fault">Why the file is not served; null for a good one.</param>
public sealed record Basemap(
    string Name, string Title, string Attribution, int MinZoom, int MaxZoom, string? Tiles, IReadOnlyList<double>? Bounds, IReadOnlyList<string> Layers, string? Url, string? Fault)
{
    public static Basemap Broken(string name, string fault) => new(name, name, "", 0, 0, null, null, [], null, fault);
}
