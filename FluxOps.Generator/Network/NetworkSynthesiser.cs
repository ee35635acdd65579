using System.Globalization;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;

namespace FluxOps.Generator.Network;

/// <summary>
/// Builds a Houston-like distribution network from a plan: stations, street-grid feeder trees, ties, transformers, customers. Deterministic: every choice is a
/// hash of the seed and what it is about, and coordinates are rounded to 1e-5 degrees. Sources of the figures: grid-domain 2.2 to 2.4.
/// </summary>
public static class NetworkSynthesiser
{
    /// <summary>Ties a feeder, on average; each joins two feeders.</summary>
    private const double TiesPerFeeder = 1.05;

    public static GridModel Build(NetworkPlan plan, IProgress<StartProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Validate();
        void Say(string message, double done) => progress?.Report(new StartProgress("network", message, done));

        Say($"Placing {plan.Substations} substations", 0);
        var draft = Stations.Draft(plan);
        int ties = (int)(plan.Feeders * TiesPerFeeder);
        Say($"Growing {plan.Feeders:N0} feeders over the streets", 0.1);
        FeederTrees.Grow(draft, plan.Segments - ties);
        TieLines.Build(draft, ties);
        FeederTrees.AssignPhases(draft);
        Say($"Connecting {plan.Meters:N0} meters to {plan.Transformers:N0} service transformers", 0.5);
        var (transformers, usagePoints) = new Customers(draft).Build();
        Say("Rating lines and banks", 0.9);
        var lines = new Lines(draft);
        var segments = lines.Segments();
        for (var t = 0; t < transformers.Count; t++)
            transformers.SegmentId[t] = lines.SegmentOfNode[transformers.SegmentId[t]];
        var (stations, banks, feeders) = Equipment(draft, segments, usagePoints);
        var model = new GridModel
        {
            Network = new GridNetwork(plan.Preset, plan.Seed, draft.Weight, "", true, OriginOf(plan)),
            Substations = stations, Banks = banks, Feeders = feeders, Segments = segments, Devices = lines.Devices(segments),
            Transformers = transformers, UsagePoints = usagePoints,
        };
        return WithHash(model);
    }

    private static string OriginOf(NetworkPlan plan) => plan.SitesOrigin is { } file
        ? string.Create(CultureInfo.InvariantCulture, $"Synthetic feeders (seed {plan.Seed}) on {plan.Substations} station sites of {file}")
        : string.Create(CultureInfo.InvariantCulture, $"Synthetic network, preset {plan.Preset}, seed {plan.Seed}");

    private static GridModel WithHash(GridModel model) => new()
    {
        Network = model.Network with { ContentHash = NetworkHash.Of(model) },
        Substations = model.Substations, Banks = model.Banks, Feeders = model.Feeders, Segments = model.Segments, Devices = model.Devices,
        Transformers = model.Transformers, UsagePoints = model.UsagePoints,
    };

    private static (Substation[], TransformerBank[], Feeder[]) Equipment(Draft draft, LineSegments segments, UsagePoints usagePoints)
    {
        var meters = new int[draft.Feeders];
        foreach (var f in usagePoints.FeederId)
            meters[f]++;
        var length = new double[draft.Feeders];
        for (var i = 0; i < segments.Count; i++)
            if (segments.Kind[i] != SegmentKind.Tie)
                length[segments.FeederId[i]] += segments.LengthM[i];
        var banks = new Banks(draft);
        var stations = new Substation[draft.Stations];
        var feeders = new Feeder[draft.Feeders];
        int next = 0;
        for (var s = 0; s < draft.Stations; s++)
        {
            int first = next, firstBank = banks.All.Count;
            while (next < draft.Feeders && draft.FeederStation[next] == s)
                next++;
            banks.Build(s, first, next);
            var own = banks.All.GetRange(firstBank, banks.All.Count - firstBank);
            stations[s] = new Substation
            {
                Id = s, Mrid = Mrids.Of(draft.Seed, Mrids.Station, s), Code = $"SUB-{s + 1:0000}", Name = draft.StationName[s], Region = Region(draft.StationX[s], draft.StationY[s]),
                Latitude = Plane.Lat(draft.StationY[s]), Longitude = Plane.Lon(draft.StationX[s]), PrimaryKv = 138, SecondaryKv = own.Min(b => b.SecondaryKv),
                RatedMva = own.Sum(b => b.RatedMva), FirmMva = (float)Banks.FirmMva(own),
            };
            int[] number = new int[2];
            for (var f = first; f < next; f++)
            {
                bool high = draft.FeederKv[f] > 20;
                feeders[f] = new Feeder
                {
                    Id = f, Mrid = Mrids.Of(draft.Seed, Mrids.Feeder, f), Name = $"{draft.StationAbbreviation[s]}-{(high ? 3500 : 1200) + ++number[high ? 1 : 0]}",
                    SubstationId = s, BankId = banks.OfFeeder[f], NominalKv = draft.FeederKv[f], RatedAmps = (float)Stations.HeadAmps,
                    RatedMva = (float)Math.Round(Stations.RatedMva(draft.FeederKv[f]), 2), PlannedMva = (float)draft.FeederPlannedMva[f],
                    Meters = meters[f], Customers = (int)Math.Round(meters[f] * draft.Weight), LengthKm = (float)Math.Round(length[f] / 1000, 2),
                };
            }
        }
        return (stations, [.. banks.All], feeders);
    }

    /// <summary>Central within 10 km of downtown, otherwise by the quadrant.</summary>
    private static string Region(double x, double y) => x * x + y * y < 10_000.0 * 10_000 ? "Central"
        : Math.Abs(x) > Math.Abs(y) ? (x > 0 ? "East" : "West") : y > 0 ? "North" : "South";
}
