using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FluxOps.Tests.Shared;

/// <summary>
/// A page that remembers everything an operator's browser should never do: log an error, throw, lose a request, break the content
/// security policy, or ask another origin for anything. Disposing it fails the test where one of these happened.
/// </summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Uri _origin;
    private int _requests;
    private volatile bool _outageExpected;

    private WatchedPage(IBrowserContext context, IPage page, Uri origin)
    {
        (Context, Page, _origin) = (context, page, origin);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !(_outageExpected && !message.Text.StartsWith("csp:", StringComparison.Ordinal)))
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) =>
        {
            // The framework's script answers the server on a connection that has just gone, and does not catch its own error.
            if (!(_outageExpected && error.Contains("Cannot send data if the connection is not in the 'Connected' State", StringComparison.Ordinal)))
                _faults.Enqueue($"script: {error}");
        };
        page.Request += (_, request) =>
        {
            // data: and blob: never leave the browser, so they are no requests.
            if (!request.Url.StartsWith("http", StringComparison.Ordinal))
                return;
            Interlocked.Increment(ref _requests);
            if (new Uri(request.Url).Authority != _origin.Authority)
                _faults.Enqueue($"other origin: {request.Url}");
        };
        page.RequestFailed += (_, request) =>
        {
            // A page that is left cancels what it was still loading.
            if (!_outageExpected && request.Failure != "net::ERR_ABORTED")
                _faults.Enqueue($"request failed: {request.Url} ({request.Failure})");
        };
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).Authority != _origin.Authority)
                _faults.Enqueue($"other origin: {socket.Url}");
        };
    }

    public IBrowserContext Context { get; }
    public IPage Page { get; }

    /// <summary>HTTP requests so far, whatever their answer. WebSocket messages are none.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    internal static async Task<WatchedPage> OpenAsync(IBrowserContext context, Uri origin, string theme)
    {
        // The theme is the operator's stored choice; set it before the first script runs, as a returning operator has it.
        await context.AddInitScriptAsync($$"""
            try { if (!localStorage.getItem('fluxops.theme')) localStorage.setItem('fluxops.theme', '{{theme}}'); } catch { }
            document.addEventListener('securitypolicyviolation', e =>
              console.error(`csp: ${e.violatedDirective} blocked ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
            """);
        return new WatchedPage(context, await context.NewPageAsync(), origin);
    }

    /// <summary>From here until disposed, lost connections are what the test is about; script errors, other origins and policy violations still count.</summary>
    public IDisposable ExpectOutage() => new Outage(this);

    public void AssertNoFaults() => Assert.True(_faults.IsEmpty, string.Join(Environment.NewLine, _faults));

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        AssertNoFaults();
    }

    private sealed class Outage : IDisposable
    {
        private readonly WatchedPage _page;
        public Outage(WatchedPage page) => (_page = page)._outageExpected = true;
        public void Dispose() => _page._outageExpected = false;
    }
}
