using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace FluxOps.Tests.Host;

/// <summary>Speaks just enough of the Postgres protocol to refuse a password (SQLSTATE 28P01), which the embedded server, trusting its owner, never does.</summary>
internal sealed class RefusingPostgres : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public RefusingPostgres()
    {
        _listener.Start();
        _serving = ServeAsync(_stop.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(stop);
            var stream = client.GetStream();
            var length = new byte[4];
            await stream.ReadExactlyAsync(length, stop); // the startup message: its length, then version and parameters
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4], stop);
            var fields = "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"grid\"\0\0"u8.ToArray();
            var message = new byte[5 + fields.Length];
            message[0] = (byte)'E';
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
            fields.CopyTo(message, 5);
            await stream.WriteAsync(message, stop);
        }
    }
}
