using System.Buffers;
using System.Text;

namespace FluxOps.Blazor.Topology;

/// <summary>Writes the files of the map: unsigned LEB128 varints, zigzag for what may be negative.</summary>
internal sealed class VarintWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(Math.Max(16, capacity));

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Unsigned(uint value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Signed(int value) => Unsigned((uint)(value << 1 ^ value >> 31));

    /// <summary>A place on the file's grid, relative to the one before, which it becomes.</summary>
    public void Point(double latitude, double longitude, ref int lat, ref int lon)
    {
        var (toLat, toLon) = (GeometryCodec.Fixed(latitude), GeometryCodec.Fixed(longitude));
        Signed(toLat - lat);
        Signed(toLon - lon);
        (lat, lon) = (toLat, toLon);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}

/// <summary>The inverse of <see cref="VarintWriter"/>.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Reads past the four letters that a file begins with, or says what it is not.</summary>
    public static VarintReader After(ReadOnlySpan<byte> magic, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(magic)) throw new InvalidDataException($"Not a geometry file: it does not start with {Encoding.ASCII.GetString(magic)}.");
        return new(bytes[magic.Length..]);
    }

    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw new InvalidDataException("The geometry file is cut short.");

    public int Count() => checked((int)Unsigned());

    public int Signed()
    {
        var value = Unsigned();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public uint Unsigned()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
