using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace FluxOps.Blazor.Logging;

/// <summary>Keeps the token of a sign-in link out of every log line: the host puts the request's path into the scope of whatever is logged during it.</summary>
public sealed partial class SignInLinkMask : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // By its text, not its type: the framework logs paths as strings, as PathString and within longer values.
        foreach (var (name, value) in logEvent.Properties.Where(p => Pattern().IsMatch(p.Value.ToString())).ToArray())
            logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(Mask(value is ScalarValue { Value: string text } ? text : value.ToString()))));
    }

    // /signin/link/Zm9v… → /signin/link/***; routing also logs it without the first slash
    public static string Mask(string text) => Pattern().Replace(text, "$1***");

    [GeneratedRegex("(signin/link/)[^/?#\\s\"]+", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
