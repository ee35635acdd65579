using System.Net.WebSockets;
using System.Threading.Channels;
using FluxOps.Benchmarks.UnderTest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FluxOps.Benchmarks.Map;

/// <summary>
/// Stands before the console: everything is the console's own answer, its circuit too, but the bulk lane is ours, so that a page can be fed faster than any clock.
/// </summary>
internal sealed class SoakSite : IAsyncDisposable
{
    private readonly WebApplication _site;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly ConsoleApp _app;

    private SoakSite(WebApplication site, ConsoleApp app) => (_site, _app) = (site, app);

    public Uri Origin => new(_site.Urls.First());

    public static async Task<SoakSite> StartAsync(ConsoleApp app, SoakLane lane)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(lane);
        builder.Services.AddSignalR().AddMessagePackProtocol();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        var soak = new SoakSite(site, app);
        site.UseWebSockets();
        site.MapHub<SoakHub>("/hubs/live");
        site.MapFallback("{**path}", soak.ForwardAsync);
        await site.StartAsync();
        return soak;
    }

    private Task ForwardAsync(HttpContext context) => context.WebSockets.IsWebSocketRequest ? ForwardSocketAsync(context) : ForwardRequestAsync(context);

    private async Task ForwardRequestAsync(HttpContext context)
    {
        var from = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(_app.Origin, from.Path + from.QueryString));
        if (from.ContentLength > 0)
            request.Content = new StreamContent(from.Body);
        foreach (var (name, value) in from.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                context.Response.Headers[name] = value.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task ForwardSocketAsync(HttpContext context)
    {
        using var there = new ClientWebSocket();
        foreach (var name in (string[])["Cookie", "Origin", "Host"])
            there.Options.SetRequestHeader(name, context.Request.Headers[name]);
        await there.ConnectAsync(new UriBuilder(new Uri(_app.Origin, context.Request.Path + context.Request.QueryString)) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var here = await context.WebSockets.AcceptWebSocketAsync();
        await Task.WhenAny(PumpAsync(here, there), PumpAsync(there, here));
    }

    private static async Task PumpAsync(WebSocket from, WebSocket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var got = await from.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                    return;
                await to.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // One end is gone: so is the other.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(canceled: true));
        await _site.DisposeAsync();
        _http.Dispose();
    }
}

/// <summary>The one lane of the one page.</summary>
internal sealed class SoakLane(SoakFrames frames)
{
    private readonly Lock _lock = new();
    private Channel<byte[]> _out = Channel.CreateUnbounded<byte[]>();

    public LaneWish Wish { get; private set; } = new(false, []);

    /// <summary>How often the page asked for the whole: once, unless it lost something.</summary>
    public int Connections { get; private set; }
    public int Frames { get; private set; }
    public long Bytes { get; private set; }

    public ChannelReader<byte[]> Open()
    {
        lock (_lock)
        {
            Connections++;
            _out = Channel.CreateUnbounded<byte[]>();
            Send(frames.Whole(Wish));
            return _out.Reader;
        }
    }

    public void Look(LaneWish wish)
    {
        lock (_lock)
        {
            var more = new LaneWish(wish.Assets && !Wish.Assets, [.. wish.Stations.Except(Wish.Stations)]);
            Wish = wish;
            if (Connections > 0 && (more.Assets || more.Stations.Length > 0))
                Send(frames.More(more));
        }
    }

    public void Push(bool readings)
    {
        lock (_lock)
            Send(readings ? frames.Readings(Wish) : frames.Sweep(Wish));
    }

    public void PushBeat()
    {
        lock (_lock)
            Send(frames.Quiet());
    }

    private void Send(byte[] frame)
    {
        Frames++;
        Bytes += frame.Length;
        _out.Writer.TryWrite(frame);
    }
}

/// <summary>The bulk lane's two methods.</summary>
internal sealed class SoakHub(SoakLane lane) : Hub
{
    public ChannelReader<byte[]> Watch() => lane.Open();

    public void Look(bool assets, int[] meterStations) => lane.Look(new LaneWish(assets, meterStations));
}
