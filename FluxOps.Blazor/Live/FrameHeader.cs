using System.Buffers.Binary;

namespace FluxOps.Blazor.Live;

/// <summary>How every frame of the bulk lane starts: see <see cref="StatusFrames"/>.</summary>
internal static class FrameHeader
{
    public const int Bytes = 1 + 4 + 8;
    /// <summary>A delta also tells where it starts from.</summary>
    public const int DeltaBytes = Bytes + 4;

    public static byte[] Of(byte kind, GridSnapshot snapshot, long? baseVersion = null)
    {
        var header = new byte[baseVersion is null ? Bytes : DeltaBytes];
        header[0] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(1), (uint)snapshot.Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(5), snapshot.Kpis.NewestSourceTime);
        if (baseVersion is { } left) BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(Bytes), (uint)left);
        return header;
    }
}
