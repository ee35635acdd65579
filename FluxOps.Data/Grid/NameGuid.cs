using System.Security.Cryptography;
using System.Text;

namespace FluxOps.Data.Grid;

/// <summary>Name-based identifiers (RFC 9562 version 5): the same name gives the same mRID in every run and on every machine.</summary>
public static class NameGuid
{
    private static readonly byte[] Namespace = new Guid("5b0f2c7e-3a41-5d8e-9f60-7c1d2e3f4a5b").ToByteArray(bigEndian: true);

    public static Guid Of(string kind, string name)
    {
        Span<byte> input = stackalloc byte[512];
        Namespace.CopyTo(input);
        var at = 16;
        at += Encoding.UTF8.GetBytes(kind, input[at..]);
        input[at++] = (byte)':';
        at += Encoding.UTF8.GetBytes(name, input[at..]);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // Version 5 is SHA-1 by definition; nothing here is secret
        SHA1.HashData(input[..at], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
