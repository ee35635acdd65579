using System.Collections.Immutable;
using FluxOps.Data.Devices;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>Positions of the line devices that have told theirs; any other is in its normal one as far as anyone knows.</summary>
internal sealed class DeviceBoard
{
    /// <summary>By index in <c>LineDevices</c>.</summary>
    public ImmutableDictionary<int, DevicePosition> Current { get; private set; } = ImmutableDictionary<int, DevicePosition>.Empty;

    public bool AnySimulated { get; private set; }

    public void Apply(DeviceStates states, bool full)
    {
        var next = (full ? ImmutableDictionary<int, DevicePosition>.Empty : Current).ToBuilder();
        for (var i = 0; i < states.Count; i++)
        {
            // Overtaken; the full state is believed even where its clock went back.
            if (!full && next.TryGetValue(states.DeviceId[i], out var known) && known.SourceTime > states.SourceTime[i]) continue;
            next[states.DeviceId[i]] = new(states.Open[i], states.SourceTime[i], states.Quality[i], states.Origin[i]);
            AnySimulated |= states.Origin[i] is not ValueOrigin.Measured;
        }

        Current = next.ToImmutable();
    }
}
