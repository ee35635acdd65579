using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace FluxOps.Benchmarks.Clients;

/// <summary>Counts what a hub protocol reads and writes, before the WebSocket's own framing and compression.</summary>
internal sealed class CountingProtocol(IHubProtocol inner) : IHubProtocol
{
    private long _received;
    private long _sent;

    public long Received => Interlocked.Read(ref _received);
    public long Sent => Interlocked.Read(ref _sent);

    public string Name => inner.Name;
    public int Version => inner.Version;
    public TransferFormat TransferFormat => inner.TransferFormat;
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var bytes = inner.GetMessageBytes(message);
        Interlocked.Add(ref _sent, bytes.Length);
        return bytes;
    }

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        var parsed = inner.TryParseMessage(ref input, binder, out message);
        Interlocked.Add(ref _received, before - input.Length);
        return parsed;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var bytes = inner.GetMessageBytes(message);
        Interlocked.Add(ref _sent, bytes.Length);
        output.Write(bytes.Span);
    }

    /// <summary>The circuit's own protocol. The framework keeps the class to itself, on both ends; a headless client has no other way to speak it.</summary>
    public static CountingProtocol BlazorPack()
    {
        var type = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.BlazorPack.BlazorPackHubProtocol", throwOnError: true)!;
        return new CountingProtocol((IHubProtocol)Activator.CreateInstance(type, nonPublic: true)!);
    }
}
