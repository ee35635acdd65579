namespace FluxOps.Blazor.Security;

/// <summary>Someone with an account, as administrators see it.</summary>
/// <param name="HasPassword">False: has signed in by link at most.</param>
public sealed record Person(int Id, string UserName, string? DisplayName, string Role, bool Enabled, bool HasPassword);

/// <summary>The person who asked may not do that; the message is for that person.</summary>
public sealed class NotAllowedException(string message) : Exception(message);

/// <summary>The change would be wrong for whoever asks it; the message is for that person.</summary>
public sealed class PeopleException(string message) : Exception(message);
