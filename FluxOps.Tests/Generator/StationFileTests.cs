using FluxOps.Generator.Input;
using FluxOps.Generator.Network;

namespace FluxOps.Tests.Generator;

public sealed class StationFileTests
{
    [Theory]
    [InlineData("v_id,lon,lat,typ,voltage,name\n1,-95.49,29.1,substation,138000;12000,Retrieve Substation\n", "Retrieve", 12.47f)]
    [InlineData("Latitude,Longitude,Name,Voltage_kV\n29.1,-95.49,Retrieve,34.5\n", "Retrieve", 34.5f)]
    [InlineData("name,lng,lat\n\"Old, Retrieve\",-95.49,29.1\n", "Old, Retrieve", null)]
    public void Columns_are_found_by_name(string text, string name, float? kv)
    {
        var site = Assert.Single(StationFile.Read(new StringReader(text), "s.csv"));
        Assert.Equal((29.1, -95.49, name), (site.Latitude, site.Longitude, site.Name));
        Assert.Equal(kv, site.SecondaryKv?[0]);
    }

    [Theory]
    [InlineData("", "s.csv: the file is empty; expected a header line with latitude and longitude columns.")]
    [InlineData("name,lon\nA,1\n", "s.csv: line 1: expected a latitude column (latitude or lat); the header has: name, lon.")]
    [InlineData("lat,lon,name\n29.7,-95.3,A\n29.x,-95.4,B\n", "s.csv: line 3, column 1 (lat): expected degrees between −90 and 90, found “29.x”.")]
    [InlineData("name,lat,lon\nHobby,29.7\n", "s.csv: line 2, column 11 (lon): expected degrees between −180 and 180, found “”.")]
    public void A_bad_file_gives_one_message_that_says_where(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InputFileException>(() => StationFile.Read(new StringReader(text), "s.csv")).Message);

    [Fact]
    public void Sites_elsewhere_and_sites_too_near_are_left_out() =>
        Assert.Single(StationFile.Read(new StringReader("lat,lon\n29.7,-95.3\n29.7001,-95.3\n32.7,-96.8\n"), "s.csv"));

    [Theory]
    [InlineData("osm_houston_substations_2017.csv", 150)]
    [InlineData("tamu_texas_substations.csv", 100)]
    public void Real_station_files_become_networks(string file, int least)
    {
        var path = SharedData.Find("network", file);
        Assert.SkipWhen(path is null, $"The real station file {file} is not beside the repository (set FLUXOPS_SHARED_DATA to its folder).");
        using var text = File.OpenText(path!);
        var sites = StationFile.Read(text, file);
        Assert.True(sites.Count >= least, $"{sites.Count} sites");
        var plan = (NetworkPlan.Demo with { Meters = 30_000 }).WithSites(sites, file);
        NetworkRules.Check(NetworkSynthesiser.Build(plan), plan);
    }
}
