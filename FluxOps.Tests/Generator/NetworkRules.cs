using FluxOps.Data.Grid;
using FluxOps.Generator.Load;
using FluxOps.Generator.Network;

namespace FluxOps.Tests.Generator;

/// <summary>The invariants of a network (grid-domain 2).</summary>
internal static class NetworkRules
{
    public static void Check(GridModel model, NetworkPlan plan)
    {
        Assert.Equal((plan.Substations, plan.Feeders, plan.Transformers, plan.Meters),
            (model.Substations.Length, model.Feeders.Length, model.Transformers.Count, model.UsagePoints.Count));
        Assert.InRange(model.Segments.Count, plan.Segments * 0.97, plan.Segments * 1.01);
        Radial(model);
        Ties(model);
        Customers(model);
        Ratings(model);
        Names(model);
    }

    /// <summary>Every segment but the ties has its parent before it in the same feeder and starts where the parent ends; so each feeder is one tree rooted at its station: edges = nodes − 1, no cycle, all connected.</summary>
    private static void Radial(GridModel model)
    {
        var s = model.Segments;
        int feeder = 0;
        var heads = new int[model.Feeders.Length];
        for (var i = 0; i < s.Count; i++)
        {
            Assert.True(s.FeederId[i] >= feeder, "segments are ordered by feeder");
            feeder = s.FeederId[i];
            Assert.True(s.LengthM[i] > 0);
            if (s.Kind[i] == SegmentKind.Tie)
                continue;
            Assert.Equal(-1, s.TieToId[i]);
            if (s.ParentId[i] < 0)
            {
                var station = model.Substations[model.Feeders[feeder].SubstationId];
                Assert.Equal((station.Latitude, station.Longitude), (s.FromLat[i], s.FromLon[i]));
                heads[feeder]++;
                continue;
            }
            int p = s.ParentId[i];
            Assert.True(p < i && s.FeederId[p] == feeder && s.Kind[p] != SegmentKind.Tie, "a parent comes first and is of the same feeder");
            Assert.Equal((s.ToLat[p], s.ToLon[p]), (s.FromLat[i], s.FromLon[i]));
            Assert.True((s.Phases[i] & ~s.Phases[p]) == 0, "a line has no phase that its parent lacks");
        }
        Assert.All(heads, h => Assert.InRange(h, 1, 1));
    }

    private static void Ties(GridModel model)
    {
        var s = model.Segments;
        var count = new int[model.Feeders.Length];
        for (var i = 0; i < s.Count; i++)
            if (s.Kind[i] == SegmentKind.Tie)
            {
                int a = s.FeederId[i], to = s.TieToId[i], b = s.FeederId[to];
                Assert.NotEqual(a, b);
                Assert.Equal(a, s.FeederId[s.ParentId[i]]);
                Assert.NotEqual(SegmentKind.Tie, s.Kind[to]);
                Assert.Equal(model.Feeders[a].NominalKv, model.Feeders[b].NominalKv);
                Assert.Equal((s.ToLat[to], s.ToLon[to]), (s.ToLat[i], s.ToLon[i]));
                Assert.Equal(Phases.ABC, s.Phases[to]);
                count[a]++;
                count[b]++;
            }
        Assert.All(count, c => Assert.InRange(c, 0, 3));
        int tieSwitches = model.Devices.Kind.Count(k => k == AssetKind.TieSwitch);
        Assert.Equal(s.Kind.Count(k => k == SegmentKind.Tie), tieSwitches);
        Assert.Equal(tieSwitches, model.Devices.NormallyOpen.Count(o => o));
    }

    private static void Customers(GridModel model)
    {
        var t = model.Transformers;
        for (var i = 0; i < t.Count; i++)
        {
            Assert.Equal(t.FeederId[i], model.Segments.FeederId[t.SegmentId[i]]);
            Assert.NotEqual(SegmentKind.Tie, model.Segments.Kind[t.SegmentId[i]]);
            Assert.True((t.Phases[i] & ~model.Segments.Phases[t.SegmentId[i]]) == 0 && t.Phases[i] != Phases.None);
        }
        var u = model.UsagePoints;
        var perFeeder = new int[model.Feeders.Length];
        for (var m = 0; m < u.Count; m++)
        {
            Assert.Equal(u.FeederId[m], t.FeederId[u.TransformerId[m]]);
            Assert.True(m == 0 || u.TransformerId[m] >= u.TransformerId[m - 1], "meters are ordered by transformer");
            Assert.True(u.MeanKw[m] > 0 && u.DropAtPeak[m] is >= 0 and < 0.06f);
            perFeeder[u.FeederId[m]]++;
        }
        Assert.Equal(perFeeder, model.Feeders.Select(f => f.Meters));
        if (u.Count >= t.Count * 1.2)
            Assert.True(u.TransformerId.Distinct().Count() > t.Count * 0.6);
    }

    private static void Ratings(GridModel model)
    {
        foreach (var f in model.Feeders)
        {
            Assert.True(f.PlannedMva <= 0.75 * f.RatedMva, $"{f.Name} is planned at {f.PlannedMva} of {f.RatedMva} MVA");
            Assert.Equal(f.SubstationId, model.Banks[f.BankId].SubstationId);
            Assert.Equal(f.NominalKv, model.Banks[f.BankId].SecondaryKv);
        }
        var bankLoad = new double[model.Banks.Length];
        foreach (var f in model.Feeders)
            bankLoad[f.BankId] += f.PlannedMva;
        foreach (var b in model.Banks)
            Assert.True(bankLoad[b.Id] <= b.RatedMva, $"{b.Name} carries {bankLoad[b.Id]} of {b.RatedMva} MVA");
        Assert.All(model.Banks.GroupBy(b => b.SubstationId), g => Assert.InRange(g.Count(), 2, 4));

        // Planned flow through each segment and each transformer, from the customers up.
        var s = model.Segments;
        var u = model.UsagePoints;
        var mva = new double[s.Count];
        var kw = new double[model.Transformers.Count];
        for (var m = 0; m < u.Count; m++)
        {
            double peak = u.MeanKw[m] * LoadShapes.PeakFactor(u.Class[m]);
            kw[u.TransformerId[m]] += peak;
            mva[model.Transformers.SegmentId[u.TransformerId[m]]] += peak * model.Network.MeterWeight / 1000 / 0.96;
        }
        for (var i = s.Count - 1; i >= 0; i--)
            if (s.Kind[i] != SegmentKind.Tie && s.ParentId[i] >= 0)
                mva[s.ParentId[i]] += mva[i];
        for (var i = 0; i < s.Count; i++)
        {
            double amps = mva[i] * 1000 / (Math.Sqrt(3) * model.Feeders[s.FeederId[i]].NominalKv) * (s.Phases[i] == Phases.ABC ? 1 : 3);
            Assert.True(amps <= s.RatedAmps[i], $"segment {i} plans {amps} of {s.RatedAmps[i]} A");
        }
        for (var i = 0; i < kw.Length; i++)
            Assert.True(kw[i] / 0.9 <= model.Transformers.RatedKva[i], $"transformer {i} plans {kw[i]} kW of {model.Transformers.RatedKva[i]} kVA");
    }

    private static void Names(GridModel model)
    {
        Unique(model.Substations.Select(s => s.Name));
        Unique(model.Substations.Select(s => s.Code));
        Unique(model.Feeders.Select(f => f.Name));
        Unique(model.UsagePoints.Serial);
        Unique(model.Substations.Select(s => s.Mrid).Concat(model.Banks.Select(b => b.Mrid)).Concat(model.Feeders.Select(f => f.Mrid)));
        Assert.All(model.UsagePoints.Address, a => Assert.False(string.IsNullOrWhiteSpace(a)));
    }

    private static void Unique<T>(IEnumerable<T> values)
    {
        var all = values.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}
