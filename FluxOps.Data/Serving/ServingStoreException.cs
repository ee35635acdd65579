namespace FluxOps.Data.Serving;

/// <summary>Why the serving store could not be opened.</summary>
public enum ServingFailure
{
    Other, BadConnectionString, UnknownHost, Unreachable, Refused, StartingUp, TooManyConnections,
    WrongPassword, AccessRules, DatabaseMissing, ServerTooOld, MissingPrivilege, Tls, EmbeddedServer,
}

/// <summary>The serving store cannot be opened; the message says what is wrong and what to do, and never contains a secret.</summary>
public sealed class ServingStoreException(ServingFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public ServingFailure Failure { get; } = failure;

    /// <summary>True where the same attempt may succeed later.</summary>
    public bool WaitingCanHelp => Failure is ServingFailure.UnknownHost or ServingFailure.Unreachable or ServingFailure.Refused
        or ServingFailure.StartingUp or ServingFailure.TooManyConnections;
}
