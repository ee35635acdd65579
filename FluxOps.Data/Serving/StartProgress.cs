namespace FluxOps.Data.Serving;

/// <summary>One line of progress while the program starts.</summary>
/// <param name="Step">Short stable name of the step, such as <c>database</c> or <c>network</c>.</param>
/// <param name="Message">What happens now, for a person.</param>
/// <param name="Fraction">0 to 1 where it is known.</param>
public sealed record StartProgress(string Step, string Message, double? Fraction = null);
