using FluxOps.Blazor.Live;

namespace FluxOps.Blazor.Map;

/// <summary>What is selected, with what the map needs to show it.</summary>
/// <param name="Asset">The selected itself.</param>
/// <param name="Station">Substation it hangs on, whose mark is ringed.</param>
/// <param name="Latitude">Where it is, degrees.</param>
/// <param name="Fit">South, west, north, east, degrees, of what is long rather than at one place.</param>
/// <param name="Zoom">From which the thing is seen.</param>
public sealed record MapSelection(AssetRef Asset, int Station, double Latitude, double Longitude, double[]? Fit, int Zoom);
