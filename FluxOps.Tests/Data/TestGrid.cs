using FluxOps.Data.Grid;

namespace FluxOps.Tests.Data;

/// <summary>A small network by arithmetic alone, for tests of the store: no generator is needed, and every value differs.</summary>
internal static class TestGrid
{
    public static GridModel Make(int substations = 2, int feedersEach = 2, int segmentsEach = 3, int transformersEach = 4, int metersEach = 5, string hash = "h1")
    {
        var feeders = substations * feedersEach;
        var (s, t, u) = (feeders * segmentsEach, feeders * transformersEach, feeders * transformersEach * metersEach);
        return new GridModel
        {
            Network = new GridNetwork("tiny", 7, 2.5, hash, true, "made for a test"),
            Substations = [.. Enumerable.Range(0, substations).Select(i => new Substation
            {
                Id = i, Mrid = NameGuid.Of("Substation", $"{i}"), Code = $"SUB-{i:0000}", Name = $"Station {i}", Region = "Central",
                Latitude = 29.7 + (i * 0.01), Longitude = -95.4 - (i * 0.01), PrimaryKv = 138, SecondaryKv = 12.47f, RatedMva = 50 + i, FirmMva = 30 + i,
            })],
            Banks = [.. Enumerable.Range(0, substations).Select(i => new TransformerBank
            {
                Id = i, Mrid = NameGuid.Of("Bank", $"{i}"), SubstationId = i, Name = $"T{i}", PrimaryKv = 138, SecondaryKv = 12.47f, RatedMva = 25 + i, EmergencyMva = 33 + i,
            })],
            Feeders = [.. Enumerable.Range(0, feeders).Select(i => new Feeder
            {
                Id = i, Mrid = NameGuid.Of("Feeder", $"{i}"), Name = $"ST-12{i:00}", SubstationId = i / feedersEach, BankId = i / feedersEach, NominalKv = 12.47f, RatedAmps = 600,
                RatedMva = 12.96f, PlannedMva = 8 + i, Meters = transformersEach * metersEach, Customers = 50 + i, LengthKm = 3.5f + i,
            })],
            Segments = new LineSegments
            {
                FeederId = Of(s, i => i / segmentsEach), ParentId = Of(s, i => i % segmentsEach == 0 ? -1 : i - 1), TieToId = Of(s, _ => -1),
                Kind = Of(s, i => (SegmentKind)(i % 2)), Phases = Of(s, i => (Phases)(1 + (i % 7))), RatedAmps = Of(s, i => 100f + i), LengthM = Of(s, i => 50f + i),
                FromLat = Of(s, i => 29 + (i * 1e-5)), FromLon = Of(s, i => -95 - (i * 1e-5)), ToLat = Of(s, i => 29 + ((i + 1) * 1e-5)), ToLon = Of(s, i => -95 - ((i + 1) * 1e-5)),
            },
            Devices = new LineDevices
            {
                Kind = Of(feeders, i => i % 2 == 0 ? AssetKind.Recloser : AssetKind.Fuse), SegmentId = Of(feeders, i => i * segmentsEach),
                NormallyOpen = Of(feeders, i => i % 2 == 1), RatedAmps = Of(feeders, i => 200f + i),
            },
            Transformers = new ServiceTransformers
            {
                FeederId = Of(t, i => i / transformersEach), SegmentId = Of(t, i => i / transformersEach * segmentsEach), Phases = Of(t, i => (Phases)(1 << (i % 3))),
                RatedKva = Of(t, i => 25f + i), Lat = Of(t, i => 29.5 + (i * 1e-4)), Lon = Of(t, i => -95.5 + (i * 1e-4)),
            },
            UsagePoints = new UsagePoints
            {
                TransformerId = Of(u, i => i / metersEach), FeederId = Of(u, i => i / metersEach / transformersEach), Class = Of(u, i => (CustomerClass)(i % 5)), HasPv = Of(u, i => i % 9 == 0),
                MeanKw = Of(u, i => 1f + (i * 0.001f)), DropAtPeak = Of(u, i => i * 1e-6f), Lat = Of(u, i => 29.6 + (i * 1e-5)), Lon = Of(u, i => -95.6 + (i * 1e-5)),
                Serial = Of(u, i => $"MTR-{i:0000000}"), Address = Of(u, i => $"{100 + i} Cedar Bend Dr, Hobby"),
            },
        };
    }

    private static T[] Of<T>(int n, Func<int, T> f) => [.. Enumerable.Range(0, n).Select(f)];
}
