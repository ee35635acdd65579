using System.Net;
using System.Net.Http.Json;
using FluxOps.Blazor.Start;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Host;

public sealed class SiteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnswerCarriesOnePolicy()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = await app.SignedInAsync();

        foreach (var path in (string[])["/", "/signin", "/account", "/lib/app.css", "/api/nothing-here", "/nothing-here"])
        {
            using var answer = await browser.GetAsync(path, Stop);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe-eval", policy);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task PagesHaveNoInlineScript()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = await app.SignedInAsync();

        foreach (var path in (string[])["/", "/signin", "/account", "/signout"])
            Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)", await browser.GetStringAsync(path, Stop));
        Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)", StartPage.Html(StartView.Begin));
    }

    [Fact]
    public async Task BeforeTheStartIsOverPeopleSeeHowFarItIsAndProgramsAreToldToComeBack()
    {
        // Nothing listens on port 1: the store waits for a server that does not come.
        await using var app = new HostApp("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=do-not-show");
        using var browser = app.Browser();

        using var page = await browser.GetAsync("/substations/7?tab=load", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("lib/start.js", await page.Content.ReadAsStringAsync(Stop));

        using var api = await browser.GetAsync("/api/kpis", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.StatusCode);
        Assert.NotNull(api.Headers.RetryAfter);
        Assert.Equal("FluxOps is starting", (await api.Content.ReadFromJsonAsync<ProblemDetails>(Stop))!.Title);

        using var style = await browser.GetAsync("/favicon.svg", Stop);
        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        Assert.NotEmpty(await style.Content.ReadAsByteArrayAsync(Stop));

        using var events = await browser.GetStreamAsync("/start/events", Stop);
        using var reader = new StreamReader(events);
        var text = "";
        while (!text.Contains("127.0.0.1:1", StringComparison.Ordinal))
            text = await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop) ?? throw new EndOfStreamException();
        Assert.DoesNotContain("do-not-show", text);
    }

    [Fact]
    public async Task OnceReadyTheEventsSayItAndEnd()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = app.Browser();

        var all = await browser.GetStringAsync("/start/events", Stop);

        Assert.Contains("\"ready\":true", all);
    }

    [Fact]
    public async Task AMissingPageIsNotFoundForSomeoneSignedIn()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = await app.SignedInAsync();

        using var answer = await browser.GetAsync("/nothing-here", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public void ANewerViewReachesASlowWatcherWithoutTheOlder()
    {
        var state = new StartState();
        state.Report(new("database", "one", 0.1));
        state.Report(new("database", "two", 1));
        state.Report(new("network", "three"));

        Assert.Equal([("database", true), ("network", false)], state.Current.Steps.Select(s => (s.Name, s.Done)));
        state.Complete();
        Assert.True(state.Ready.IsCompletedSuccessfully);
        Assert.All(state.Current.Steps, s => Assert.True(s.Done));
    }
}
