using FluxOps.Data.Grid;

namespace FluxOps.Tests.Live;

/// <summary>
/// Small networks of random feeder trees: a switching device at some segments' heads, a tie from feeder to feeder with its open switch, transformers at some far ends.
/// The same seed gives the same network.
/// </summary>
internal static class TestTrees
{
    public const double MeterWeight = 2;

    public static GridTopology Make(int seed, int substations = 3, int feedersEach = 3, int segmentsMost = 14)
    {
        var random = new Random(seed);
        var feeders = substations * feedersEach;
        List<(int Feeder, int Parent, SegmentKind Kind)> segments = [];
        List<(int Segment, AssetKind Kind, bool Open)> devices = [];
        List<(int Segment, int Feeder, int Meters)> transformers = [];
        var firstOf = new int[feeders + 1];
        for (var f = 0; f < feeders; f++)
        {
            firstOf[f] = segments.Count;
            for (var n = random.Next(1, segmentsMost); n > 0; n--)
            {
                var s = segments.Count;
                segments.Add((f, s == firstOf[f] || random.Next(8) == 0 ? -1 : random.Next(firstOf[f], s), SegmentKind.Backbone));
                if (random.Next(3) == 0) devices.Add((s, (AssetKind)random.Next(2, 5), false));
                if (random.Next(12) == 0) devices.Add((s, AssetKind.Capacitor, false));
            }

            var last = segments.Count;
            for (var n = random.Next(3); n > 0; n--)
            {
                // Where it goes to is known when all feeders are there.
                devices.Add((segments.Count, AssetKind.TieSwitch, true));
                segments.Add((f, random.Next(firstOf[f], last), SegmentKind.Tie));
            }

            for (var s = firstOf[f]; s < last; s++)
                for (var n = random.Next(3); n > 0; n--) transformers.Add((s, f, random.Next(1, 5)));
        }

        firstOf[feeders] = segments.Count;
        int[] trunks = [.. Enumerable.Range(0, segments.Count).Where(s => segments[s].Kind != SegmentKind.Tie)];
        int[] tieTo = [.. segments.Select(s => s.Kind == SegmentKind.Tie ? trunks[random.Next(trunks.Length)] : -1)];
        int[] meterOf = [.. transformers.SelectMany((t, i) => Enumerable.Repeat(i, t.Meters))];
        int[] metersOfFeeder = [.. Enumerable.Range(0, feeders).Select(f => transformers.Where(t => t.Feeder == f).Sum(t => t.Meters))];
        return new GridTopology(new GridModel
        {
            Network = new GridNetwork("trees", seed, MeterWeight, $"trees-{seed}", true, "made for a test"),
            Substations = [.. Enumerable.Range(0, substations).Select(i => new Substation
            {
                Id = i, Mrid = NameGuid.Of("Substation", $"{i}"), Code = $"SUB-{i:0000}", Name = $"Station {i}", Region = "Central", Latitude = 29.7, Longitude = -95.4,
                PrimaryKv = 138, SecondaryKv = 12.47f, RatedMva = 50, FirmMva = 30,
            })],
            Banks = [],
            Feeders = [.. Enumerable.Range(0, feeders).Select(f => new Feeder
            {
                Id = f, Mrid = NameGuid.Of("Feeder", $"{f}"), Name = $"ST-{1200 + f}", SubstationId = f / feedersEach, BankId = 0, NominalKv = 12.47f, RatedAmps = 600, RatedMva = 12.96f,
                PlannedMva = 8, Meters = metersOfFeeder[f], Customers = (int)(metersOfFeeder[f] * MeterWeight), LengthKm = 5,
            })],
            Segments = new LineSegments
            {
                FeederId = [.. segments.Select(s => s.Feeder)], ParentId = [.. segments.Select(s => s.Parent)], TieToId = tieTo, Kind = [.. segments.Select(s => s.Kind)],
                Phases = new Phases[segments.Count], RatedAmps = new float[segments.Count], LengthM = new float[segments.Count],
                FromLat = new double[segments.Count], FromLon = new double[segments.Count], ToLat = new double[segments.Count], ToLon = new double[segments.Count],
            },
            Devices = new LineDevices
            {
                Kind = [.. devices.Select(d => d.Kind)], SegmentId = [.. devices.Select(d => d.Segment)], NormallyOpen = [.. devices.Select(d => d.Open)], RatedAmps = new float[devices.Count],
            },
            Transformers = new ServiceTransformers
            {
                FeederId = [.. transformers.Select(t => t.Feeder)], SegmentId = [.. transformers.Select(t => t.Segment)], Phases = new Phases[transformers.Count],
                RatedKva = [.. transformers.Select(_ => 25f)], Lat = new double[transformers.Count], Lon = new double[transformers.Count],
            },
            UsagePoints = new UsagePoints
            {
                TransformerId = meterOf, FeederId = [.. meterOf.Select(t => transformers[t].Feeder)], Class = new CustomerClass[meterOf.Length], HasPv = new bool[meterOf.Length],
                MeanKw = new float[meterOf.Length], DropAtPeak = new float[meterOf.Length], Lat = new double[meterOf.Length], Lon = new double[meterOf.Length], Serial = [], Address = [],
            },
        });
    }
}
