namespace FluxOps.Blazor.Topology;

/// <summary>The store holds another network than the picture that was asked about: the next picture is of the new one.</summary>
public sealed class NetworkReplacedException() : InvalidOperationException("The network is being replaced.");
