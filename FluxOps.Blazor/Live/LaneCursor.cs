namespace FluxOps.Blazor.Live;

/// <summary>Where a connection stands: what brings it from there to a snapshot. Used by its one stream.</summary>
internal sealed class LaneCursor(LaneView view)
{
    private GridSnapshot? _shown;

    /// <summary>None, one or two frames: what was asked for anew as of where it stands, then the step.</summary>
    public IEnumerable<byte[]> To(GridSnapshot snapshot)
    {
        var (look, owed) = view.Take();
        if (_shown is not null && StatusFrames.Addition(_shown, owed) is { } addition) yield return addition;
        if (snapshot == _shown) yield break;
        var frame = _shown is null ? StatusFrames.Snapshot(snapshot, look) : StatusFrames.Step(_shown, snapshot, look);
        // Nothing it draws has moved: the client stays at the version it has, and the next step is made from there.
        if (frame is null) yield break;
        _shown = snapshot;
        yield return frame;
    }
}
