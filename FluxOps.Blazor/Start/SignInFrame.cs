using FluxOps.Blazor.Security;

namespace FluxOps.Blazor.Start;

/// <summary>The frame with the address and the one-time link. It goes straight to the console, past the log, so that no log keeps the token.</summary>
public static class SignInFrame
{
    public static string Text(string address, SignInLink link, TimeZoneInfo zone)
    {
        string[] lines =
        [
            "FluxOps is at " + address,
            "",
            "Sign in as admin with this link. It works once, until " + TimeZoneInfo.ConvertTime(link.Until, zone).ToString("HH:mm") + ":",
            "",
            "    " + address + link.Path,
        ];
        var width = lines.Max(l => l.Length);
        var edge = "+" + new string('-', width + 4) + "+";
        return $"{Environment.NewLine}{edge}{Environment.NewLine}{string.Concat(lines.Select(l => $"|  {l.PadRight(width)}  |{Environment.NewLine}"))}{edge}{Environment.NewLine}{Environment.NewLine}";
    }
}
