namespace FluxOps.Blazor.Start;

/// <summary>
/// Until the start is over, answers for the whole site: a page that shows how far it is, or "not yet" to a machine. Only what the start page
/// itself needs, and the health endpoints, pass.
/// </summary>
public sealed class StartGate(RequestDelegate next, StartState state)
{
    private const int RetryAfterSeconds = 2;
    private static readonly string[] Passes = ["/start", "/lib", "/_content", "/_framework", "/favicon.svg", "/health", "/ready"];

    public Task InvokeAsync(HttpContext context)
    {
        if (state.IsReady || Passes.Any(p => context.Request.Path.StartsWithSegments(p)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsGet(context.Request.Method) && !Machine.IsMachine(context.Request)
            ? StartPage.WriteAsync(context.Response, state.Current)
            : Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "FluxOps is starting", state.Current.Fault ?? state.Current.Steps.LastOrDefault()?.Message);
    }
}
