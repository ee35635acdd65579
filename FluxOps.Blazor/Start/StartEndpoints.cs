using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace FluxOps.Blazor.Start;

public static class StartEndpoints
{
    /// <summary>Progress for the start page, as server-sent events. The last one says ready; then the stream ends.</summary>
    public static void MapStartEvents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/start/events", (StartState state, IHostApplicationLifetime lifetime, CancellationToken stop) =>
            TypedResults.ServerSentEvents(EventsAsync(state, lifetime.ApplicationStopping, stop)))
        .AllowAnonymous().ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<StartView>> EventsAsync(StartState state, CancellationToken stopping, [EnumeratorCancellation] CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, stop);
        await using var views = state.Watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(views))
        {
            yield return new SseItem<StartView>(views.Current) { ReconnectionInterval = TimeSpan.FromSeconds(1) };
            if (views.Current.Ready)
                yield break;
        }
    }

    /// <summary>A browser that left, or a host that stops, ends the stream; neither is an error.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<StartView> views)
    {
        try
        {
            return await views.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
