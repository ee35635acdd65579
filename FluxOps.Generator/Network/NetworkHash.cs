using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FluxOps.Data.Grid;

namespace FluxOps.Generator.Network;

/// <summary>The content hash: SHA-256 over geometry, connectivity and ratings, little endian, the same on every machine.</summary>
internal static class NetworkHash
{
    public static string Of(GridModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var s in model.Substations)
            hash.AppendData(Encoding.UTF8.GetBytes($"{s.Id} {s.Mrid} {s.Name} {s.Latitude} {s.Longitude} {s.SecondaryKv} {s.RatedMva} {s.FirmMva}\n"));
        foreach (var b in model.Banks)
            hash.AppendData(Encoding.UTF8.GetBytes($"{b.Id} {b.SubstationId} {b.SecondaryKv} {b.RatedMva} {b.EmergencyMva}\n"));
        foreach (var f in model.Feeders)
            hash.AppendData(Encoding.UTF8.GetBytes($"{f.Id} {f.Name} {f.BankId} {f.NominalKv} {f.RatedAmps} {f.PlannedMva} {f.Customers} {f.LengthKm}\n"));
        var segments = model.Segments;
        foreach (var column in (int[][])[segments.FeederId, segments.ParentId, segments.TieToId, model.Devices.SegmentId, model.Transformers.SegmentId, model.UsagePoints.TransformerId])
            Append(hash, column);
        foreach (var column in (double[][])[segments.FromLat, segments.FromLon, segments.ToLat, segments.ToLon, model.Transformers.Lat, model.Transformers.Lon, model.UsagePoints.Lat, model.UsagePoints.Lon])
            Append(hash, Array.ConvertAll(column, degrees => (int)Math.Round(degrees * 1e5)));
        foreach (var column in (float[][])[segments.RatedAmps, model.Transformers.RatedKva, model.UsagePoints.MeanKw])
            Append(hash, Array.ConvertAll(column, BitConverter.SingleToInt32Bits));
        hash.AppendData(MemoryMarshal.AsBytes<SegmentKind>(segments.Kind));
        hash.AppendData(MemoryMarshal.AsBytes<Phases>(segments.Phases));
        hash.AppendData(MemoryMarshal.AsBytes<CustomerClass>(model.UsagePoints.Class));
        hash.AppendData(MemoryMarshal.AsBytes<AssetKind>(model.Devices.Kind));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(model.Devices.NormallyOpen));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, int[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>(values));
            return;
        }
        Span<byte> four = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, value);
            hash.AppendData(four);
        }
    }
}
