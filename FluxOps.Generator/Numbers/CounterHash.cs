namespace FluxOps.Generator.Numbers;

/// <summary>
/// Random-looking numbers from counters: the same arguments give the same number on any machine and in any order, so nothing has to be
/// remembered between calls. The mixing step is SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
public static class CounterHash
{
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    public static ulong Of(ulong seed, long a, long b) => Mix(Mix(seed ^ (ulong)a * 0xD6E8FEB86659FD93UL) ^ (ulong)b);

    public static ulong Of(ulong seed, long a, long b, long c) => Mix(Of(seed, a, b) ^ (ulong)c * 0xA0761D6478BD642FUL);

    /// <summary>0 ≤ value &lt; 1.</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 ≤ value &lt; n.</summary>
    public static int Below(ulong hash, int n) => (int)(((hash >> 32) * (ulong)n) >> 32);

    /// <summary>About standard normal: the sum of four 16-bit uniforms, scaled (Irwin–Hall). Bounded by ±3.46, which suits physical spreads.</summary>
    public static double Normal(ulong hash)
    {
        var sum = (hash & 0xFFFF) + ((hash >> 16) & 0xFFFF) + ((hash >> 32) & 0xFFFF) + (hash >> 48);
        return (sum / 65536.0 - 2.0) * 1.7320508075688772;
    }
}
