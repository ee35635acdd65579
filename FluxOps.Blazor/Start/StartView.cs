using System.Collections.Immutable;

namespace FluxOps.Blazor.Start;

/// <summary>One step of the start as it stands now.</summary>
/// <param name="Fraction">0 to 1 where it is known.</param>
public sealed record StartStep(string Name, string Message, double? Fraction, bool Done);

/// <summary>How far the start is. Immutable: console, start page and gate read the same.</summary>
/// <param name="Fault">Why it does not go on, for a person; null while it does.</param>
public sealed record StartView(ImmutableArray<StartStep> Steps, bool Ready, string? Fault)
{
    public static readonly StartView Begin = new([], false, null);

    public StartView With(string name, string message, double? fraction)
    {
        var step = new StartStep(name, message, fraction, fraction >= 1);
        for (var i = 0; i < Steps.Length; i++)
        {
            if (Steps[i].Name == name)
                return this with { Steps = Steps.SetItem(i, step) };
        }

        return this with { Steps = Steps.Add(step) };
    }

    public StartView Finished(string name) => this with { Steps = [.. Steps.Select(s => s.Name == name ? s with { Done = true } : s)] };
}
