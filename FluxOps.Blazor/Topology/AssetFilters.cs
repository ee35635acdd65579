using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>A filter in words, as it stands in an address.</summary>
/// <param name="Layer">substation, feeder, segment, device, transformer or meter; a plural is as good.</param>
/// <param name="State">Keys of the mode's classes with commas between; <c>abnormal</c> for all that are.</param>
/// <param name="Mode">Key of one of the map's modes; status where it is not said.</param>
public sealed record AssetFilterText(
    string? Layer, string? State = null, string? Mode = null, string? Bbox = null, string? Area = null, string? Substation = null, string? Feeder = null, string? Text = null)
{
    private const string Abnormal = "abnormal";

    /// <summary>False with the field at fault and what is allowed.</summary>
    public bool TryRead(GridModel grid, out AssetFilter filter, out string field, out string fault)
    {
        (filter, field, fault) = (null!, "", "");
        if (!TryLayer(Layer, out var layer))
        {
            (field, fault) = (nameof(Layer), $"Give one of {string.Join(", ", Enum.GetNames<AssetLayer>()).ToLowerInvariant()}.");
            return false;
        }

        var mode = string.IsNullOrWhiteSpace(Mode) ? MapPalette.Status : MapPalette.Mode(Mode.Trim().ToLowerInvariant());
        if (mode is null)
        {
            (field, fault) = (nameof(Mode), $"There is no mode \"{Mode}\"; give one of {string.Join(", ", MapPalette.Modes.Select(m => m.Key))}.");
            return false;
        }

        var states = (State ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(s => s == Abnormal ? mode.Classes.Where(c => c.Abnormal).Select(c => c.Key) : [s]).Distinct().ToList();
        if (states.Find(s => mode.Classes.All(c => c.Key != s)) is { } unknown)
        {
            (field, fault) = (nameof(State), $"The mode {mode.Key} has no state \"{unknown}\"; it has {string.Join(", ", mode.Classes.Select(c => c.Key))} and {Abnormal}.");
            return false;
        }

        if (!TryArea(out var area, out field, out fault)) return false;
        var names = GridNames.Of(grid);
        Substation? station = null;
        if (!string.IsNullOrWhiteSpace(Substation) && (station = names.Substation(Substation)) is null)
        {
            (field, fault) = (nameof(Substation), $"There is no substation \"{Substation}\".");
            return false;
        }

        Feeder? feeder = null;
        if (!string.IsNullOrWhiteSpace(Feeder) && (feeder = names.Feeder(Feeder)) is null)
        {
            (field, fault) = (nameof(Feeder), $"There is no feeder \"{Feeder}\".");
            return false;
        }

        filter = new() { Layer = layer, Mode = mode, States = states, Area = area, SubstationId = station?.Id, FeederId = feeder?.Id, Text = Text?.Trim() ?? "" };
        return true;
    }

    /// <summary>In the singular or the plural.</summary>
    internal static bool TryLayer(string? text, out AssetLayer layer) =>
        Enum.TryParse((text ?? "").Trim().TrimEnd('s', 'S'), ignoreCase: true, out layer) && Enum.IsDefined(layer) && !int.TryParse(text, out _);

    private bool TryArea(out GeoShape? area, out string field, out string fault)
    {
        (area, field, fault) = (null, "", "");
        var (box, polygon) = (!string.IsNullOrWhiteSpace(Bbox), !string.IsNullOrWhiteSpace(Area));
        if (box && polygon)
        {
            (field, fault) = (nameof(Area), "Give bbox or area, not both.");
            return false;
        }

        field = box ? nameof(Bbox) : nameof(Area);
        if (box) return GeoShape.TryParseBox(Bbox!, out area, out fault);
        return !polygon || GeoShape.TryParsePolygon(Area!, out area, out fault);
    }
}
