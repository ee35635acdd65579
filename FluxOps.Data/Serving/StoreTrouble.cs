using System.Net.Sockets;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>What went wrong with the open store, in words for an operator: no paths, no codes, no driver's phrases.</summary>
public static class StoreTrouble
{
    public static string Words(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }:
                    return "the database was stopped";
                case PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow }:
                    return "the database is starting";
                case PostgresException { SqlState: PostgresErrorCodes.TooManyConnections }:
                    return "the database has no free connection";
                case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                case TimeoutException:
                    return "the database does not answer in time";
                case PostgresException said:
                    return $"the database says: {said.MessageText}";
                case SocketException:
                    return "the database cannot be reached";
                case IOException or ObjectDisposedException:
                    return "the connection to the database was lost";
            }
        return "the database failed";
    }
}
