namespace FluxOps.Blazor.Find;

/// <summary>Whole numbers in as few bytes as they need, seven bits each.</summary>
internal static class Varints
{
    public static int Length(int value)
    {
        var bytes = 1;
        for (var rest = (uint)value; rest >= 0x80; rest >>= 7) bytes++;
        return bytes;
    }

    public static int Write(Span<byte> to, int value)
    {
        var at = 0;
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) to[at++] = (byte)(rest | 0x80);
        to[at++] = (byte)rest;
        return at;
    }

    public static int Read(ReadOnlySpan<byte> from, ref int at)
    {
        var b = from[at++];
        if (b < 0x80) return b;
        var value = b & 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            b = from[at++];
            value |= (b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
    }
}
