using System.Diagnostics;
using System.Net;

namespace FluxOps.Blazor.Start;

/// <summary>What is answered when a request failed inside: a page with a number to find it in the log by, or a problem to a machine. Never the exception.</summary>
public static class FailurePage
{
    public static void UseFailurePage(this WebApplication app) => app.UseExceptionHandler(failed => failed.Run(WriteAsync));

    /// <summary>One sentence and the way back.</summary>
    public static Task WriteAsync(HttpContext context, string title, string text)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en" data-theme="dark">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{WebUtility.HtmlEncode(title)} · FluxOps</title><base href="/"><link rel="icon" type="image/svg+xml" href="favicon.svg">
              <script src="lib/theme.js"></script><link rel="stylesheet" href="lib/app.css">
            </head>
            <body><main class="single"><div class="card">
              <a class="brand" href="/">FLUXOPS</a>
              <h1>{WebUtility.HtmlEncode(title)}</h1>
              <p>{WebUtility.HtmlEncode(text)}</p>
              <p><a href="/">Go to Live</a></p>
            </div></main></body>
            </html>
            """);
    }

    private static Task WriteAsync(HttpContext context) => Machine.IsMachine(context.Request)
        ? Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The request failed inside the server")
        : WriteAsync(context, "This page failed", $"Something went wrong inside the server. The log names it under {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}.");
}
