using FluxOps.Data.Grid;
using FluxOps.Generator.Network;
using FsCheck.Xunit;

namespace FluxOps.Tests.Generator;

/// <summary>What must hold of any network, whatever the seed and size.</summary>
public sealed class NetworkPropertyTests
{
    [Property(MaxTest = 40)]
    public void Any_small_network_is_sound(int seed, byte size)
    {
        int stations = 1 + size % 24;
        var plan = NetworkPlan.Tiny with
        {
            Seed = seed, Substations = stations, Feeders = stations * 5 + size % stations, Segments = stations * 130, Transformers = stations * 140, Meters = stations * (60 + size),
        };
        NetworkRules.Check(NetworkSynthesiser.Build(plan), plan);
    }

    [Fact]
    public void The_demo_network_is_sound() => NetworkRules.Check(DemoNetwork.Model, NetworkPlan.Demo);

    [Property(MaxTest = 5)]
    public bool The_same_plan_gives_the_same_network(int seed)
    {
        var plan = NetworkPlan.Tiny with { Seed = seed };
        GridModel first = NetworkSynthesiser.Build(plan), second = NetworkSynthesiser.Build(plan);
        return first.Network.ContentHash == second.Network.ContentHash && first.UsagePoints.Address.SequenceEqual(second.UsagePoints.Address);
    }

    [Fact]
    public void Another_seed_gives_another_network() =>
        Assert.NotEqual(NetworkSynthesiser.Build(NetworkPlan.Tiny).Network.ContentHash, NetworkSynthesiser.Build(NetworkPlan.Tiny with { Seed = 7 }).Network.ContentHash);

    [Fact]
    public void A_plan_says_all_that_is_wrong_with_it_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => NetworkSynthesiser.Build(NetworkPlan.Tiny with { Feeders = 3, Meters = 2_000_000 }));
        Assert.Contains("4 to 8 feeders a substation", fault.Message, StringComparison.Ordinal);
        Assert.Contains("meters, not 2000000", fault.Message, StringComparison.Ordinal);
    }
}

/// <summary>The demo network, built once for all tests that look at it.</summary>
internal static class DemoNetwork
{
    private static readonly Lazy<GridModel> Built = new(() => NetworkSynthesiser.Build(NetworkPlan.Demo));

    public static GridModel Model => Built.Value;
}
