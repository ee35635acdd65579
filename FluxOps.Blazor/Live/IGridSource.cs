using FluxOps.Data.Changes;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Live;

/// <summary>Where <see cref="LiveGridService"/> has the grid from: the serving store, or a script in tests.</summary>
internal interface IGridSource
{
    /// <summary>Waits until the store is open and a network is in it; returns its stations, banks and feeders.</summary>
    Task<GridModel> LoadAsync(CancellationToken ct);

    /// <summary>Who hangs on whom in a network whose stations are known. Throws where the store holds another one by now: the feed says so.</summary>
    Task<GridTopology> TopologyAsync(GridModel stations, CancellationToken ct);

    /// <summary>The last hour and a little more, oldest first, minutes without a row left out.</summary>
    Task<IReadOnlyList<MinuteColumn>> RecentMinutesAsync(CancellationToken ct);

    Task<IReadOnlyList<KpiColumn>> RecentKpisAsync(CancellationToken ct);

    /// <summary>Keeps the figures of one minute. Another instance may have been first: then theirs stand.</summary>
    Task StoreAsync(KpiColumn minute, CancellationToken ct);

    /// <summary>Full state of every kind, then what changes, for ever.</summary>
    IAsyncEnumerable<GridChange> ReadAsync(CancellationToken ct);
}
