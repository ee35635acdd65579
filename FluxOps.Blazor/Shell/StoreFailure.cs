using System.Data.Common;
using System.Net.Sockets;

namespace FluxOps.Blazor.Shell;

/// <summary>What a page expects to go wrong when it asks the serving store: it says so in its place and offers to try again. Anything else is a fault.</summary>
public static class StoreFailure
{
    public static bool Is(Exception e) => e is DbException or TimeoutException or IOException or SocketException;
}
