namespace FluxOps.Blazor.Start;

internal static class CancellationTokenTask
{
    /// <summary>A task that completes when this token, used as an event, is cancelled.</summary>
    public static async Task AsTask(this CancellationToken happened, CancellationToken stop)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (happened.UnsafeRegister(static t => ((TaskCompletionSource)t!).TrySetResult(), done))
            await done.Task.WaitAsync(stop);
    }
}
