using FluxOps.Blazor.Topology;

namespace FluxOps.Blazor.Map;

/// <summary>What the map draws brighter than the rest: a trace.</summary>
/// <param name="Key">Of what is marked: the same key is the same marks, and nothing is sent again.</param>
public sealed record MapMarks(string Key, int[] Segments, int[] Devices, int[] Transformers, int[] Meters)
{
    public static MapMarks Of(NetworkTrace trace) => new($"{trace.From}/{trace.Direction}", trace.Segments, [.. trace.Devices.Select(d => d.Id)], trace.Transformers,
        [.. trace.Meters.SelectMany(r => Enumerable.Range(r.First, r.Count))]);
}
