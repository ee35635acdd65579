namespace FluxOps.Generator.Numbers;

/// <summary>A stream of numbers from a seed and a purpose: <see cref="CounterHash"/> over 0, 1, 2, …</summary>
internal struct Sequence(ulong seed, long purpose)
{
    private readonly ulong _key = CounterHash.Of(seed, purpose, 0x51);
    private ulong _counter;

    public ulong Next() => CounterHash.Mix(_key + _counter++ * 0x9E3779B97F4A7C15UL);

    public double Unit() => CounterHash.Unit(Next());

    public double Between(double low, double high) => low + (high - low) * Unit();

    public int Below(int n) => CounterHash.Below(Next(), n);

    public double Normal() => CounterHash.Normal(Next());
}
