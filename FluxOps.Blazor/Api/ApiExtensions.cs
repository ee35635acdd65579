using System.Text.Json;
using System.Text.Json.Serialization;
using FluxOps.Blazor.Topology;

namespace FluxOps.Blazor.Api;

public static class ApiExtensions
{
    /// <summary>The REST interface: validation, problems as RFC 9457, its description.</summary>
    public static IHostApplicationBuilder AddFluxOpsApi(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddProblemDetails();
        services.AddValidation();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        // Over https too: these answers carry no secret that a chosen input could be compressed beside.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["application/json", "application/geo+json", "application/problem+json", AnswerFormat.BinaryType, "text/csv"];
        });
        services.AddOpenApi(o =>
        {
            o.ShouldInclude = d => d.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path is "health" or "ready");
            o.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "FluxOps";
                document.Info.Description = "The live grid and its meters. Times are UTC; a value's unit is in its name or its description. Sign in with the browser's cookie; any role may read.";
                return Task.CompletedTask;
            });
        });
        return builder;
    }

    /// <summary>Everything under <c>/api</c>, its description at <c>/openapi/v1.json</c>, and the health endpoints.</summary>
    public static WebApplication MapFluxOpsApi(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), branch => branch.UseResponseCompression().Use((http, next) => Problems.ExplainBadRequestsAsync(http, next)));
        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapSubstations();
        api.MapAmi();
        api.MapTopology();
        api.MapKpis();
        api.MapFallback("/{**path}", (string? path) => Problems.NotFound($"There is no /api/{path}. See /openapi/v1.json for what there is.")).ExcludeFromDescription();
        app.MapHealth();
        app.MapOpenApi().RequireAuthorization();
        return app;
    }

    /// <summary>What <see cref="SnapshotFilter"/> may answer.</summary>
    internal static RouteHandlerBuilder DocumentsSnapshot(this RouteHandlerBuilder endpoint) => endpoint
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
