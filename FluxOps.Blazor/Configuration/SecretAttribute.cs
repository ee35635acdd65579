namespace FluxOps.Blazor.Configuration;

/// <summary>A value that is never printed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
