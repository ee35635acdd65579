using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Tests.Data;

namespace FluxOps.Tests.Topology;

/// <summary>The network is read in two parts, once, for all who ask.</summary>
public sealed class GridTopologiesTests
{
    private readonly List<GridParts> _asked = [];
    private readonly GridModel _all = TestGrid.Make(), _stations = Part(TestGrid.Make(), GridParts.Stations);
    private Func<GridModel, GridModel> _answer = m => m;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_come_first_and_each_part_is_read_once()
    {
        var topologies = new GridTopologies(LoadAsync, SerialsAsync);
        Assert.Null(topologies.TryGet(_stations));
        Assert.Equal(_all.Segments.Count, (await topologies.LinesAsync(_stations, Stop)).Count);
        Assert.Equal([GridParts.Segments], _asked);
        Assert.Null(topologies.TryGet(_stations));

        var both = await Task.WhenAll(topologies.OfAsync(_stations, Stop), topologies.OfAsync(_stations, Stop));
        Assert.Same(both[0], both[1]);
        Assert.Same(both[0], topologies.TryGet(_stations));
        Assert.Equal([GridParts.Segments, GridParts.Transformers | GridParts.UsagePoints | GridParts.Devices], _asked);
        Assert.Equal(_all.UsagePoints.Count, both[0].FirstMeterOfSubstation[^1]);
        Assert.Same(_stations.Feeders, both[0].Model.Feeders);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_ends_it_for_no_one_else()
    {
        var gate = new TaskCompletionSource();
        var topologies = new GridTopologies(async (parts, ct) => { await gate.Task; return await LoadAsync(parts, ct); }, SerialsAsync);
        using var impatient = new CancellationTokenSource();
        var first = topologies.OfAsync(_stations, impatient.Token);
        var second = topologies.OfAsync(_stations, Stop);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_read_that_failed_is_tried_again_by_the_next_who_asks()
    {
        var topologies = new GridTopologies(LoadAsync, SerialsAsync);
        _answer = _ => throw new IOException("the store is away");
        await Assert.ThrowsAsync<IOException>(() => topologies.OfAsync(_stations, Stop));
        Assert.Null(topologies.TryGet(_stations));
        _answer = m => m;
        Assert.NotNull(await topologies.OfAsync(_stations, Stop));
        Assert.NotNull(topologies.TryGet(_stations));
    }

    [Fact]
    public async Task Another_network_in_the_store_is_not_taken_for_this_one()
    {
        var topologies = new GridTopologies(LoadAsync, SerialsAsync);
        _answer = _ => TestGrid.Make(hash: "h2");
        await Assert.ThrowsAsync<NetworkReplacedException>(() => topologies.LinesAsync(_stations, Stop));
    }

    private Task<string> SerialsAsync(Action<int, string> serial, CancellationToken ct)
    {
        for (var id = _all.UsagePoints.Count - 1; id >= 0; id--) serial(id, _all.UsagePoints.Serial[id]);
        return Task.FromResult(_all.Network.ContentHash);
    }

    private Task<GridModel> LoadAsync(GridParts parts, CancellationToken ct)
    {
        _asked.Add(parts);
        return Task.FromResult(_answer(Part(_all, parts)));
    }

    private static GridModel Part(GridModel all, GridParts parts)
    {
        var nothing = TestGrid.Make(0);
        return new()
        {
            Network = all.Network, Counts = all.Counts, Substations = all.Substations, Banks = all.Banks, Feeders = all.Feeders,
            Segments = parts.HasFlag(GridParts.Segments) ? all.Segments : nothing.Segments, Devices = parts.HasFlag(GridParts.Devices) ? all.Devices : nothing.Devices,
            Transformers = parts.HasFlag(GridParts.Transformers) ? all.Transformers : nothing.Transformers,
            UsagePoints = parts.HasFlag(GridParts.UsagePoints) ? all.UsagePoints : nothing.UsagePoints,
        };
    }
}
