namespace FluxOps.Blazor.Start;

/// <summary>A fault as RFC 9457 has it. Written whatever the request says it accepts: a program that asks for text/html still gets its answer.</summary>
public static class Problem
{
    public static Task WriteAsync(HttpContext context, int status, string title, string? detail = null) =>
        Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
}
