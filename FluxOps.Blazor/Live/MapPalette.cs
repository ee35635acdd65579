using System.Text.Json;

namespace FluxOps.Blazor.Live;

/// <summary>One line of the legend.</summary>
/// <param name="Id">In status mode the number of <see cref="AssetStatus"/>.</param>
/// <param name="Word">As it is read out.</param>
/// <param name="Color">Name of the design token.</param>
/// <param name="Mark">dot, square, up, down or hatched: shape repeats colour.</param>
/// <param name="Order">Of drawing; the highest is on top, and the worst.</param>
public sealed record PaletteClass(int Id, string Key, string Label, string Word, string Color, string Mark, int Order, bool Abnormal = false, float MaxKv = 0);

/// <summary>One way to colour the map.</summary>
public sealed class PaletteMode
{
    private readonly byte[] _classOf = new byte[AssetCode.Count];
    // Asked for every asset of a list or a map: no searching.
    private readonly PaletteClass[] _byId;
    /// <summary>Those of the nominal mode that follow from the voltage, the lowest first.</summary>
    private readonly PaletteClass[] _byKv;

    internal PaletteMode(string key, JsonElement mode)
    {
        Key = key;
        Title = mode.GetProperty("title").GetString()!;
        var classes = mode.GetProperty("classes").EnumerateArray().ToArray();
        Classes = [.. classes.Select(c => c.Deserialize<PaletteClass>(JsonSerializerOptions.Web)!)];
        _byId = new PaletteClass[Classes.Max(c => c.Id) + 1];
        foreach (var c in Classes) _byId[c.Id] = c;
        _byKv = [.. Classes.Where(c => c.MaxKv > 0).OrderBy(c => c.MaxKv)];
        for (var code = 0; code < AssetCode.Count; code++)
        {
            var at = Array.FindIndex(classes, c => Holds(c.GetProperty("when"), new AssetCode((byte)code)));
            _classOf[code] = (byte)Classes[at].Id;
        }
    }

    public string Key { get; }
    public string Title { get; }
    /// <summary>In order of precedence: the first that holds is shown.</summary>
    public IReadOnlyList<PaletteClass> Classes { get; }

    /// <summary>Id of the class of a code. In nominal mode an energised asset's class follows from its voltage: <see cref="ClassOf(byte, float)"/>.</summary>
    public int ClassOf(byte code) => _classOf[code];

    /// <param name="nominalKv">Of the asset's feeder, kV; counts in nominal mode only.</param>
    public int ClassOf(byte code, float nominalKv)
    {
        var id = _classOf[code];
        if (_byId[id].MaxKv == 0) return id;
        foreach (var c in _byKv)
            if (c.MaxKv >= nominalKv) return c.Id;
        return _byKv[^1].Id;
    }

    public PaletteClass Class(int id) => _byId[id];

    private static bool Holds(JsonElement when, AssetCode code) =>
        In(when, "dead", code.Dead ? 1 : 0) && In(when, "age", (int)code.Age) && In(when, "volt", (int)code.Volt) && In(when, "load", (int)code.Load);

    private static bool In(JsonElement when, string field, int value) =>
        !when.TryGetProperty(field, out var allowed) || allowed.EnumerateArray().Any(a => a.GetInt32() == value);
}

/// <summary>The one palette of server, legend and tiles: <c>wwwroot/js/palette.json</c>, which the browser's bundle holds too.</summary>
public static class MapPalette
{
    /// <summary>By key, in the order of the map's buttons.</summary>
    public static IReadOnlyList<PaletteMode> Modes { get; } = Read();

    public static PaletteMode Status { get; } = Mode("status")!;

    public static PaletteMode? Mode(string? key) => Modes.FirstOrDefault(m => m.Key == key);

    private static PaletteMode[] Read()
    {
        using var stream = typeof(MapPalette).Assembly.GetManifestResourceStream("palette.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("modes").EnumerateObject().Select(m => new PaletteMode(m.Name, m.Value))];
    }
}
