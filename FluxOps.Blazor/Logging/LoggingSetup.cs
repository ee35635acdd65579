using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace FluxOps.Blazor.Logging;

public static class LoggingSetup
{
    /// <summary>A readable console in development, one JSON object a line otherwise. <c>Serilog:MinimumLevel</c> overrides what is set here.</summary>
    public static void AddFluxOpsLogging(this WebApplicationBuilder builder)
    {
        var readable = builder.Environment.IsDevelopment();
        builder.Services.AddSerilog((services, log) =>
        {
            log.MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("System", LogEventLevel.Warning)
                .MinimumLevel.Override("Npgsql", LogEventLevel.Error)
                // A failed statement comes back as an exception; who catches it decides whether it is worth a line.
                .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Error)
                // Keys rest in the serving store, whose access rights protect them: the warning about an encryptor at rest says nothing new at each start.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                .Filter.ByExcluding(IsFailedStart)
                .Enrich.FromLogContext()
                .Enrich.With<SignInLinkMask>()
                .ReadFrom.Configuration(builder.Configuration)
                .ReadFrom.Services(services);
            if (readable)
                log.WriteTo.Console(outputTemplate: "[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}{NewLine}{Exception}");
            else
                log.WriteTo.Console(new RenderedCompactJsonFormatter());
        });
    }

    /// <summary>One line a request that matters: what was slow, failed, or changed something. A console full of 200s hides what an operator should see.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.MessageTemplate = "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed:0} ms";
        options.GetMessageTemplateProperties = (context, path, elapsed, status) =>
        [
            new LogEventProperty("RequestMethod", new ScalarValue(context.Request.Method)),
            new LogEventProperty("RequestPath", new ScalarValue(SignInLinkMask.Mask(path))),
            new LogEventProperty("StatusCode", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
        ];
        options.GetLevel = (context, elapsed, error) =>
            error is not null || context.Response.StatusCode >= 500 && context.Response.StatusCode != StatusCodes.Status503ServiceUnavailable ? LogEventLevel.Error
            : context.WebSockets.IsWebSocketRequest ? LogEventLevel.Debug
            : elapsed > 1_000 || context.Response.StatusCode is 401 or 403 or 429 || HttpMethods.IsPost(context.Request.Method) ? LogEventLevel.Information
            : LogEventLevel.Debug;
    });

    // The host logs a start that failed with a stack trace; RunToEnd says the same in one sentence.
    private static bool IsFailedStart(LogEvent e) =>
        e.Properties.TryGetValue("SourceContext", out var source) && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" }
        && e.Properties.TryGetValue("EventId", out var id) && id.ToString().Contains("HostedServiceStartupFaulted", StringComparison.Ordinal);
}
