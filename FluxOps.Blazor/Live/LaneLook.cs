using System.Collections.Immutable;

namespace FluxOps.Blazor.Live;

/// <summary>What a connection of the bulk lane wants beside substations and feeders.</summary>
/// <param name="Assets">Segments, devices, transformers and how many meters of each station have which code.</param>
/// <param name="Stations">Substations whose meters it draws, each once.</param>
internal sealed record LaneLook(bool Assets, ImmutableArray<int> Stations)
{
    public static readonly LaneLook Nothing = new(false, []);
}

/// <summary>
/// What one connection looks at, and what of it it has not got yet. The hub's methods write it, its stream reads it.
/// What is asked for anew is owed whole, also where it was let go and asked for again before the stream came round: the client has let it go.
/// </summary>
internal sealed class LaneView
{
    private readonly Lock _one = new();
    private LaneLook _look = LaneLook.Nothing, _owed = LaneLook.Nothing;

    public void Look(LaneLook wanted)
    {
        lock (_one)
        {
            var former = _look;
            _owed = new(wanted.Assets && (_owed.Assets || !former.Assets), [.. wanted.Stations.Where(s => _owed.Stations.Contains(s) || !former.Stations.Contains(s))]);
            _look = wanted;
        }
    }

    /// <summary>What is looked at, and what of it is to be sent whole; that is owed no longer.</summary>
    public (LaneLook Look, LaneLook Owed) Take()
    {
        lock (_one)
        {
            var owed = _owed;
            _owed = LaneLook.Nothing;
            return (_look, owed);
        }
    }
}
