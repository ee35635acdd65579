using FluxOps.Blazor.Live;

namespace FluxOps.Tests.Live;

public sealed class StatusLimitsTests
{
    [Theory]
    [InlineData(0, AssetStatus.Normal)]
    [InlineData(59.9, AssetStatus.Normal)]
    [InlineData(60, AssetStatus.Loaded)]
    [InlineData(80, AssetStatus.Heavy)]
    [InlineData(100, AssetStatus.Heavy)]
    [InlineData(100.1, AssetStatus.OverLimit)]
    public void A_rising_load_is_classed_at_the_limit(float percent, AssetStatus expected) =>
        Assert.Equal(expected, StatusLimits.OfLoad(percent, AssetStatus.Normal));

    [Theory]
    [InlineData(AssetStatus.OverLimit, 99, AssetStatus.OverLimit)]
    [InlineData(AssetStatus.OverLimit, 98, AssetStatus.Heavy)]
    [InlineData(AssetStatus.OverLimit, 50, AssetStatus.Normal)]
    [InlineData(AssetStatus.Heavy, 79, AssetStatus.Heavy)]
    [InlineData(AssetStatus.Heavy, 77.9, AssetStatus.Loaded)]
    [InlineData(AssetStatus.Loaded, 58.5, AssetStatus.Loaded)]
    [InlineData(AssetStatus.Loaded, 57.9, AssetStatus.Normal)]
    public void A_falling_load_keeps_its_class_for_two_points(AssetStatus before, float percent, AssetStatus expected) =>
        Assert.Equal(expected, StatusLimits.OfLoad(percent, before));

    [Fact]
    public void No_value_changes_no_class() => Assert.Equal(AssetStatus.OverLimit, StatusLimits.OfLoad(float.NaN, AssetStatus.OverLimit));

    [Theory]
    [InlineData(3_000, 2, Freshness.Live)]
    [InlineData(3_001, 2, Freshness.Late)]
    [InlineData(10_000, 2, Freshness.Late)]
    [InlineData(10_001, 2, Freshness.Stale)]
    [InlineData(1_350_000, 900, Freshness.Live)]
    [InlineData(2_700_000, 900, Freshness.Late)]
    [InlineData(2_700_001, 900, Freshness.Stale)]
    [InlineData(-5_000, 2, Freshness.Live)]
    public void Freshness_is_measured_in_periods_of_the_source(long ageMilliseconds, double period, Freshness expected) =>
        Assert.Equal(expected, StatusLimits.OfAge(1_000_000_000_000, 1_000_000_000_000 + ageMilliseconds, period));
}
