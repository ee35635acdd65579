using System.Text.RegularExpressions;
using Bunit;
using FluxOps.Blazor.Assets;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Grid;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Tests.Data;
using FluxOps.Tests.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Components;

/// <summary>2 stations, 4 feeders of 4 transformers and 20 meters each; feeder 1 is over its limit, 3 is out.</summary>
public class AssetsPageTests : ComponentTest
{
    private static readonly GridModel Grid = TestGrid.Make();
    private readonly Stage _stage = new(Grid);

    public AssetsPageTests() : base(AddServices)
    {
    }

    private static void AddServices(IServiceCollection services, LiveGrid live)
    {
        var topologies = new GridTopologies((_, _) => throw new InvalidOperationException("everything is there"), (serial, _) =>
        {
            for (var id = 0; id < Grid.UsagePoints.Count; id++) serial(id, Grid.UsagePoints.Serial[id]);
            return Task.FromResult(Grid.Network.ContentHash);
        });
        services.AddSingleton(topologies);
        services.AddSingleton<AssetQuery>(new CountingQuery(live, topologies));
        services.AddSingleton(new ReadingQueries(ServingStore.For("Host=nowhere")));
    }

    [Fact]
    public void It_says_what_it_waits_for() => Assert.Contains("Waiting for the grid", Render<AssetsPage>().Markup, StringComparison.Ordinal);

    [Fact]
    public void Feeders_come_first_the_worst_on_top()
    {
        var page = Show("/assets");
        Assert.Equal(["ST-1203", "ST-1201"], Names(page).Take(2));
        Assert.Equal("4 of 4 feeders", Text(page.Find("[data-totals]")));
        Assert.Equal("?substation=SUB-0001&feeder=ST-1203", page.Find("tbody tr a").GetAttribute("href"));
        Assert.Contains("de-energised", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_shows_exactly_the_rows_whose_code_says_so()
    {
        foreach (var mode in MapPalette.Modes)
        foreach (var row in ClassRow.Of(mode))
        {
            var page = Show(new AssetsView { Mode = mode, Classes = [.. row.Keys] }.Href());
            var expected = Grid.Feeders.Where(f => row.Classes.Any(c => c.Id == mode.ClassOf(Live.Current!.Feeders.Code[f.Id], f.NominalKv))).Select(f => f.Name).Order();
            Assert.Equal(expected, Names(page).Order());
            Assert.Equal(expected.Count().ToString(), page.Find($"[data-class='{row.Look.Key}'] b").TextContent);
        }
    }

    [Fact]
    public void The_choice_of_a_class_goes_into_the_address()
    {
        var page = Show("/assets?page=7&sort=name");
        Press(page, () => page.Find("button[data-class='over']"));
        page.WaitForAssertion(() => Assert.EndsWith("/assets?layer=feeder&state=over&sort=name", Navigation.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("button[data-class='over']").GetAttribute("aria-pressed")));
        page.WaitForAssertion(() => Assert.Equal(["ST-1201"], Names(page)));
        Assert.Equal("api/topology/assets.csv?layer=feeder&state=over", page.Find("a[download]").GetAttribute("href"));
        Press(page, () => page.Find("button[data-class='over']"));
        page.WaitForAssertion(() => Assert.Equal(4, Names(page).Length));
    }

    [Fact]
    public void A_header_sorts_and_says_so()
    {
        var page = Show("/assets?layer=transformer&sort=name");
        Assert.Equal("ascending", page.FindAll("th").First(h => h.TextContent.Trim() == "Transformer").GetAttribute("aria-sort"));
        Press(page, () => page.FindAll("th button").First(b => b.TextContent == "Transformer"));
        page.WaitForAssertion(() => Assert.Equal("TX-000015", Names(page)[0]));
        page.WaitForAssertion(() => Assert.Equal("descending", page.FindAll("th").First(h => h.TextContent.Trim() == "Transformer").GetAttribute("aria-sort")));
    }

    [Fact]
    public void A_layer_that_is_none_is_named()
    {
        Assert.Contains("There are no assets called poles", Show("/assets?layer=poles").Markup, StringComparison.Ordinal);
        Assert.Equal(16, Names(Show("/assets?layer=transformers")).Length);
    }

    [Fact]
    public void Station_feeder_and_text_narrow_it()
    {
        Assert.Equal(8, Names(Show("/assets?layer=transformer&substation=SUB-0001")).Length);
        Assert.Equal(4, Names(Show("/assets?layer=transformer&feeder=ST-1202")).Length);
        Assert.Equal(["TX-000010", "TX-000011"], Names(Show("/assets?layer=transformer&feeder=ST-1202&text=tx-00001&sort=name")));
    }

    [Fact]
    public void An_area_has_totals_and_a_broken_one_is_named()
    {
        var page = Show("/assets?layer=transformer&area=-95.6,29.4;-95.4,29.4;-95.4,29.6;-95.6,29.6&sort=name");
        Assert.Contains("transformers", page.Find("[data-area]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("?area=", page.FindAll("a.button").First(a => a.TextContent == "Show on map").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Show("/assets?area=here").Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("no substation SUB-9999", Show("/assets?substation=SUB-9999").Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_listed_and_lead_to_the_map()
    {
        var page = Show("/assets?layer=segment&feeder=ST-1203&sort=name");
        Assert.Equal(["LN-000009", "LN-000010", "LN-000011"], Names(page));
        Assert.Equal("?asset=LN-000009", page.Find("tbody tr a").GetAttribute("href"));
        Assert.Equal(["Line", "State", "Kind", "Feeder", "Substation", "kV", "% of rating", "Age"], page.FindAll("th[scope=col]").Select(h => h.TextContent.Trim()));
        Assert.Equal(["LN-000009", "de-energised", "Lateral", "ST-1203"], page.FindAll("tbody tr:first-child > *").Take(4).Select(c => Text(c).TrimStart('■', ' ')));
        Assert.Contains("3 of 12 lines", Text(page.Find("[data-totals]")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_is_an_area_of_four_corners_on_the_map()
    {
        var page = Show("/assets?layer=transformer&bbox=-95.6,29.4,-95.4,29.6");
        Assert.Equal("?area=" + Uri.EscapeDataString("-95.6,29.4;-95.4,29.4;-95.4,29.6;-95.6,29.6"), page.FindAll("a.button").First(a => a.TextContent == "Show on map").GetAttribute("href"));
    }

    [Fact]
    public void Nothing_found_offers_everything()
    {
        var page = Show("/assets?layer=transformer&text=zz");
        Assert.Contains("Nothing fits", page.Markup, StringComparison.Ordinal);
        Assert.Equal("assets?layer=transformer", page.Find(".state a").GetAttribute("href"));
    }

    [Fact]
    public void Rows_stand_still_under_the_pointer_and_say_what_is_new()
    {
        var page = Show("/assets?state=out");
        Assert.Equal(["ST-1203"], Names(page));
        page.Find(".scroll").TriggerEvent("onmouseenter", new Microsoft.AspNetCore.Components.Web.MouseEventArgs());
        Time.Advance(TimeSpan.FromMinutes(1));
        _stage.Take(_stage.Sweep(full: true, amps: [300, 650, 200, 300], open: [0, 3]));
        page.InvokeAsync(() => Live.Publish(_stage.Now));
        page.WaitForAssertion(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("1 new", page.Find(".pill").TextContent);
        });
        Assert.Equal(["ST-1203"], Names(page));
        Press(page, () => page.Find(".pill"));
        page.WaitForAssertion(() => Assert.Equal(["ST-1200", "ST-1203"], Names(page).Order()));
        Assert.Empty(page.FindAll(".pill"));
    }

    [Fact]
    public void A_page_that_opens_is_listed_once_with_a_class_too()
    {
        var page = Show("/assets?state=over");
        Assert.Equal(["ST-1201"], Names(page));
        Assert.Equal("1", page.Find("[data-class='out'] b").TextContent);
        Assert.Single(Query.Asked);
    }

    [Fact]
    public async Task A_list_that_is_no_longer_wanted_is_cancelled_and_not_shown()
    {
        var page = Show("/assets?layer=transformer&sort=name");
        Query.Hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.InvokeAsync(() => Navigation.NavigateTo("/assets?layer=transformer&text=zz"));
        await Query.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(30), Xunit.TestContext.Current.CancellationToken);
        Assert.Equal(2, Query.Asked.Count);
        var held = Query.Hold;
        Query.Hold = null;
        await page.InvokeAsync(() => Navigation.NavigateTo("/assets?layer=substation"));
        page.WaitForAssertion(() => Assert.Equal(["SUB-0000", "SUB-0001"], page.FindAll("tbody tr th .id").Select(i => i.TextContent).Order()));
        Assert.True(Query.Asked.ElementAt(1).IsCancellationRequested);
        held.SetResult();
        page.WaitForAssertion(() => Assert.Equal(2, Names(page).Length));
        Assert.DoesNotContain("Nothing fits", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_colour_of_the_palette_has_a_rule()
    {
        var css = File.ReadAllText(Path.Combine(Shared.Solution.Root, "wwwroot", "css", "assets.css"));
        Assert.All(MapPalette.Modes.SelectMany(m => m.Classes), c => Assert.Contains($"[data-color=\"{c.Color}\"]", css, StringComparison.Ordinal));
    }

    private CountingQuery Query => (CountingQuery)Services.GetRequiredService<AssetQuery>();

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<AssetsPage> Show(string path)
    {
        if (Live.Current is null)
        {
            _stage.Take(_stage.Sweep(full: true, amps: [300, 650, 200, 300], open: [3]));
            Live.Publish(_stage.Now);
        }

        Navigation.NavigateTo(path);
        var page = Render<AssetsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-totals]")));
        return page;
    }

    /// <summary>On the renderer's own thread: a render between finding and pressing would leave a button that is no longer there.</summary>
    private static void Press(IRenderedComponent<AssetsPage> page, Func<AngleSharp.Dom.IElement> button) => page.InvokeAsync(() => button().Click());

    private static string[] Names(IRenderedComponent<AssetsPage> page) => [.. page.FindAll("tbody tr th a").Select(a => a.TextContent)];

    private static string Text(AngleSharp.Dom.IElement element) => Regex.Replace(element.TextContent, @"\s+", " ").Trim();

    private sealed class CountingQuery(LiveGrid live, GridTopologies topologies) : AssetQuery(live, topologies)
    {
        /// <summary>Token of each list that was asked for.</summary>
        public System.Collections.Concurrent.ConcurrentQueue<CancellationToken> Asked { get; } = [];
        /// <summary>What lists wait for; null: nothing.</summary>
        public TaskCompletionSource? Hold { get; set; }
        /// <summary>A list waits for <see cref="Hold"/>: nothing is rendered then that a test could wait for.</summary>
        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<AssetList> ListAsync(AssetFilter filter, AssetSort sort = AssetSort.Name, bool descending = false, CancellationToken ct = default)
        {
            Asked.Enqueue(ct);
            if (Hold is { } hold)
            {
                Waiting.TrySetResult();
                await hold.Task;
            }

            return await base.ListAsync(filter, sort, descending, ct);
        }
    }
}
