using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FluxOps.Tests.Shared;

/// <summary>
/// Writes a real PMTiles archive, version 3: header, one root directory, metadata, and one tile, that of zoom 9 which Houston lies in.
/// Its vector tile holds a square of water in its middle and a motorway from its left edge to its right, a quarter of its height from the top.
/// </summary>
internal static class PmtilesFile
{
    public const int Zoom = 9, X = 120, Y = 211;
    private const int Extent = 4096;
    /// <summary>One red pixel.</summary>
    private const string RedPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    public const string VectorMetadata = """
        {"name":"Houston streets","attribution":"<a href=\"https://www.openstreetmap.org/copyright\" onclick=\"x()\">&copy; OpenStreetMap</a> contributors &lt;b&gt;","vector_layers":[{"id":"water"},{"id":"roads"}]}
        """;

    public static byte[] Vector(string metadata = VectorMetadata) => Archive(1, 2, Gzip(VectorTile()), metadata);

    public static byte[] Png() => Archive(2, 1, Convert.FromBase64String(RedPng), """{"name":"Aerial"}""");

    /// <summary>Latitude and longitude of a point of the tile, 0 to 1 from its upper left corner.</summary>
    public static (double Lat, double Lon) At(double x, double y)
    {
        var n = Math.PI * (1 - 2 * (Y + y) / (1 << Zoom));
        return (Math.Atan(Math.Sinh(n)) * 180 / Math.PI, (X + x) / (1 << Zoom) * 360 - 180);
    }

    private static byte[] Archive(byte tileType, byte tilePacking, byte[] tile, string metadata)
    {
        var root = Gzip(Bytes(w => { w.Varint(1); w.Varint(TileId(Zoom, X, Y)); w.Varint(1); w.Varint((ulong)tile.Length); w.Varint(1); })); // count, id, run, length, offset + 1
        var json = Gzip(Encoding.UTF8.GetBytes(metadata));
        var header = new byte[127];
        "PMTiles"u8.CopyTo(header);
        header[7] = 3;
        var place = (ulong)header.Length;
        foreach (var (at, length) in (Span<(int, int)>)[(8, root.Length), (24, json.Length), (40, 0), (56, tile.Length)])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(at), place);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(at + 8), (ulong)length);
            place += (ulong)length;
        }

        foreach (var at in (Span<int>)[72, 80, 88])
            header[at] = 1; // tiles addressed, entries, contents
        (header[96], header[97], header[98], header[99], header[100], header[101], header[118]) = (1, 2, tilePacking, tileType, Zoom, Zoom, Zoom);
        var ((north, west), (south, east)) = (At(0, 0), At(1, 1));
        foreach (var (at, degrees) in (Span<(int, double)>)[(102, west), (106, south), (110, east), (114, north), (119, west), (123, south)])
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), (int)Math.Round(degrees * 1e7));
        return [.. header, .. root, .. json, .. tile];
    }

    private static byte[] VectorTile()
    {
        // Polygon: from (1024, 1536) clockwise; MoveTo 1, LineTo 3, ClosePath.
        var water = Layer("water", Feature(3, [9, Zigzag(1024), Zigzag(1536), 26, Zigzag(2048), 0, 0, Zigzag(1024), Zigzag(-2048), 0, 15], []), null);
        var road = Layer("roads", Feature(2, [9, 0, Zigzag(1024), 10, Zigzag(Extent), 0], [0, 0]), ("kind", "highway"));
        return [.. water, .. road];
    }

    private static byte[] Feature(ulong type, ulong[] geometry, ulong[] tags) => Bytes(w =>
    {
        if (tags.Length > 0)
            w.Field(2, Bytes(t => Array.ForEach(tags, t.Varint)));
        w.Varint(3 << 3);
        w.Varint(type);
        w.Field(4, Bytes(g => Array.ForEach(geometry, g.Varint)));
    });

    private static byte[] Layer(string name, byte[] feature, (string Key, string Value)? tag) => Bytes(tile => tile.Field(3, Bytes(w =>
    {
        w.Field(1, Encoding.UTF8.GetBytes(name));
        w.Field(2, feature);
        if (tag is { } t)
        {
            w.Field(3, Encoding.UTF8.GetBytes(t.Key));
            w.Field(4, Bytes(v => v.Field(1, Encoding.UTF8.GetBytes(t.Value))));
        }

        w.Varint(5 << 3);
        w.Varint(Extent);
        w.Varint(15 << 3);
        w.Varint(2);
    })));

    /// <summary>Place on the Hilbert curve through all tiles of all zooms.</summary>
    private static ulong TileId(int zoom, int x, int y)
    {
        ulong id = 0;
        for (var z = 0; z < zoom; z++)
            id += 1ul << (2 * z);
        for (var s = 1 << (zoom - 1); s > 0; s >>= 1)
        {
            var (rx, ry) = ((x & s) > 0 ? 1 : 0, (y & s) > 0 ? 1 : 0);
            id += (ulong)s * (ulong)s * (ulong)((3 * rx) ^ ry);
            if (ry == 0)
            {
                if (rx == 1)
                    (x, y) = (s - 1 - (x & (s - 1)), s - 1 - (y & (s - 1)));
                (x, y) = (y, x);
            }
        }

        return id;
    }

    private static ulong Zigzag(int value) => (ulong)((value << 1) ^ (value >> 31));

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Bytes(Action<Writer> write)
    {
        var writer = new Writer();
        write(writer);
        return writer.ToArray();
    }

    private sealed class Writer : MemoryStream
    {
        public void Varint(ulong value)
        {
            for (; value > 127; value >>= 7)
                WriteByte((byte)(value | 128));
            WriteByte((byte)value);
        }

        /// <summary>A length-delimited field.</summary>
        public void Field(ulong number, byte[] content)
        {
            Varint(number << 3 | 2);
            Varint((ulong)content.Length);
            Write(content);
        }
    }
}
