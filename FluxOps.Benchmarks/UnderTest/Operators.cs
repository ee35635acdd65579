using FluxOps.Benchmarks.Clients;

namespace FluxOps.Benchmarks.UnderTest;

/// <summary>Operators who watch a page: each has a circuit and, for the map, the bulk lane, as one browser tab has.</summary>
internal sealed class Operators : IAsyncDisposable
{
    public List<CircuitClient> Circuits { get; } = [];
    public List<HubWatcher> Watchers { get; } = [];

    public long BytesReceived => Circuits.Sum(c => c.BytesReceived) + Watchers.Sum(w => w.BytesReceived);
    public long CircuitBytes => Circuits.Sum(c => c.BytesReceived);
    public long HubBytes => Watchers.Sum(w => w.BytesReceived);
    public int Batches => Circuits.Sum(c => c.Batches);
    public IEnumerable<string> Errors => Circuits.Select(c => c.Error).OfType<string>().Distinct();

    /// <summary>Opens more of them until there are <paramref name="count"/>.</summary>
    public async Task GrowAsync(ConsoleApp app, int count, string path, CancellationToken stop)
    {
        while (Circuits.Count < count)
        {
            Circuits.Add(await CircuitClient.OpenAsync(app.Http, app.Cookies, new Uri(app.Origin, path), stop));
            Watchers.Add(await HubWatcher.OpenAsync(app.Cookies, app.Origin, stop));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in Watchers)
            await watcher.DisposeAsync();
        foreach (var circuit in Circuits)
            await circuit.DisposeAsync();
    }
}
