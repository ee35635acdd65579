using System.Diagnostics;

namespace FluxOps.Blazor.Start;

/// <summary>What is answered when a request failed inside: a page with a number to find it in the log by, or a problem to a machine. Never the exception.</summary>
public static class FailurePage
{
    public static void UseFailurePage(this WebApplication app) => app.UseExceptionHandler(failed => failed.Run(WriteAsync));

    private static async Task WriteAsync(HttpContext context)
    {
        if (Machine.IsMachine(context.Request))
        {
            await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The request failed inside the server");
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en" data-theme="dark">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Failed · FluxOps</title><base href="/"><link rel="icon" type="image/svg+xml" href="favicon.svg">
              <script src="lib/theme.js"></script><link rel="stylesheet" href="lib/app.css">
            </head>
            <body><main class="single"><div class="card">
              <a class="brand" href="/">FLUXOPS</a>
              <h1>This page failed</h1>
              <p>Something went wrong inside the server. The log names it under <code>{Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}</code>.</p>
              <p><a href="">Try again</a> · <a href="/">Go to Live</a></p>
            </div></main></body>
            </html>
            """);
    }
}
