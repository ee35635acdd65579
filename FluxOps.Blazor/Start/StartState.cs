using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FluxOps.Data.Serving;

namespace FluxOps.Blazor.Start;

/// <summary>How far the start is: written by <see cref="StartSequence"/>, read by the gate, the start page and whoever waits for <see cref="Ready"/>.</summary>
public sealed class StartState : IProgress<StartProgress>
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<Channel<StartView>> _watchers = [];
    private volatile StartView _current = StartView.Begin;

    public StartView Current => _current;

    /// <summary>Completes once the console can be used; never fails.</summary>
    public Task Ready => _ready.Task;

    public bool IsReady => _current.Ready;

    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Called with each line of progress, on the reporting thread; the console prints it.</summary>
    public event Action<StartProgress>? Reported;

    public void Report(StartProgress value)
    {
        Change(v => v.With(value.Step, value.Message, value.Fraction));
        Reported?.Invoke(value);
    }

    public void Finish(string step) => Change(v => v.Finished(step));

    public void Complete()
    {
        Change(v => v with { Ready = true, Fault = null, Steps = [.. v.Steps.Select(s => s with { Done = true })] });
        _ready.TrySetResult();
    }

    /// <summary>The start is over without success.</summary>
    public void Fail(string fault, int exitCode)
    {
        ExitCode = exitCode;
        Change(v => v with { Fault = fault });
    }

    /// <summary>The current view, then each newer one; who is slow sees only the newest.</summary>
    public async IAsyncEnumerable<StartView> Watch([EnumeratorCancellation] CancellationToken stop)
    {
        var channel = Channel.CreateBounded<StartView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            channel.Writer.TryWrite(_current);
            _watchers = _watchers.Add(channel);
        }

        try
        {
            await foreach (var view in channel.Reader.ReadAllAsync(stop))
                yield return view;
        }
        finally
        {
            lock (_gate)
                _watchers = _watchers.Remove(channel);
        }
    }

    private void Change(Func<StartView, StartView> change)
    {
        lock (_gate)
        {
            _current = change(_current);
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(_current);
        }
    }
}
