using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FluxOps.Blazor.Security;
using FluxOps.Data.Serving;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Tests.Host;

public sealed class SignInTests
{
    private const string Password = "a good long password";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutASessionAPersonIsSentToSignInAndAProgramIsTold401()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = app.Browser();

        using var page = await browser.GetAsync("/substations", Stop);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Contains("/signin?returnUrl=%2Fsubstations", page.Headers.Location!.OriginalString);

        foreach (var path in (string[])["/api/kpis", "/hubs/live", "/_blazor"])
        {
            using var answer = await browser.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(401, (await answer.Content.ReadFromJsonAsync<ProblemDetails>(Stop))!.Status);
        }
    }

    [Fact]
    public async Task ALinkWorksOnceAndItsTokenIsInNoLog()
    {
        await using var app = await HostApp.StartAsync(("Serilog:MinimumLevel:Default", "Verbose"), ("Serilog:MinimumLevel:Override:Microsoft", "Verbose"));
        var link = await app.Services.GetRequiredService<OneTimeLinks>().CreateAsync("admin", Stop);
        using var first = app.Browser();
        using var second = app.Browser();

        using var head = await second.SendAsync(new HttpRequestMessage(HttpMethod.Head, link!.Path), Stop);
        using var used = await first.GetAsync(link.Path, Stop);
        using var again = await second.GetAsync(link.Path, Stop);
        using var live = await first.GetAsync("/", Stop);

        Assert.Equal("/", used.Headers.Location?.OriginalString);
        Assert.Equal("no-referrer", used.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("/signin?used=1", again.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        var token = link.Path[OneTimeLinks.PathPrefix.Length..];
        Assert.NotEmpty(app.Log.Lines);
        Assert.DoesNotContain(app.Log.Lines, l => l.Contains(token, StringComparison.Ordinal));
        Assert.Contains(app.Log.Lines, l => l.Contains("/signin/link/***", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OfManyAtOnceOneIsSignedIn()
    {
        await using var app = await HostApp.StartAsync();
        var links = app.Services.GetRequiredService<OneTimeLinks>();
        var link = await links.CreateAsync("admin", Stop);
        var token = link!.Path[OneTimeLinks.PathPrefix.Length..];

        var winners = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => links.RedeemAsync(token, Stop)));

        Assert.Single(winners, w => w is not null);
    }

    [Fact]
    public async Task ATooOldOrInventedLinkSignsNobodyIn()
    {
        await using var app = await HostApp.StartAsync();
        var links = app.Services.GetRequiredService<OneTimeLinks>();
        var old = await links.CreateAsync("admin", TimeSpan.FromSeconds(-5), Stop);

        Assert.Null(await links.RedeemAsync(old!.Path[OneTimeLinks.PathPrefix.Length..], Stop));
        Assert.Null(await links.RedeemAsync(new string('A', 43), Stop));
        Assert.Null(await links.RedeemAsync("short", Stop));
    }

    [Fact]
    public async Task AStoredLinkIsOnlyAHash()
    {
        await using var app = await HostApp.StartAsync();
        var link = await app.Services.GetRequiredService<OneTimeLinks>().CreateAsync("admin", Stop);
        await using var scope = app.Services.CreateAsyncScope();

        var stored = scope.ServiceProvider.GetRequiredService<FluxOpsContext>().UserTokens.Select(t => t.LoginProvider + t.Name + t.Value).ToList();

        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, s => s.Contains(link!.Path[OneTimeLinks.PathPrefix.Length..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/substations/3", "/substations/3")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData(null, "/")]
    public async Task APasswordSignsInAndLeadsOnlyWithinTheSite(string? returnUrl, string expected)
    {
        await using var app = await HostApp.StartAsync();
        await SetPasswordAsync(app);
        using var browser = app.Browser();

        using var answer = await PostAsync(browser, "/signin" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), "signin",
            ("Form.UserName", "admin"), ("Form.Password", Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString);
        using var account = await browser.GetAsync("/account", Stop);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task EveryFailureReadsTheSameAndTooManyRestTheAccount()
    {
        await using var app = await HostApp.StartAsync(("FluxOps:SignIn:WrongPasswords", "3"));
        await SetPasswordAsync(app);
        using var browser = app.Browser();

        var wrong = await FaultAsync(browser, "admin", "wrong");
        var nobody = await FaultAsync(browser, "nobody", "wrong");
        Assert.Equal(wrong, nobody);
        Assert.NotNull(wrong);
        await FaultAsync(browser, "admin", "wrong");
        await FaultAsync(browser, "admin", "wrong");
        Assert.Equal(wrong, await FaultAsync(browser, "admin", Password)); // right, and too late
    }

    [Fact]
    public async Task GuessingIsSlowedDown()
    {
        await using var app = await HostApp.StartAsync(("FluxOps:SignIn:TriesPerMinute", "3"));
        using var browser = app.Browser();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await browser.GetAsync("/signin/link/" + new string('A', 43), Stop);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.TooManyRequests));
        using var page = await browser.GetAsync("/signin", Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task AFormWithoutItsTokenIsRefused()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = await app.SignedInAsync();

        using var answer = await browser.PostAsync("/signout", new FormUrlEncodedContent([new("_handler", "signout")]), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignOutEndsTheSession()
    {
        await using var app = await HostApp.StartAsync();
        using var browser = await app.SignedInAsync();

        using var answer = await PostAsync(browser, "/signout", "signout");
        using var after = await browser.GetAsync("/", Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    private static async Task<string?> FaultAsync(HttpClient browser, string userName, string password)
    {
        using var answer = await PostAsync(browser, "/signin", "signin", ("Form.UserName", userName), ("Form.Password", password));
        var html = await answer.Content.ReadAsStringAsync(Stop);
        return Regex.Match(html, "role=\"alert\">([^<]+)<").Groups[1].Value is { Length: > 0 } fault ? fault : null;
    }

    /// <summary>Sends a form as its page would: with the antiforgery token that the page carries.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string handler, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(path, Stop);
        var token = Regex.Match(html, "__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return await browser.PostAsync(path, new FormUrlEncodedContent(
            [new("_handler", handler), new("__RequestVerificationToken", token), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]), Stop);
    }

    private static async Task SetPasswordAsync(HostApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<FluxOpsUser>>();
        Assert.True((await users.AddPasswordAsync((await users.FindByNameAsync("admin"))!, Password)).Succeeded);
    }
}
