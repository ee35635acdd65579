namespace FluxOps.Generator.Numbers;

/// <summary>Exponential from additions and multiplications only, which IEEE 754 fixes to the bit; the platform's own differs in the last place between C libraries.</summary>
internal static class PlainMath
{
    public static double Exp(double x)
    {
        const int Halvings = 6;
        var y = x / (1 << Halvings);
        double term = 1, sum = 1;
        for (var n = 1; n <= 12; n++)
        {
            term *= y / n;
            sum += term;
        }
        for (var i = 0; i < Halvings; i++)
            sum *= sum;
        return sum;
    }
}
