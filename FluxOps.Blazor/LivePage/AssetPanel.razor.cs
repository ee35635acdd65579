using FluxOps.Blazor.Live;
using FluxOps.Blazor.Map;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using Microsoft.AspNetCore.Components;

namespace FluxOps.Blazor.LivePage;

/// <summary>What is known of one line, device, transformer or meter. What is in the store is read again only when a picture says that it has changed.</summary>
public sealed partial class AssetPanel
{
    private readonly CancellationTokenSource _stop = new();
    private (AssetRef Asset, int Version)? _read;
    private AssetRecords _records = AssetRecords.None;
    private AssetCard? _card;
    private string? _failed;

    [Inject] public required AssetDetails Details { get; init; }
    [Inject] public required GridTopologies Topologies { get; init; }
    [Inject] public required LiveGrid Live { get; init; }

    [Parameter, EditorRequired] public required GridSnapshot Snapshot { get; set; }
    [Parameter, EditorRequired] public required AssetPlace Place { get; set; }
    /// <summary>Below the values: the trace.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>The Esc key has something nearer to close.</summary>
    [Parameter] public bool EscapeTaken { get; set; }

    private AssetRef Asset => Place.Asset;
    private AssetCode Code => AssetWords.CodeOf(Snapshot, Asset);
    private string Kind => AssetWords.Of(Asset.Layer);

    /// <summary>Rises when the store has something newer: a meter's readings are counted, a device's move changes its code.</summary>
    private int Version => Asset.Layer == AssetLayer.Meter ? Live.MeterVersion(Asset.Id) : Code.Value;

    protected override async Task OnParametersSetAsync()
    {
        var (asset, version) = (Asset, Version);
        if (_read?.Asset != asset) (_records, _card, _failed) = (AssetRecords.None, null, null);
        try
        {
            if (_read != (asset, version))
            {
                // Noted before the query: what comes during it has another version and is read next.
                _read = (asset, version);
                var records = await Details.ReadAsync(asset, _stop.Token);
                if (asset != Asset) return;
                (_records, _failed) = (records, null);
            }
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            (_read, _failed) = (null, StoreFailure.Words(e));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }

        _card = Details.Of(Snapshot, Topologies.TryGet(Snapshot.Grid), asset, _records) ?? _card;
    }

    // Not disposed: a continuation that comes late still asks for its token, and a source without a timer holds nothing.
    public void Dispose() => _stop.Cancel();
}
