using FluxOps.Blazor.Find;
using FluxOps.Blazor.Live;
using FluxOps.Tests.Data;
using FsCheck.Xunit;

namespace FluxOps.Tests.Find;

public sealed class AssetSearchTests
{
    private const int Shown = 8;

    [Property(MaxTest = 400)]
    public bool Everything_is_found_by_its_own_name(int pick)
    {
        var (asset, name) = Searches.Pick(Searches.Small, pick);
        return IsShown(Searches.OfSmall, name, asset, 0);
    }

    [Property(MaxTest = 400)]
    public bool Whatever_the_case_and_the_signs(int pick, bool upper)
    {
        var (asset, name) = Searches.Pick(Searches.Small, pick);
        name = name.Replace("-", "", StringComparison.Ordinal).Replace(",", " ", StringComparison.Ordinal);
        return IsShown(Searches.OfSmall, upper ? name.ToUpperInvariant() : name.ToLowerInvariant(), asset, 0);
    }

    [Property(MaxTest = 600)]
    public bool One_typo_still_finds_it(int pick, int how)
    {
        var (asset, name) = Searches.Pick(Searches.Small, pick);
        return IsShown(Searches.OfSmall, Searches.Mistype(name, how), asset, 17);
    }

    [Property(MaxTest = 300)]
    public bool The_words_of_an_address_come_in_any_order(int pick, int seed)
    {
        var meters = Searches.Small.UsagePoints;
        var id = (int)((uint)pick % meters.Count);
        var words = meters.Address[id].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        new Random(seed).Shuffle(words);
        return IsShown(Searches.OfSmall, string.Join(' ', words), new(AssetLayer.Meter, id), 0);
    }

    [Property(MaxTest = 300)]
    public bool While_it_is_typed_nothing_nearer_is_left_out(int pick, byte cut)
    {
        var (asset, name) = Searches.Pick(Searches.Small, pick);
        var typed = name[..(2 + (cut % Math.Max(1, name.Length - 2)))];
        // A beginning fits many: those shown fit as well as it does.
        return !typed.Any(char.IsLetterOrDigit) || typed.Count(char.IsLetterOrDigit) < 2 || IsShown(Searches.OfSmall, typed, asset, 2);
    }

    /// <summary>What the index says is what comparing with every name says.</summary>
    [Property(MaxTest = 60)]
    public void The_index_finds_what_comparing_with_everything_finds(int pick, int how)
    {
        var grid = Searches.Small;
        var meter = (int)((uint)pick % grid.UsagePoints.Count);
        var asked = Searches.Mistype(grid.UsagePoints.Address[meter], how);
        var question = new Question(asked);
        var best = Enumerable.Range(0, grid.UsagePoints.Count).Select(i => Worst(question, grid.UsagePoints.Address[i])).Where(b => b >= 0).Order().Take(Shown);
        Assert.Equal(best, Searches.OfSmall.Find(asked, Shown, AssetLayer.Meter).Select(h => h.Badness));
    }

    [Theory]
    [InlineData("12 cedar", "12 Cedar Bend Dr, Hobby")]
    [InlineData("ceder bend 12", "12 Cedar Bend Dr, Hobby")]
    [InlineData("hobby dr cedar", "12 Cedar Bend Dr, Hobby")]
    [InlineData("magnola", "4 Magnolia Run, Katy")]
    [InlineData("mangolia rnu", "4 Magnolia Run, Katy")]
    [InlineData("mgnolai run", "4 Magnolia Run, Katy")]
    [InlineData("pena", "7 Peña Ct, Jensen")]
    [InlineData("pen\u0303a", "7 Peña Ct, Jensen")]
    [InlineData("７ pena", "7 Peña Ct, Jensen")]
    [InlineData("PEÑA CT", "7 Peña Ct, Jensen")]
    [InlineData("obrien", "9-B O'Brien St, Jensen")]
    [InlineData("9b o'brien", "9-B O'Brien St, Jensen")]
    [InlineData("9 b obrien", "9-B O'Brien St, Jensen")]
    public void Addresses(string asked, string address)
    {
        string[] addresses = ["12 Cedar Bend Dr, Hobby", "4 Magnolia Run, Katy", "7 Peña Ct, Jensen", "9-B O'Brien St, Jensen"];
        var search = With(addresses.Select((a, i) => ($"MTR-{i:D7}", a)));
        Assert.Equal(address, addresses[search.Find(asked, Shown).First(h => h.Asset.Layer == AssetLayer.Meter).Asset.Id]);
    }

    [Theory]
    [InlineData("TX-000012", AssetLayer.Transformer, 12)]
    [InlineData("tx 12", AssetLayer.Transformer, 12)]
    [InlineData("tx12", AssetLayer.Transformer, 12)]
    [InlineData("xt-000012", AssetLayer.Transformer, 12)]
    [InlineData("tx-00012", AssetLayer.Transformer, 12)]
    [InlineData("LN-000005", AssetLayer.Segment, 5)]
    [InlineData("rc-000002", AssetLayer.Device, 2)]
    [InlineData("FU 3", AssetLayer.Device, 3)]
    [InlineData("mtr-0000042", AssetLayer.Meter, 42)]
    [InlineData("0000042", AssetLayer.Meter, 42)]
    [InlineData("mrt-0000042", AssetLayer.Meter, 42)]
    [InlineData("sub 1", AssetLayer.Substation, 1)]
    [InlineData("sbu-0001", AssetLayer.Substation, 1)]
    [InlineData("0001", AssetLayer.Substation, 1)]
    [InlineData("st-1202", AssetLayer.Feeder, 2)]
    [InlineData("ST 1202", AssetLayer.Feeder, 2)]
    [InlineData("1202", AssetLayer.Feeder, 2)]
    public void Numbers(string asked, AssetLayer layer, int id) => Assert.Equal(new(layer, id), Searches.Of(TestGrid.Make()).Find(asked, Shown)[0].Asset);

    [Fact]
    public void Substations_come_before_feeders_before_meters_and_the_shorter_first()
    {
        var hits = Searches.Of(TestGrid.Make()).Find("station 1", Shown);
        Assert.Equal([AssetLayer.Substation, AssetLayer.Feeder, AssetLayer.Feeder], hits.Take(3).Select(h => h.Asset.Layer));
        Assert.Equal(1, hits[0].Asset.Id);
        string[] addresses = ["1204 Cedar Bend Dr, Hobby North", "1204 Cedar Bend Dr, Hobby"];
        Assert.Equal([1, 0], With(addresses.Select((a, i) => ($"MTR-{i:D7}", a))).Find("cedar", Shown).Select(h => h.Asset.Id));
    }

    [Fact]
    public void Exact_comes_before_beginning_before_typo()
    {
        string[] addresses = ["1 Cedarwood Rd", "2 Cedar Rd", "3 Cedra Rd"];
        Assert.Equal([1, 0, 2], With(addresses.Select((a, i) => ($"MTR-{i:D7}", a))).Find("cedar", Shown).Select(h => h.Asset.Id));
    }

    [Fact]
    public void Serials_of_any_shape_are_found()
    {
        string[] serials = ["1ND83K-77A", "AMI/00-4711", "", "998877665544", "Zähler 12", "MTR-0000001", "mtr-0000001"];
        var search = With(serials.Select((s, i) => (s, $"{i} Elm")));
        foreach (var (serial, i) in serials.Select((s, i) => (s, i)).Where(s => s.s.Length > 0))
            Assert.Contains(new AssetRef(AssetLayer.Meter, i), search.Find(serial, Shown).Where(h => h.Badness == 0 || serial.Length == 12).Select(h => h.Asset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-,./#&'")]
    [InlineData("\ud800\udc00\ud800")]
    [InlineData("'; drop table usage_points --")]
    [InlineData("％＿\\")]
    [InlineData("xqxqxqxq zzzz")]
    public void Odd_input_finds_nothing_and_harms_nothing(string asked) => Assert.Empty(Searches.OfSmall.Find(asked, Shown));

    [Property(MaxTest = 300)]
    public bool No_input_is_too_odd(string? asked) => Searches.OfSmall.Find(asked, Shown).Count <= Shown && Searches.OfSmall.Find(asked + asked, 0).Count == 0;

    [Fact]
    public void Very_long_input_is_cut()
    {
        Assert.Empty(Searches.OfSmall.Find(new string('q', 100_000), Shown));
        Assert.NotEmpty(Searches.OfSmall.Find(Searches.Small.Substations[0].Name + " " + new string(' ', 100_000) + "x", Shown));
        Assert.Empty(Searches.OfSmall.Find(string.Concat(Enumerable.Repeat("st dr ", 10_000)) + "qqqq", Shown, AssetLayer.Transformer));
    }

    [Fact]
    public void Before_the_meters_are_read_stations_feeders_and_numbers_are_there()
    {
        var search = Searches.Builder(TestGrid.Make()).WithoutMeters();
        Assert.False(search.Complete);
        foreach (var asked in new[] { "Station 1", "ST-1203", "TX-000003", "LN-000003", "RC-000002" }) Assert.NotEmpty(search.Find(asked, Shown));
        Assert.Empty(search.Find("cedar", Shown));
    }

    [Fact]
    public void No_more_than_asked_for_and_of_one_kind_where_one_is_wanted()
    {
        Assert.Equal(3, Searches.OfSmall.Find("st", 3).Count);
        var meters = Searches.OfSmall.Find("st", 200, AssetLayer.Meter);
        Assert.All(meters, h => Assert.Equal(AssetLayer.Meter, h.Asset.Layer));
        Assert.Equal(meters.Count, meters.Select(h => h.Asset).Distinct().Count());
    }

    /// <summary>Among the first, or the first all fit as well as it does: numbers stand so close that a wrong digit is another's number.</summary>
    private static bool IsShown(AssetSearch search, string asked, AssetRef asset, int badness)
    {
        var hits = search.Find(asked, Shown);
        return hits.Any(h => h.Asset == asset) || (hits.Count == Shown && hits.All(h => h.Badness <= badness));
    }

    private static int Worst(Question asked, string text)
    {
        HashSet<string> words = [];
        SearchText.AddWords(text, words);
        return asked.Readings.Min(reading =>
        {
            var sum = 0;
            foreach (var word in reading)
            {
                var best = words.Min(w => Typos.Match(word, w));
                if (best == WordMatch.None) return int.MaxValue;
                sum += TextIndex.Badness(best);
            }

            return sum;
        }) is var least and < int.MaxValue ? least : -1;
    }

    private static AssetSearch With(IEnumerable<(string Serial, string Address)> meters)
    {
        var builder = Searches.Builder(TestGrid.Make());
        foreach (var (i, (serial, address)) in meters.Index()) builder.AddMeter(i, serial, address);
        return builder.Finish();
    }
}
