using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace FluxOps.Blazor.Logging;

/// <summary>Keeps the token of a sign-in link out of every log line: the host puts the request's path into the scope of whatever is logged during it.</summary>
public sealed partial class SignInLinkMask : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.Where(p => p.Value is ScalarValue { Value: string text } && Pattern().IsMatch(text)).ToArray())
            logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(Mask((string)((ScalarValue)value).Value!))));
    }

    // /signin/link/Zm9v… → /signin/link/***
    public static string Mask(string text) => Pattern().Replace(text, "$1***");

    [GeneratedRegex("(/signin/link/)[^/?#\\s\"]+", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
