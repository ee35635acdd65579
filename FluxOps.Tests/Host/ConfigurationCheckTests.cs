using System.ComponentModel.DataAnnotations;
using FluxOps.Blazor.Configuration;
using Microsoft.Extensions.Configuration;

namespace FluxOps.Tests.Host;

public sealed class ConfigurationCheckTests
{
    private enum Preset { Tiny, Demo }

    private sealed class Sample
    {
        [Range(1, 60)] public int Seconds { get; set; } = 2;
        public bool Enabled { get; set; } = true;
        public Preset Preset { get; set; }
        [Required] public string? Name { get; set; } = "x";
        [Secret, MinLength(8)] public string? Key { get; set; }
        public double? Share { get; set; }
        public Dictionary<string, string> Extra { get; } = [];
    }

    private static readonly (string, Type)[] Sections = [("FluxOps:Sample", typeof(Sample))];

    private static IConfiguration Of(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();

    [Fact]
    public void NothingConfiguredIsGood() => Assert.Empty(ConfigurationCheck.Faults(Of(), Sections));

    [Fact]
    public void EachBadKeyIsNamedWithItsValueAndWhatIsAllowed()
    {
        var faults = ConfigurationCheck.Faults(Of(
            ("FluxOps:Sample:Seconds", "61"), ("FluxOps:Sample:Enabled", "sometimes"), ("FluxOps:Sample:Preset", "huge"),
            ("FluxOps:Sample:Name", ""), ("FluxOps:Sample:Share", "half")), Sections).Select(f => f.ToString()).ToList();

        Assert.Equal(
        [
            "FluxOps:Sample:Seconds: \"61\" is out of range; allowed: 1 to 60",
            "FluxOps:Sample:Enabled: \"sometimes\" is not true or false; allowed: true, false",
            "FluxOps:Sample:Preset: \"huge\" is not known; allowed: Tiny, Demo",
            "FluxOps:Sample:Name: empty",
            "FluxOps:Sample:Share: \"half\" is not a number",
        ], faults);
    }

    [Fact]
    public void ASecretIsNeverShown()
    {
        var fault = Assert.Single(ConfigurationCheck.Faults(Of(("FluxOps:Sample:Key", "hunter2")), Sections));

        Assert.Equal("FluxOps:Sample:Key", fault.Key);
        Assert.DoesNotContain("hunter2", fault.ToString());
    }

    [Fact]
    public void ASlipOfThePenIsReported()
    {
        var unknown = ConfigurationCheck.UnknownKeys(Of(
            ("FluxOps:Sample:Secnds", "3"), ("FluxOps:Sampel:Seconds", "3"), ("FluxOps:Sample:Extra:anything", "1"), ("Other:Key", "1")), Sections);

        Assert.Equal(["FluxOps:Sampel", "FluxOps:Sample:Secnds"], unknown.Order());
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://*:80;https://+:443", true)]
    [InlineData("localhost:5080", false)]
    [InlineData("ftp://localhost", false)]
    [InlineData("http://localhost:99999", false)]
    public void AddressesAreChecked(string urls, bool good)
    {
        var faults = ConfigurationCheck.Faults(Of(("FluxOps:Site:Urls", urls)), [(SiteOptions.Section, typeof(SiteOptions))]);
        Assert.Equal(good, faults.Count == 0);
    }

    [Fact]
    public void TheDocumentedDefaultsAreTheDefaults()
    {
        var documented = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();

        Assert.Empty(ConfigurationCheck.Faults(documented, FluxOps.Blazor.Configuration.Sections.All));
        Assert.Empty(ConfigurationCheck.UnknownKeys(documented, FluxOps.Blazor.Configuration.Sections.All));
        foreach (var (name, type) in FluxOps.Blazor.Configuration.Sections.All)
        {
            var fresh = Activator.CreateInstance(type)!;
            var bound = documented.GetSection(name).Get(type) ?? fresh;
            foreach (var property in type.GetProperties().Where(p => p.CanWrite))
                Assert.Equal((name, property.Name, property.GetValue(fresh)), (name, property.Name, property.GetValue(bound)));
        }
    }
}
