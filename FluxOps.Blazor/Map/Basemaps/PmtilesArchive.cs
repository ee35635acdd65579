using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FluxOps.Blazor.Map.Basemaps;

/// <summary>What the head of a PMTiles file (version 3) says of it. Layout: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md</summary>
/// <param name="Bounds">West, south, east, north, degrees; null where they make no sense.</param>
internal sealed partial record PmtilesArchive(string? Title, string Attribution, int MinZoom, int MaxZoom, string Tiles, double[]? Bounds, string[] Layers)
{
    private const int HeaderLength = 127;
    private const int LongestRoot = 16_384 - HeaderLength; // header and root directory are one read of 16 KB
    private const int LongestMetadata = 8 * 1024 * 1024;   // unpacked
    private const int DeepestZoom = 26;                    // as far as the browser's reader counts
    private const ulong LargestFile = 1ul << 50;           // a petabyte: beyond it a header is noise
    private const int LongestText = 300;
    private static readonly string?[] TileTypes = [null, "mvt", "png", "jpg", "webp", "avif"];
    private static readonly string[] Packings = ["unknown", "none", "gzip", "brotli", "zstd"];

    /// <exception cref="InvalidDataException">The file cannot be used; the message says why, to a person.</exception>
    public static PmtilesArchive Read(Stream file)
    {
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            throw new InvalidDataException("shorter than a PMTiles header: another kind of file, or one that is still being copied");
        if (!header.AsSpan().StartsWith("PMTiles"u8))
            throw new InvalidDataException("not a PMTiles file");
        if (header[7] != 3)
            throw new InvalidDataException($"PMTiles version {header[7]}; version 3 is needed");
        var (root, metadata, leaves, tiles) = (Section(header, 8), Section(header, 24), Section(header, 40), Section(header, 56));
        foreach (var section in (Span<(ulong Offset, ulong Length)>)[root, metadata, leaves, tiles])
        {
            if (section.Offset > LargestFile || section.Length > LargestFile)
                throw new InvalidDataException("its header names places that no file has");
            if (section.Offset + section.Length > (ulong)file.Length)
                throw new InvalidDataException($"incomplete: its header speaks of {(section.Offset + section.Length) / 1e6:N1} MB and more than is there; perhaps it is still being copied");
        }

        Check("directories", header[97]);
        if (header[99] >= TileTypes.Length || TileTypes[header[99]] is not { } type)
            throw new InvalidDataException($"tiles of kind {header[99]}, which no map here can draw");
        Check("tiles", header[98]);
        if (header[100] > header[101] || header[101] > DeepestZoom)
            throw new InvalidDataException($"zooms {header[100]} to {header[101]}");
        if (root.Length is 0 or > LongestRoot || Unpack(file, "root directory", root, header[97], 1) is not [> 0, ..])
            throw new InvalidDataException("its root directory is empty; perhaps it is still being copied");

        var (title, attribution, layers) = Describe(Unpack(file, "metadata", metadata, header[97], LongestMetadata));
        return new PmtilesArchive(title, attribution, header[100], header[101], type, BoundsOf(header), layers);
    }

    private static (ulong Offset, ulong Length) Section(byte[] header, int at) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(at)), BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(at + 8)));

    /// <summary>Browsers unpack gzip by themselves, and nothing else that the format allows.</summary>
    private static void Check(string what, byte packing)
    {
        if (packing > 2)
            throw new InvalidDataException($"its {what} are packed with {(packing < Packings.Length ? Packings[packing] : $"method {packing}")}; gzip or none is needed");
    }

    /// <summary>At most <paramref name="most"/> bytes of a section, unpacked.</summary>
    private static byte[] Unpack(Stream file, string what, (ulong Offset, ulong Length) section, byte packing, int most)
    {
        if (section.Length == 0)
            return [];
        file.Position = (long)section.Offset;
        var packed = new byte[(int)Math.Min(section.Length, (ulong)LongestMetadata)];
        file.ReadExactly(packed);
        if (packing != 2)
            return packed[..Math.Min(most, packed.Length)];
        try
        {
            using var bytes = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var unpacked = new byte[most];
            return unpacked[..bytes.ReadAtLeast(unpacked, most, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException($"its {what} cannot be unpacked; perhaps it is still being copied");
        }
    }

    private static (string? Title, string Attribution, string[] Layers) Describe(byte[] metadata)
    {
        if (metadata.Length == 0)
            return (null, "", []);
        try
        {
            using var json = JsonDocument.Parse(metadata);
            var layers = Value(json.RootElement, "vector_layers") is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Select(l => Text(l, "id")).Where(id => id.Length > 0).Take(200).ToArray()
                : [];
            return (Text(json.RootElement, "name") is { Length: > 0 } name ? name : null, Text(json.RootElement, "attribution"), layers);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second: a text that is no UTF-8
        {
            throw new InvalidDataException("its metadata are no JSON");
        }
    }

    private static JsonElement? Value(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Words only: what such files hold is HTML more often than not, such as <c>&lt;a href="https://www.openstreetmap.org/copyright"&gt;&amp;copy; OpenStreetMap&lt;/a&gt;</c>.</summary>
    private static string Text(JsonElement owner, string name)
    {
        if (Value(owner, name) is not { ValueKind: JsonValueKind.String } value)
            return "";
        var text = Spaces().Replace(WebUtility.HtmlDecode(Markup().Replace(value.GetString()!, " ")), " ").Trim();
        return text.Length > LongestText ? text[..LongestText] + "…" : text;
    }

    private static double[]? BoundsOf(byte[] header)
    {
        double[] b = [.. Enumerable.Range(0, 4).Select(i => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(102 + 4 * i)) / 1e7)];
        return b[0] < b[2] && b[1] < b[3] && b[0] >= -180 && b[2] <= 180 && b[1] >= -90 && b[3] <= 90 ? b : null;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();
}
