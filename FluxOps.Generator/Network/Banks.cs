using FluxOps.Data.Grid;

namespace FluxOps.Generator.Network;

/// <summary>Sizes a station's banks: 2 or 3, 30 to 50 MVA at 12.47 kV and 45 to 100 MVA at 34.5 kV (grid-domain 2.4), so that the planned load stays within the firm capacity where those sizes allow.</summary>
internal sealed class Banks(Draft draft)
{
    /// <summary>Emergency over normal rating.</summary>
    private const double Emergency = 1.3;
    private static readonly double[] Sizes12 = [30, 40, 50], Sizes35 = [45, 60, 80, 100];

    public List<TransformerBank> All { get; } = [];
    /// <summary>Bank of each feeder.</summary>
    public int[] OfFeeder { get; } = new int[draft.Feeders];

    public void Build(int station, int firstFeeder, int lastFeeder)
    {
        var byKv = Enumerable.Range(firstFeeder, lastFeeder - firstFeeder).GroupBy(f => draft.FeederKv[f]).OrderBy(g => g.Key).ToArray();
        int number = 0;
        foreach (var group in byKv)
        {
            int[] feeders = [.. group];
            double planned = feeders.Sum(f => draft.FeederPlannedMva[f]);
            var (count, size) = Choose(group.Key > 20 ? Sizes35 : Sizes12, planned, byKv.Length > 1 ? 1 : 2, byKv.Length > 1 ? 4 - byKv.Length : 3);
            for (var b = 0; b < count; b++)
            {
                int id = All.Count;
                All.Add(new TransformerBank
                {
                    Id = id, Mrid = Mrids.Of(draft.Seed, Mrids.Bank, id), SubstationId = station, Name = $"{draft.StationName[station]} TR{++number}",
                    PrimaryKv = 138, SecondaryKv = group.Key, RatedMva = (float)size, EmergencyMva = (float)Math.Round(size * Emergency, 1),
                });
            }
            // In turn, the heaviest first, so that banks are evenly loaded.
            int first = All.Count - count;
            var load = new double[count];
            foreach (var f in feeders.OrderByDescending(f => draft.FeederPlannedMva[f]).ThenBy(f => f))
            {
                int least = Array.IndexOf(load, load.Min());
                load[least] += draft.FeederPlannedMva[f];
                OfFeeder[f] = first + least;
            }
        }
    }

    /// <summary>Rating left with the largest bank out, at the others' emergency rating.</summary>
    public static double FirmMva(IReadOnlyCollection<TransformerBank> banks) =>
        banks.Count == 1 ? 0 : Math.Round(banks.Sum(b => (double)b.EmergencyMva) - banks.Max(b => (double)b.EmergencyMva), 1);

    private static (int Count, double Size) Choose(double[] sizes, double planned, int fewest, int most)
    {
        for (var count = fewest; count <= most; count++)
            foreach (var size in sizes)
                if (count * size * 0.85 >= planned && (count == 1 || (count - 1) * size * Emergency >= planned))
                    return (count, size);
        // Beyond the usual sizes: the next 10 MVA that carries it.
        return (most, Math.Max(sizes[^1], Math.Ceiling(planned / most / 0.85 / 10) * 10));
    }
}

/// <summary>Master resource identifiers: name-based UUIDs from seed, kind and number, so that a rebuilt network keeps them.</summary>
internal static class Mrids
{
    public const int Station = 1, Bank = 2, Feeder = 3;

    public static Guid Of(ulong seed, int kind, int id)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, Numbers.CounterHash.Of(seed, 1000 + kind, id, 0));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Numbers.CounterHash.Of(seed, 1000 + kind, id, 1));
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80); // version 8: custom
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
