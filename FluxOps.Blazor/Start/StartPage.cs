using System.Net;
using System.Text;

namespace FluxOps.Blazor.Start;

/// <summary>What a browser sees while the program starts: plain HTML without the framework, which is not there yet; lib/start.js keeps it current.</summary>
public static class StartPage
{
    public static Task WriteAsync(HttpResponse response, StartView view)
    {
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Html(view), response.HttpContext.RequestAborted);
    }

    public static string Html(StartView view)
    {
        var steps = new StringBuilder();
        foreach (var step in view.Steps)
            steps.Append($"""<li class="{(step.Done ? "done" : "now")}">{WebUtility.HtmlEncode(step.Message)}</li>""");
        return $"""
            <!DOCTYPE html>
            <html lang="en" data-theme="dark">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Starting · FluxOps</title>
              <base href="/">
              <link rel="icon" type="image/svg+xml" href="favicon.svg">
              <script src="lib/theme.js"></script>
              <link rel="stylesheet" href="lib/app.css">
              <script src="lib/start.js" defer></script>
            </head>
            <body>
              <main class="single">
                <div class="card" data-start>
                  <h1 class="brand">FLUXOPS</h1>
                  <p role="status" data-start-line>{(view.Fault is null ? "The console is starting. This page goes on by itself." : "The start failed.")}</p>
                  <ul class="steps" data-start-steps>{steps}</ul>
                  <progress data-start-progress aria-label="Progress of the current step"></progress>
                  <p class="notice error" role="alert" data-start-fault {(view.Fault is null ? "hidden" : "")}>{WebUtility.HtmlEncode(view.Fault)}</p>
                </div>
              </main>
            </body>
            </html>
            """;
    }
}
