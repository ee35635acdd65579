using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Benchmarks.Clients;

/// <summary>
/// A browser's half of one Blazor circuit without a browser: fetches the page, starts the circuit, adds the root components, acknowledges
/// every render batch and answers interop calls with what an idle page would. A hundred of them cost less than one Chromium tab.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly CountingProtocol _protocol;
    private readonly ConcurrentQueue<byte[]> _early = new();
    private int _objects;
    private int _batches;

    private CircuitClient(HubConnection connection, CountingProtocol protocol) => (_connection, _protocol) = (connection, protocol);

    /// <summary>A render batch has arrived: its bytes and when (<see cref="Stopwatch"/> ticks).</summary>
    public event Action<byte[], long>? Rendered;

    public long BytesReceived => _protocol.Received;
    public long BytesSent => _protocol.Sent;
    public int Batches => Volatile.Read(ref _batches);

    /// <summary>What the circuit complained of, if it did.</summary>
    public string? Error { get; private set; }

    public static async Task<CircuitClient> OpenAsync(HttpClient http, CookieContainer cookies, Uri page, CancellationToken stop)
    {
        var html = await http.GetStringAsync(page, stop);
        var markers = Marker().Matches(html).Select(m => JsonNode.Parse(m.Groups[1].Value)!).Where(m => (string?)m["type"] == "server" && m["descriptor"] is not null).ToArray();
        if (markers.Length == 0)
            throw new InvalidOperationException($"{page} has no server component: {html[..Math.Min(html.Length, 300)]}");
        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";

        var origin = new Uri(page.GetLeftPart(UriPartial.Authority));
        var protocol = CountingProtocol.BlazorPack();
        var builder = new HubConnectionBuilder().WithUrl(new Uri(origin, "_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Cookies = cookies;
            options.Headers["Origin"] = origin.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol>(protocol);
        var client = new CircuitClient(builder.Build(), protocol);
        client.Listen();
        await client._connection.StartAsync(stop);
        var secret = await client._connection.InvokeAsync<string?>("StartCircuit", origin.ToString(), page.ToString(), "[]", state, stop);
        if (secret is null)
            throw new InvalidOperationException($"The circuit did not start: {client.Error}");

        var operations = new JsonObject
        {
            ["batchId"] = 1,
            ["operations"] = new JsonArray([.. markers.Select((marker, i) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = marker })]),
        };
        await client._connection.SendAsync("UpdateRootComponents", operations.ToJsonString(), state, stop);
        return client;
    }

    /// <summary>Waits until a batch holds this text; the first ten since the start count too.</summary>
    public async Task WaitForAsync(string text, CancellationToken stop)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Rendered += Look;
        foreach (var batch in _early)
            Look(batch, 0);
        try
        {
            await seen.Task.WaitAsync(stop);
        }
        finally
        {
            Rendered -= Look;
        }

        void Look(byte[] batch, long at)
        {
            if (batch.AsSpan().IndexOf(wanted) >= 0)
                seen.TrySetResult();
        }
    }

    private void Listen()
    {
        _connection.On<int, byte[]>("JS.RenderBatch", async (id, batch) =>
        {
            var at = Stopwatch.GetTimestamp();
            if (Interlocked.Increment(ref _batches) <= 10)
                _early.Enqueue(batch);
            Rendered?.Invoke(batch, at);
            await _connection.SendAsync("OnRenderCompleted", (long)id, null);
        });
        _connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        _connection.On<string>("JS.Error", error => Error = error);
        _connection.On<int, string>("JS.AttachComponent", (_, _) => { });
        _connection.On<string, bool, string>("JS.EndInvokeDotNet", (_, _, _) => { });
        _connection.On<long>("JS.EndUpdateRootComponents", _ => { });
        _connection.On<int, byte[]>("JS.ReceiveByteArray", (_, _) => { });
    }

    /// <param name="kind">What .NET expects back: 0 a JSON value, 1 an object reference, 3 nothing.</param>
    private async Task AnswerAsync(long task, string function, string arguments, int kind, long target, int call)
    {
        if (function.EndsWith("Virtualize.init", StringComparison.Ordinal))
            await ShowFirstRowsAsync(arguments);
        var result = kind == 1 ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _objects)}}}""" : "null";
        if (task != 0)
            await _connection.SendAsync("EndInvokeJSFromDotNet", task, true, $"[{task},true,{result}]");
    }

    /// <summary>A virtualised list renders its rows when the browser says how much of it is seen: 900 pixels here.</summary>
    private async Task ShowFirstRowsAsync(string arguments)
    {
        var list = JsonDocument.Parse(arguments).RootElement[0].GetProperty("__dotNetObject").GetInt64();
        await _connection.SendAsync("BeginInvokeDotNetFromJS", null, null, "OnSpacerAfterVisible", list, "[0,10000,900]");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex(@"<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State();
}
