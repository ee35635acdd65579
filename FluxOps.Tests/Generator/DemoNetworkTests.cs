using FluxOps.Data.Grid;
using FluxOps.Generator.Network;

namespace FluxOps.Tests.Generator;

/// <summary>The demo network against the published figures of the real area (grid-domain 2.2 to 2.4).</summary>
public sealed class DemoNetworkTests
{
    private static GridModel Model => DemoNetwork.Model;

    [Fact]
    public void Has_the_counts_of_the_real_area()
    {
        Assert.Equal((275, 1_500, 91_000, 100_000), (Model.Substations.Length, Model.Feeders.Length, Model.Transformers.Count, Model.UsagePoints.Count));
        Assert.InRange(Model.Segments.Count, 65_340, 66_660);
        Assert.Equal(28.34, Model.Network.MeterWeight, 2);
    }

    [Fact]
    public void Stations_stand_as_densely_as_the_real_ones()
    {
        var nearest = NetworkSummary.NearestNeighboursKm(Model);
        Assert.True(nearest.Min() >= 0.9, $"two stations are {nearest.Min()} km apart");
        Assert.InRange(NetworkSummary.Quantile(nearest, 0.5), 3.2, 3.5);
        Assert.All(Model.Substations, s => Assert.True(s.Latitude is >= 28.9 and <= 30.6 && s.Longitude is >= -96.8 and <= -94.35));
    }

    [Fact]
    public void Voltages_are_mixed_as_published()
    {
        var sets = Model.Banks.GroupBy(b => b.SubstationId).Select(g => g.Select(b => b.SecondaryKv).Distinct().Count() > 1 ? 0f : g.First().SecondaryKv).ToList();
        Assert.InRange(sets.Count(v => v == 12.47f) / 275.0, 0.65, 0.75);
        Assert.InRange(sets.Count(v => v == 34.5f) / 275.0, 0.20, 0.30);
        Assert.InRange(sets.Count(v => v == 0) / 275.0, 0.03, 0.07);
    }

    [Fact]
    public void Most_feeders_can_be_picked_up_from_another_station()
    {
        var s = Model.Segments;
        HashSet<int> any = [], outside = [];
        for (var i = 0; i < s.Count; i++)
            if (s.TieToId[i] is >= 0 and var to)
            {
                int a = s.FeederId[i], b = s.FeederId[to];
                any.Add(a);
                any.Add(b);
                if (Model.Feeders[a].SubstationId != Model.Feeders[b].SubstationId)
                {
                    outside.Add(a);
                    outside.Add(b);
                }
            }
        Assert.True(any.Count > 1_450, $"{any.Count} feeders have a tie");
        Assert.True(outside.Count > 900, $"{outside.Count} feeders have a tie to another station");
    }

    [Fact]
    public void Customers_are_mixed_as_suggested()
    {
        double Share(params CustomerClass[] of) => Model.UsagePoints.Class.Count(c => of.Contains(c)) / 100_000.0;
        Assert.InRange(Share(CustomerClass.ResidentialLowWinter, CustomerClass.ResidentialHighWinter), 0.84, 0.91);
        Assert.InRange(Share(CustomerClass.SmallCommercial), 0.09, 0.14);
        Assert.InRange(Share(CustomerClass.Industrial), 0.004, 0.012);
        Assert.InRange(Model.UsagePoints.HasPv.Count(pv => pv) / 100_000.0, 0.015, 0.03);
    }
}
