using System.Globalization;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Assets;

/// <summary>What the table shows. All of it is in the address, so that a view can be sent to somebody.</summary>
public sealed record AssetsView
{
    public const string Path = "assets";
    public const int PageSize = 50;
    /// <summary>For every class that is.</summary>
    private const string Abnormal = "abnormal";

    /// <summary>The tabs: all that the map draws.</summary>
    public static readonly AssetLayer[] Layers = [AssetLayer.Substation, AssetLayer.Feeder, AssetLayer.Segment, AssetLayer.Device, AssetLayer.Transformer, AssetLayer.Meter];

    public AssetLayer Layer { get; init; } = AssetLayer.Feeder;
    public PaletteMode Mode { get; init; } = MapPalette.Status;
    /// <summary>Keys of classes of the mode; empty: all.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
    public Substation? Station { get; init; }
    public Feeder? Feeder { get; init; }
    public GeoShape? Area { get; init; }
    public string Text { get; init; } = "";
    public AssetSort Sort { get; init; } = AssetSort.State;
    public bool Descending { get; init; }
    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
    /// <summary>What of the address could not be understood, for the operator.</summary>
    public string? Fault { get; init; }

    public static AssetsView Of(AssetsAddress address, GridModel grid)
    {
        var index = GridIndex.Of(grid);
        var mode = MapPalette.Mode(address.Mode) ?? MapPalette.Status;
        var keys = (address.State ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var feeder = index.Feeder(address.Feeder);
        var station = feeder is not null ? grid.Substations[feeder.SubstationId] : index.Substation(address.Substation);
        var (area, fault) = Shape(address);
        if (fault is null && feeder is null && !string.IsNullOrWhiteSpace(address.Feeder)) fault = $"There is no feeder {address.Feeder}.";
        if (fault is null && station is null && !string.IsNullOrWhiteSpace(address.Substation)) fault = $"There is no substation {address.Substation}.";
        if (!AssetFilterText.TryLayer(address.Layer, out var layer) || !Layers.Contains(layer))
        {
            if (!string.IsNullOrWhiteSpace(address.Layer)) fault ??= $"There are no assets called {address.Layer}; there are {string.Join(", ", Layers.Select(l => l.ToString().ToLowerInvariant() + "s"))}.";
            layer = AssetLayer.Feeder;
        }

        return new()
        {
            Layer = layer,
            Mode = mode,
            Classes = [.. mode.Classes.Where(c => keys.Contains(c.Key) || (c.Abnormal && keys.Contains(Abnormal))).Select(c => c.Key)],
            Station = station, Feeder = feeder, Area = area, Text = address.Text?.Trim() ?? "",
            Sort = Enum.TryParse<AssetSort>(address.Sort, ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : AssetSort.State,
            Descending = address.Descending, Page = Math.Max(1, address.Page ?? 1), Fault = fault,
        };
    }

    public AssetFilter Filter => new() { Layer = Layer, Mode = Mode, States = Classes, SubstationId = Station?.Id, FeederId = Feeder?.Id, Area = Area, Text = Text };

    /// <summary>Anything that leaves assets out.</summary>
    public bool IsFiltered => Classes.Count > 0 || Station is not null || Area is not null || Text.Length > 0;

    /// <summary>The same filter for another way to show it: pages and order are the table's alone.</summary>
    public string Href() => Path + Query(paged: true);

    public string CsvHref() => "api/topology/assets.csv" + Query(paged: false);

    /// <summary>Where the map shows the same area; its areas are polygons, so a box is one of four corners.</summary>
    public string MapHref() => Area is { } area ? "?area=" + Uri.EscapeDataString(area.Corners()) : Feeder is { } feeder ? $"?substation={Station!.Code}&feeder={Uri.EscapeDataString(feeder.Name)}" : Station is { } station ? "?substation=" + station.Code : "";

    private string Query(bool paged)
    {
        List<string> parts = ["layer=" + Layer.ToString().ToLowerInvariant()];
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) parts.Add($"{name}={Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal).Replace("%3B", ";", StringComparison.Ordinal)}");
        }

        Add("mode", Mode == MapPalette.Status ? null : Mode.Key);
        Add("state", string.Join(',', Classes));
        Add("substation", Feeder is null ? Station?.Code : null);
        Add("feeder", Feeder?.Name);
        Add(Area is { IsBox: true } ? "bbox" : "area", Area?.ToString());
        Add("text", Text);
        if (paged)
        {
            Add("sort", Sort == AssetSort.State ? null : Sort.ToString().ToLowerInvariant());
            Add("desc", Descending ? "true" : null);
            Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        }

        return "?" + string.Join('&', parts);
    }

    private static (GeoShape? Area, string? Fault) Shape(AssetsAddress address)
    {
        if (!string.IsNullOrWhiteSpace(address.Area))
            return GeoShape.TryParsePolygon(address.Area, out var polygon, out var fault) ? (polygon, null) : (null, $"The area cannot be read: {fault}");
        if (!string.IsNullOrWhiteSpace(address.Box))
            return GeoShape.TryParseBox(address.Box, out var box, out var fault) ? (box, null) : (null, $"The box cannot be read: {fault}");
        return (null, null);
    }
}

/// <summary>The address as it is written.</summary>
public sealed record AssetsAddress(
    string? Layer = null, string? Mode = null, string? State = null, string? Substation = null, string? Feeder = null,
    string? Area = null, string? Box = null, string? Text = null, string? Sort = null, bool Descending = false, int? Page = null);
