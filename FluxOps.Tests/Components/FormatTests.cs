using FluxOps.Blazor.Shell;

namespace FluxOps.Tests.Components;

public class FormatTests
{
    [Theory]
    [InlineData(21846.24, 1, "21,846.2")]
    [InlineData(-3.14159, 2, "−3.14")]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(0, 0, "0")]
    [InlineData(double.NaN, 1, "—")]
    [InlineData(double.PositiveInfinity, 1, "—")]
    public void NumbersHaveFixedDecimalsThousandsAndATrueMinus(double value, int decimals, string expected) =>
        Assert.Equal(expected, Format.Number(value, decimals));

    [Fact]
    public void NothingKnownIsADash() => Assert.Equal("—", Format.Percent(null, 2));

    [Theory]
    [InlineData(4.26, "+4.3")]
    [InlineData(-4.26, "−4.3")]
    [InlineData(0.01, "0.0")]
    public void AChangeHasItsSign(double value, string expected) => Assert.Equal(expected, Format.Signed(value, 1));

    [Theory]
    [InlineData(2, "2 s")]
    [InlineData(100, "1 m 40 s")]
    [InlineData(11_100, "3 h 5 m")]
    [InlineData(187_200, "2 d 4 h")]
    [InlineData(-1, "0 s")]
    public void AgesReadAsTheBrowserWritesThem(int seconds, string expected) => Assert.Equal(expected, Format.Age(TimeSpan.FromSeconds(seconds)));
}
