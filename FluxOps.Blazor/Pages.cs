using FluxOps.Blazor.Start;

namespace FluxOps.Blazor;

/// <summary>The Blazor part of the site.</summary>
public static class Pages
{
    public static void AddPages(this WebApplicationBuilder builder) => builder.Services.AddRazorComponents()
        .AddInteractiveServerComponents(o =>
        {
            // A Mud page is 1 to 2 MB: fifty that may come back is enough, since ids and choices are persisted beyond that.
            o.DisconnectedCircuitMaxRetained = 50;
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            o.MaxBufferedUnacknowledgedRenderBatches = 4;
            o.DetailedErrors = builder.Environment.IsDevelopment();
        })
        // 32 KB by default, and a page's persisted state travels in one message.
        .AddHubOptions(o => o.MaximumReceiveMessageSize = 256 * 1024);

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        // frame-ancestors is in our own policy; two policy headers would both apply.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>A person who asks for what is not there gets a page, a machine its status.</summary>
    public static void UseNotFoundPage(this WebApplication app) => app.UseWhen(
        context => !Machine.IsMachine(context.Request),
        pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
}
