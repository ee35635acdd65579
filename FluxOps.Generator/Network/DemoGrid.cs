using FluxOps.Data.Grid;
using FluxOps.Data.Serving;

namespace FluxOps.Generator.Network;

/// <summary>Makes the network on the first start.</summary>
public static class DemoGrid
{
    /// <summary>Makes and stores the network that the options describe where none is there; otherwise leaves what is there. Returns which network it is.</summary>
    public static async Task<GridNetwork> EnsureAsync(GridStore store, GridOptions options, IProgress<StartProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        if (await store.ReadNetworkAsync(ct) is { } present)
            return present;
        // Building keeps a core busy for a second or two.
        var model = await Task.Run(() => NetworkSynthesiser.Build(options.ToPlan(), progress), ct);
        await store.WriteAsync(model, progress, ct);
        return model.Network;
    }
}
