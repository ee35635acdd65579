using Bunit;
using FluxOps.Blazor.Live;
using FluxOps.Blazor.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace FluxOps.Tests.Components;

public class LiveComponentTests : ComponentTest
{
    [Fact]
    public void RendersOnlyWhenItsPartHasANewVersion()
    {
        var snapshots = new TestSnapshots();
        Live.Publish(snapshots.Next());
        var probe = Render<Probe>();
        probe.WaitForState(() => Live.WatcherCount == 1);
        var before = probe.RenderCount;

        Live.Publish(snapshots.Next(telemetryChanged: false));
        Live.Publish(snapshots.Next());
        probe.WaitForAssertion(() => Assert.Equal("3", probe.Markup));
        Assert.Equal(before + 1, probe.RenderCount);
    }

    [Fact]
    public void SkipsToTheNewestAndKeepsItsPace()
    {
        var snapshots = new TestSnapshots();
        Live.Publish(snapshots.Next());
        var probe = Render<Probe>();
        probe.WaitForState(() => Live.WatcherCount == 1);
        Live.Publish(snapshots.Next());
        probe.WaitForAssertion(() => Assert.Equal("2", probe.Markup));
        var before = probe.RenderCount;

        for (var i = 0; i < 5; i++) Live.Publish(snapshots.Next());
        Assert.Equal(before, probe.RenderCount);
        Time.Advance(LiveComponent.MinimumInterval);
        probe.WaitForAssertion(() => Assert.Equal("7", probe.Markup));
        Assert.Equal(before + 1, probe.RenderCount);
    }

    [Fact]
    public async Task DisposalEndsTheWatch()
    {
        Live.Publish(new TestSnapshots().Next());
        var probe = Render<Probe>();
        probe.WaitForState(() => Live.WatcherCount == 1);
        await DisposeComponentsAsync();
        Assert.Equal(0, Live.WatcherCount);
    }

    [Fact]
    public void AFailureInTheLoopReachesTheErrorBoundary()
    {
        var snapshots = new TestSnapshots();
        Live.Publish(snapshots.Next());
        var boundary = Render<Microsoft.AspNetCore.Components.Web.ErrorBoundary>(p => p
            .AddChildContent<Probe>(c => c.Add(x => x.FailAt, 2))
            .Add(b => b.ErrorContent, e => builder => builder.AddContent(0, e.Message)));
        boundary.WaitForState(() => Live.WatcherCount == 1);
        Live.Publish(snapshots.Next());
        boundary.WaitForAssertion(() => Assert.Contains("probe failed", boundary.Markup, StringComparison.Ordinal));
    }

    private sealed class Probe : LiveComponent
    {
        [Parameter] public long FailAt { get; set; } = -1;

        protected override long VersionOf(GridSnapshot snapshot) => snapshot.TelemetryVersion;

        protected override Task OnSnapshotAsync(GridSnapshot snapshot) =>
            snapshot.Version == FailAt ? throw new InvalidOperationException("probe failed") : Task.CompletedTask;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Snapshot?.Version.ToString());
    }
}
