using System.Globalization;
using FluxOps.Blazor.Find;
using FluxOps.Blazor.Live;

namespace FluxOps.Tests.Find;

/// <summary>Every one of 600,000 addresses is in one city, as real ones are; house numbers and streets tell them apart.</summary>
public sealed class TextIndexTests
{
    private const int Addresses = 600_000, Numbers = 5_000, Streets = 400;
    private static readonly TextIndex Index = Make();

    private static TextIndex Make()
    {
        var builder = new TextIndex.Builder();
        Span<char> word = stackalloc char[12];
        for (var i = 0; i < Addresses; i++)
        {
            // Numbers of one width, from 10000: fewer of them are one typo from another.
            (10_000 + (i % Numbers)).TryFormat(word, out var length, provider: CultureInfo.InvariantCulture);
            builder.Word(word[..length]);
            "street".CopyTo(word);
            for (int at = 6, rest = i / Numbers % Streets; at < 12; at++, rest /= 3) word[at] = "xyz"[rest % 3];
            builder.Word(word);
            builder.Word("houston");
            builder.EndText();
        }

        return builder.Finish();
    }

    [Fact]
    public void A_word_of_every_address_is_not_walked_to_its_end()
    {
        Assert.Equal(Addresses, Index.Texts);
        var best = new BestHits(200);
        var offered = 0;
        var visited = Index.Find(["houston"], 0, Addresses, (text, badness, length) =>
        {
            offered++;
            best.Offer(new(AssetLayer.Meter, text), badness, length);
        });
        Assert.Equal((TextIndex.MostVisited, TextIndex.MostVisited, 200), (visited, offered, best.ToList().Count));
    }

    [Fact]
    public void A_rarer_word_leads_wherever_it_stands()
    {
        foreach (var asked in (string[][])[["houston", "14321"], ["14321", "houston"]])
        {
            List<int> exact = [];
            var visited = Index.Find(asked, 0, Addresses, (text, badness, _) =>
            {
                if (badness == 0) exact.Add(text);
            });
            Assert.Equal(Enumerable.Range(0, Addresses / Numbers).Select(i => 4_321 + (i * Numbers)), exact);
            // That number's texts and those of the numbers one typo away, which are some sixty.
            Assert.InRange(visited, Addresses / Numbers, 80 * (Addresses / Numbers));
        }
    }

    [Fact]
    public void The_best_are_kept_each_once_whatever_their_order()
    {
        var random = new Random(7);
        var offers = Enumerable.Range(0, 5_000).Select(_ => (Id: random.Next(800), Badness: random.Next(40), Length: random.Next(3))).ToArray();
        var best = new BestHits(200);
        foreach (var o in offers) best.Offer(new(AssetLayer.Meter, o.Id), o.Badness, o.Length);
        var expected = offers.GroupBy(o => o.Id).Select(g => g.MinBy(o => (o.Badness, o.Length))).OrderBy(o => (o.Badness, o.Length, o.Id)).Take(200);
        Assert.Equal(expected.Select(o => new AssetHit(new(AssetLayer.Meter, o.Id), o.Badness)), best.ToList());
    }
}
