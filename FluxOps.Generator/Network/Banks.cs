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
            // The heaviest first, each to the bank with the least so far.
            int[] heaviestFirst = [.. feeders.OrderByDescending(f => draft.FeederPlannedMva[f]).ThenBy(f => f)];
            var (count, size) = Choose(group.Key > 20 ? Sizes35 : Sizes12, heaviestFirst, byKv.Length > 1 ? 1 : 2, byKv.Length > 1 ? 2 : 3);
            for (var b = 0; b < count; b++)
            {
                int id = All.Count;
                All.Add(new TransformerBank
                {
                    Id = id, Mrid = Mrids.Of(draft.Seed, Mrids.Bank, id), SubstationId = station, Name = $"{draft.StationName[station]} TR{++number}",
                    PrimaryKv = 138, SecondaryKv = group.Key, RatedMva = (float)size, EmergencyMva = (float)Math.Round(size * Emergency, 1),
                });
            }
            var place = Split(heaviestFirst, count, out _);
            for (var k = 0; k < heaviestFirst.Length; k++)
                OfFeeder[heaviestFirst[k]] = All.Count - count + place[k];
        }
    }

    /// <summary>Rating left with the largest bank out, at the others' emergency rating.</summary>
    public static double FirmMva(IReadOnlyCollection<TransformerBank> banks) =>
        banks.Count == 1 ? 0 : Math.Round(banks.Sum(b => (double)b.EmergencyMva) - banks.Max(b => (double)b.EmergencyMva), 1);

    private (int Count, double Size) Choose(double[] sizes, int[] feeders, int fewest, int most)
    {
        double planned = feeders.Sum(f => draft.FeederPlannedMva[f]), heaviest = 0;
        for (var count = fewest; count <= most; count++)
        {
            Split(feeders, count, out heaviest);
            foreach (var size in sizes)
                if (size * 0.92 >= heaviest && (count == 1 || (count - 1) * size * Emergency >= planned))
                    return (count, size);
        }
        // Beyond the usual sizes: the next 10 MVA that carries it.
        return (most, Math.Max(sizes[^1], Math.Ceiling(heaviest / 0.92 / 10) * 10));
    }

    /// <summary>Bank of each feeder, counted from 0, and the load of the most loaded.</summary>
    private int[] Split(int[] feeders, int count, out double heaviest)
    {
        var load = new double[count];
        var place = new int[feeders.Length];
        for (var k = 0; k < feeders.Length; k++)
        {
            place[k] = Array.IndexOf(load, load.Min());
            load[place[k]] += draft.FeederPlannedMva[feeders[k]];
        }
        heaviest = load.Max();
        return place;
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
