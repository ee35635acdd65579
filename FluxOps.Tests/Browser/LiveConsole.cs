using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;
using FluxOps.Data.Serving;
using FluxOps.Tests.Shared;

namespace FluxOps.Tests.Browser;

/// <summary>One running console for all browser tests that leave it as they found it. They run one after another; each has a browser context of its own.</summary>
public sealed class LiveConsole(BrowserFixture browser) : IAsyncLifetime
{
    private ConsoleApp? _app;

    public ConsoleApp App => _app ?? throw new InvalidOperationException("Not started.");
    public GridSnapshot First { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var target = await PostgresFixture.CreateDatabaseAsync();
        _app = new ConsoleApp(target);
        Store = ServingStore.For(target);
        await Store.OpenAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        First = await _app.StartAsync(patience.Token);
        Meter = (await new GridStore(Store).LoadAsync(GridParts.UsagePoints | GridParts.Texts, patience.Token)).UsagePoints.Serial[MeterId];
    }

    /// <summary>A connection to the console's own database.</summary>
    public ServingStore Store { get; private set; } = null!;

    /// <summary>A meter of the network: its id and its serial.</summary>
    public const int MeterId = 7;
    public string Meter { get; private set; } = "";

    /// <summary>A signed-in operator's page, on <paramref name="path"/>.</summary>
    /// <param name="missing">True where the answer is to be a 404.</param>
    public async Task<WatchedPage> OpenAsync(string path = "/", int width = 1920, int height = 1080, string theme = "dark", bool missing = false)
    {
        var page = await browser.OpenAsync(App.Origin, width, height, theme);
        await page.Page.GotoAsync(await App.CreateSignInLinkAsync());
        if (missing)
            _ = page.ExpectOutage(); // the browser logs the page's own 404 as an error
        await page.Page.GotoAsync(path);
        return page;
    }

    /// <summary>A page of someone who is not signed in.</summary>
    public Task<WatchedPage> OpenSignedOutAsync() => browser.OpenAsync(App.Origin);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class LiveConsoleCollection : ICollectionFixture<LiveConsole>
{
    public const string Name = "Live console";
}
