using System.Data.Common;
using System.Net.Sockets;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Serving;
using Microsoft.EntityFrameworkCore;

namespace FluxOps.Blazor.Shell;

/// <summary>What a page expects to go wrong when it asks the serving store: it says so in its place and offers to try again. Anything else is a fault.</summary>
public static class StoreFailure
{
    /// <summary>What went wrong, for an operator.</summary>
    public static string Words(Exception e) => e is NetworkReplacedException ? e.Message : StoreTrouble.Words(e);

    /// <summary>Entity Framework wraps what the driver said: such a wrapper is what it holds.</summary>
    public static bool Is(Exception e) =>
        e is DbException or TimeoutException or IOException or SocketException or NetworkReplacedException
        || (e is InvalidOperationException or DbUpdateException && e.InnerException is { } inner && Is(inner));
}
