using FluxOps.Data.Serving;

namespace FluxOps.Blazor.Start;

/// <summary>Prints progress as a person wants to read it: each new thing once, and a long one every quarter.</summary>
public sealed class StartLog : IDisposable
{
    private readonly StartState _state;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Message, int Quarter)> _printed = [];

    public StartLog(StartState state, ILogger log)
    {
        (_state, _log) = (state, log);
        _state.Reported += Print;
    }

    public void Dispose() => _state.Reported -= Print;

    private void Print(StartProgress p)
    {
        var quarter = (int)((p.Fraction ?? 0) * 4);
        lock (_gate)
        {
            var known = _printed.TryGetValue(p.Step, out var last);
            // A message that only counts ("12,000 of 66,000") changes with each report: what it says apart from its numbers decides.
            if (known && last.Quarter == quarter && WithoutNumbers(last.Message) == WithoutNumbers(p.Message))
                return;
            _printed[p.Step] = (p.Message, quarter);
        }

        if (p.Fraction is > 0 and < 1)
            _log.LogInformation("{Step}: {Message} ({Percent:0} %)", p.Step, p.Message, p.Fraction * 100);
        else
            _log.LogInformation("{Step}: {Message}", p.Step, p.Message);
    }

    private static string WithoutNumbers(string message) => string.Concat(message.Where(c => !char.IsDigit(c) && c is not (',' or '.')));
}
