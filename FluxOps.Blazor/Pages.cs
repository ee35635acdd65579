using FluxOps.Blazor.Start;
using Microsoft.AspNetCore.Diagnostics;

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

    /// <summary>A person whose request comes to nothing gets a page that says so; a machine gets its status. Routing starts after this, so that it can run again.</summary>
    public static void UsePagesForFaults(this WebApplication app)
    {
        app.UseStatusCodePages(fault => Machine.IsMachine(fault.HttpContext.Request) ? Task.CompletedTask : fault.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => NotFoundAsync(fault),
            StatusCodes.Status403Forbidden => FailurePage.WriteAsync(fault.HttpContext, "Not open to your role", "This page needs another role than yours. An administrator can change it."),
            StatusCodes.Status400BadRequest => FailurePage.WriteAsync(fault.HttpContext, "That form is too old", "It was made before the last start or sign-in. Open it again."),
            _ => Task.CompletedTask,
        });
        app.UseRouting();
    }

    private static async Task NotFoundAsync(StatusCodeContext fault)
    {
        var context = fault.HttpContext;
        var (path, services) = (context.Request.Path, context.RequestServices);
        await using var scope = services.CreateAsyncScope(); // the first try has set up its navigation for another address
        try
        {
            // Blazor renders a page with status 404 only when it sees that this is a second try.
            context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = path, OriginalPathBase = context.Request.PathBase });
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            context.Request.Path = "/not-found";
            context.RequestServices = scope.ServiceProvider;
            await fault.Next(context);
        }
        finally
        {
            context.Features.Set<IStatusCodeReExecuteFeature>(null);
            context.Request.Path = path;
            context.RequestServices = services;
        }
    }
}
