using FluxOps.Blazor.Configuration;
using FluxOps.Generator.Network;
using Microsoft.Extensions.Configuration;

namespace FluxOps.Tests.Generator;

/// <summary>What the check at the start says of the generator's settings.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("FluxOps:Simulation:TimeZone", "America/Chicag", "'America/Chicag' is not a time zone known here; allowed: an IANA name such as America/Chicago")]
    [InlineData("FluxOps:Grid:Meters", "100", "\"100\" is out of range for the preset demo; allowed: 1500 to 1000000")]
    [InlineData("FluxOps:Grid:Meters", "0", "\"0\" is out of range; allowed: 1 to 1000000")]
    [InlineData("FluxOps:Serving:HotDays", "1", "\"1\" is out of range; allowed: 2 to 60")]
    public void A_setting_that_cannot_work_is_named_before_the_start(string key, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var fault = Assert.Single(ConfigurationCheck.Faults(configuration, Sections.All));
        Assert.Equal((key, expected), (fault.Key, fault.Text));
    }

    [Theory]
    [InlineData("tiny", 30), InlineData("demo", 1_500), InlineData("city", 1_500)]
    public void The_least_number_of_meters_makes_a_plan(string preset, int meters)
    {
        new GridOptions { Preset = preset, Meters = meters }.ToPlan().Validate();
        Assert.Empty(new GridOptions { Preset = preset, Meters = meters }.Validate(new(new object())));
        Assert.NotEmpty(new GridOptions { Preset = preset, Meters = meters - 1 }.Validate(new(new object())));
    }
}
