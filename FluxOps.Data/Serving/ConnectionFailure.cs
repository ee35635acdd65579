using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>Turns what the driver throws into one clear message.</summary>
internal static class ConnectionFailure
{
    public const string Setting = "FluxOps__ConnectionStrings__Serving";

    public static ServingStoreException Classify(Exception e, NpgsqlConnectionStringBuilder target)
    {
        var server = $"{target.Host}:{target.Port}";
        if (FindIn<PostgresException>(e) is { } refused)
            return OfServer(refused, target, server);
        if (FindIn<SocketException>(e) is { } socket)
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
                    new(ServingFault.WrongHost, $"The database host '{target.Host}' is not known. Check Host in {Setting}.", e),
                SocketError.ConnectionRefused =>
                    new(ServingFault.Refused, $"Nothing listens at {server}: the database server is not running there, or the port is another. Check Host and Port in {Setting}.", e),
                // A socket folder without a socket in it
                SocketError.AddressNotAvailable when target.Host?.StartsWith('/') == true =>
                    new(ServingFault.Refused, $"There is no server at the socket in {target.Host}.", e),
                _ => new(ServingFault.Unreachable, $"The database server at {server} cannot be reached ({socket.SocketErrorCode}).", e),
            };
        if (FindIn<AuthenticationException>(e) is not null)
            return new(ServingFault.Tls, $"The database server at {server} and this program do not agree on TLS. Check SSL Mode and the certificate settings in {Setting}.", e);
        if (FindIn<TimeoutException>(e) is not null)
            return new(ServingFault.Unreachable, $"The database server at {server} does not answer within {target.Timeout} s.", e);
        if (e is NpgsqlException && e.Message.Contains("assword", StringComparison.Ordinal))
            return new(ServingFault.WrongPassword, $"The database server at {server} wants a password for user '{target.Username}' and none is given. Add Password to {Setting}.", e);
        if (e is NpgsqlException && e.Message.Contains("SSL", StringComparison.OrdinalIgnoreCase))
            return new(ServingFault.Tls, $"The database server at {server} does not offer TLS as {Setting} asks (SSL Mode={target.SslMode}).", e);
        if (FindIn<IOException>(e) is not null)
            return new(ServingFault.Unreachable, $"The database server at {server} closed the connection.", e);
        return new(ServingFault.Other, $"The database at {server} cannot be opened: {e.GetType().Name}.", e);
    }

    private static ServingStoreException OfServer(PostgresException e, NpgsqlConnectionStringBuilder target, string server) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword =>
            new(ServingFault.WrongPassword, $"The database server at {server} refuses the password of user '{target.Username}'. Check Username and Password in {Setting}.", e),
        PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new(ServingFault.AccessRules, $"The database server at {server} does not let user '{target.Username}' in: {e.MessageText}.", e),
        PostgresErrorCodes.InvalidCatalogName =>
            new(ServingFault.MissingDatabase, $"The database '{target.Database}' does not exist at {server}. Create it (CREATE DATABASE) or check Database in {Setting}.", e),
        PostgresErrorCodes.InsufficientPrivilege =>
            new(ServingFault.MissingPrivilege, $"User '{target.Username}' may not make tables in database '{target.Database}' at {server}: {e.MessageText}. Grant it CREATE on the database's schema public, or make it the owner.", e),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            new(ServingFault.StartingUp, $"The database server at {server} is starting or stopping: {e.MessageText}.", e),
        PostgresErrorCodes.TooManyConnections =>
            new(ServingFault.TooManyConnections, $"The database server at {server} has no free connection: {e.MessageText}.", e),
        _ => new(ServingFault.Other, $"The database server at {server} refuses ({e.SqlState}): {e.MessageText}.", e),
    };

    public static ServingStoreException TooOld(Version version, string server) =>
        new(ServingFault.TooOld, $"The database server at {server} is PostgreSQL {version}; 16 or newer is needed.");

    private static T? FindIn<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
            if (e is AggregateException many && many.InnerExceptions.Select(FindIn<T>).FirstOrDefault(x => x is not null) is { } one)
                return one;
        }
        return null;
    }
}
