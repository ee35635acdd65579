using System.Runtime.CompilerServices;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>
/// The whole of the network that is live, read once, after the first picture, and shared by all: lines first, since the map's first paint waits for them, then
/// transformers, meters and devices. A read that failed is tried again by the next who asks.
/// </summary>
public sealed class GridTopologies
{
    private readonly ConditionalWeakTable<GridModel, Reading> _ofNetwork = [];
    private readonly Func<GridParts, CancellationToken, Task<GridModel>> _load;
    private readonly Func<Action<int, string>, CancellationToken, Task<string>> _serials;

    public GridTopologies(GridStore store) : this(store.LoadAsync, store.ReadSerialsAsync)
    {
    }

    internal GridTopologies(Func<GridParts, CancellationToken, Task<GridModel>> load, Func<Action<int, string>, CancellationToken, Task<string>> serials) =>
        (_load, _serials) = (load, serials);

    /// <summary>The lines of a network of which the stations are known. Throws where the store holds another one by now: the next snapshot says so.</summary>
    public Task<LineSegments> LinesAsync(GridModel stations, CancellationToken ct) => Of(stations).LinesAsync().WaitAsync(ct);

    /// <summary>All of it: who hangs on whom. Throws as <see cref="LinesAsync"/> does.</summary>
    public Task<GridTopology> OfAsync(GridModel stations, CancellationToken ct) => Of(stations).TopologyAsync().WaitAsync(ct);

    /// <summary>The same where it has been read already, else null; starts nothing.</summary>
    public GridTopology? TryGet(GridModel stations) => _ofNetwork.TryGetValue(stations, out var reading) ? reading.Topology : null;

    /// <summary>The meters' serials, read when first asked for. Throws as <see cref="LinesAsync"/> does.</summary>
    public Task<MeterSerials> SerialsAsync(GridModel stations, CancellationToken ct) => Of(stations).SerialsAsync().WaitAsync(ct);

    internal async Task<GridGeometry> GeometryAsync(GridModel stations, CancellationToken ct) => GridGeometry.Of(stations, await LinesAsync(stations, ct));

    internal async Task<GridAssetFiles> FilesAsync(GridModel stations, CancellationToken ct) => GridAssetFiles.Of(await OfAsync(stations, ct));

    private Reading Of(GridModel stations) => _ofNetwork.GetValue(stations, s => new Reading(s, _load, _serials));

    private sealed class Reading(
        GridModel stations, Func<GridParts, CancellationToken, Task<GridModel>> load, Func<Action<int, string>, CancellationToken, Task<string>> serials)
    {
        private readonly Lock _one = new();
        private Task<LineSegments>? _lines;
        private Task<GridTopology>? _topology;
        private Task<MeterSerials>? _serials;
        private volatile GridTopology? _read;

        public GridTopology? Topology => _read;

        public Task<LineSegments> LinesAsync()
        {
            lock (_one)
            {
                if (_lines is null or { IsFaulted: true } or { IsCanceled: true }) _lines = ReadLinesAsync();
                return _lines;
            }
        }

        public Task<GridTopology> TopologyAsync()
        {
            lock (_one)
            {
                if (_topology is null or { IsFaulted: true } or { IsCanceled: true }) _topology = ReadTopologyAsync();
                return _topology;
            }
        }

        public Task<MeterSerials> SerialsAsync()
        {
            lock (_one)
            {
                if (_serials is null or { IsFaulted: true } or { IsCanceled: true }) _serials = ReadSerialsAsync();
                return _serials;
            }
        }

        // Shared by all who wait for them, so no single one's cancellation ends them.
        private async Task<LineSegments> ReadLinesAsync() => stations.Segments.Count > 0 ? stations.Segments : (await LoadAsync(GridParts.Segments)).Segments;

        private async Task<GridTopology> ReadTopologyAsync()
        {
            var lines = await LinesAsync();
            // A network that came with everything needs no store; on a thread of the pool all the same, since the lists take a while.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var rest = stations.UsagePoints.Count > 0 ? stations : await LoadAsync(GridParts.Transformers | GridParts.UsagePoints | GridParts.Devices);
            return _read = new GridTopology(new GridModel
            {
                Network = stations.Network, Counts = stations.Counts, Substations = stations.Substations, Banks = stations.Banks, Feeders = stations.Feeders,
                Segments = lines, Devices = rest.Devices, Transformers = rest.Transformers, UsagePoints = rest.UsagePoints,
            });
        }

        private async Task<MeterSerials> ReadSerialsAsync()
        {
            var builder = new MeterSerials.Builder(stations.Counts.UsagePoints);
            Same(await serials(builder.Add, CancellationToken.None));
            return builder.Finish();
        }

        private async Task<GridModel> LoadAsync(GridParts parts)
        {
            var loaded = await load(parts, CancellationToken.None);
            Same(loaded.Network.ContentHash);
            return loaded;
        }

        private void Same(string hash)
        {
            if (hash != stations.Network.ContentHash) throw new NetworkReplacedException();
        }
    }
}

/// <summary>Reads the network and makes the map's files as soon as the first picture is out, so that the first map need not wait.</summary>
internal sealed class TopologyAhead(LiveGrid live, GridTopologies topologies, ILogger<TopologyAhead> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var grid = (await live.FirstAsync(stoppingToken)).Grid;
            await topologies.GeometryAsync(grid, stoppingToken);
            await topologies.FilesAsync(grid, stoppingToken);
            ShapeQuery.Of(await topologies.OfAsync(grid, stoppingToken));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            // Whoever asks for the map reads them again.
            log.LogWarning(e, "The network's lines, transformers and meters could not be read ahead");
        }
    }
}
