namespace FluxOps.Tests;

public class SmokeTests
{
    [Fact]
    public void ProjectBuilds() => Assert.Equal(96, 24 * 4);
}
