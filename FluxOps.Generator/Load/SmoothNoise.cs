using FluxOps.Generator.Numbers;

namespace FluxOps.Generator.Load;

/// <summary>Noise that is continuous in time and needs no memory: hashed values at equal steps of time, eased between.</summary>
internal static class SmoothNoise
{
    /// <summary>About standard normal at the steps, somewhat less between them.</summary>
    /// <param name="at">Time in steps.</param>
    public static double At(ulong seed, long what, double at)
    {
        double step = Math.Floor(at), u = at - step;
        double a = CounterHash.Normal(CounterHash.Of(seed, what, (long)step)), b = CounterHash.Normal(CounterHash.Of(seed, what, (long)step + 1));
        return a + (b - a) * u * u * (3 - 2 * u);
    }
}
