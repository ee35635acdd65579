using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace FluxOps.Benchmarks.Clients;

/// <summary>A subscriber of the bulk lane: what the map's worker is in a browser.</summary>
internal sealed class HubWatcher : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly CountingProtocol _protocol;
    private readonly Action<byte[]>? _onFrame;
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    private HubWatcher(HubConnection connection, CountingProtocol protocol, Action<byte[]>? onFrame) => (_connection, _protocol, _onFrame) = (connection, protocol, onFrame);

    /// <summary>A frame has arrived: newest source time it speaks of (Unix ms), its length, and when (<see cref="Stopwatch"/> ticks).</summary>
    public event Action<long, int, long>? Received;

    /// <summary>What it wants beside substations and feeders, as a map says it.</summary>
    public Task LookAsync(bool assets, int[] meterStations) => _connection.InvokeAsync("Look", assets, meterStations);

    public long BytesReceived => _protocol.Received;

    /// <param name="onFrame">Gets each frame as it came, the first too.</param>
    public static async Task<HubWatcher> OpenAsync(CookieContainer cookies, Uri origin, CancellationToken stop, Action<byte[]>? onFrame = null)
    {
        var protocol = new CountingProtocol(new MessagePackHubProtocol());
        var builder = new HubConnectionBuilder().WithUrl(new Uri(origin, "hubs/live"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Cookies = cookies;
            options.Headers["Origin"] = origin.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol>(protocol);
        var watcher = new HubWatcher(builder.Build(), protocol, onFrame);
        await watcher._connection.StartAsync(stop);
        watcher._reading = watcher.ReadAsync();
        return watcher;
    }

    private async Task ReadAsync()
    {
        await foreach (var frame in _connection.StreamAsync<byte[]>("Watch", _stop.Token))
        {
            var at = Stopwatch.GetTimestamp();
            _onFrame?.Invoke(frame);
            // u8 kind, u32 version, i64 newest source time
            if (frame.Length >= 13)
                Received?.Invoke(BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(5)), frame.Length, at);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }
}
