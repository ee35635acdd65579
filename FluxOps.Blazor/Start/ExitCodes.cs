namespace FluxOps.Blazor.Start;

/// <summary>What the program ends with, so that a script or a service manager can tell why.</summary>
public static class ExitCodes
{
    public const int StartFailed = 1;
    public const int BadConfiguration = 2;
    /// <summary>Another copy owns the data folder.</summary>
    public const int AlreadyRunning = 3;
    /// <summary>The address cannot be listened on.</summary>
    public const int AddressTaken = 4;
}
