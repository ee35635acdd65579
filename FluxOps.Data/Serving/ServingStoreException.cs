namespace FluxOps.Data.Serving;

/// <summary>Why the serving store could not be opened.</summary>
public enum ServingFault
{
    Other, BadConnectionString, WrongHost, Unreachable, Refused, StartingUp, TooManyConnections,
    WrongPassword, AccessRules, MissingDatabase, TooOld, MissingPrivilege, Tls,
    /// <summary>Another copy owns the private server's data.</summary>
    AlreadyRunning,
    /// <summary>No server programs for the private server.</summary>
    NoBinaries,
    /// <summary>The private server does not start.</summary>
    EmbeddedServer,
}

/// <summary>The serving store cannot be opened; the message says what is wrong and what to do, and never contains a secret.</summary>
public sealed class ServingStoreException(ServingFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ServingFault Fault { get; } = fault;

    /// <summary>True where the same attempt may succeed later.</summary>
    public bool WaitingCanHelp => Fault is ServingFault.WrongHost or ServingFault.Unreachable or ServingFault.Refused
        or ServingFault.StartingUp or ServingFault.TooManyConnections;
}
