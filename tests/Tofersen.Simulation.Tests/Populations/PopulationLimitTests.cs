using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Tests.Populations;

public sealed class PopulationLimitTests
{
    [Test]
    public void Strata_GammaRateFarMoreSpreadThanItsMean_ThrowsNamingTheLimit() =>
        Assert.That(
            () => new PopulationModel { Strata = [Plain with { DeclineRate = new GammaRate { Mean = 0.1, Sd = 1 } }] },
            Throws.ArgumentException.With.Message.Contains("5 times the mean"));

    private static Stratum Plain => new()
    {
        Name = "plain",
        Weight = 1,
        BaselineScoreMean = 36,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 1, Sd = 1 },
        ResidualSd = 1,
    };
}
