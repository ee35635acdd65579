using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace FluxOps.Blazor.Shell;

/// <summary>What a page expects to go wrong when it asks the serving store: it says so in its place and offers to try again. Anything else is a fault.</summary>
public static class StoreFailure
{
    /// <summary>What the server said, without its code and its advice to developers.</summary>
    public static string Words(Exception e) => e is PostgresException said ? said.MessageText : e.Message;

    public static bool Is(Exception e) => e is DbException or TimeoutException or IOException or SocketException;
}
