using System.Text.RegularExpressions;
using FluxOps.Blazor.Topology;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxOps.Blazor.Api;

/// <summary>What the API answers when it cannot: RFC 9457, with the field and the limit named.</summary>
internal static partial class Problems
{
    private const int RetryAfterSeconds = 2;

    public static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    public static ProblemHttpResult NotFound(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static ProblemHttpResult NotYet(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
        return TypedResults.Problem("The first values of the grid have not arrived yet.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready");
    }

    /// <summary>A parameter that is not even of its type fails before any handler or validation. This says so in the same words as the rest.</summary>
    public static async Task ExplainBadRequestsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (NetworkReplacedException e) when (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
            await TypedResults.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready").ExecuteAsync(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            // Failed to bind parameter "int take" from "many".
            // Required parameter "string bbox" was not provided from query string.
            var binding = Binding().Match(e.Message);
            var missing = Missing().Match(e.Message);
            IResult problem = binding.Success ? Invalid(binding.Groups[2].Value, $"\"{binding.Groups[3].Value}\" is not {TypeInWords(binding.Groups[1].Value)}.")
                : missing.Success ? Invalid(missing.Groups[1].Value, "This parameter is required.")
                : TypedResults.Problem(e.Message, statusCode: e.StatusCode);
            await problem.ExecuteAsync(http);
        }
    }

    private static string TypeInWords(string type) => type.TrimEnd('?').Replace("Nullable<", "").TrimEnd('>') switch
    {
        "int" or "long" => "a whole number in range",
        "double" or "float" => "a number",
        "bool" => "true or false",
        var other => $"a valid {other}",
    };

    [GeneratedRegex("^Failed to bind parameter \"(\\S+) (\\w+)\" from \"(.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Binding();

    [GeneratedRegex("^Required parameter \"\\S+ (\\w+)\" was not provided")]
    private static partial Regex Missing();
}
