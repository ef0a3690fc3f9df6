using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Populations;

public sealed class RateDistributionTests
{
    private static IEnumerable<TestCaseData> GammaQuantiles() => ReferenceFile.Cases("gamma", "expected", "mean", "sd", "z");

    // R's qgamma; see ReferenceData/gamma/README.md.
    [Category("Reference")]
    [TestCaseSource(nameof(GammaQuantiles))]
    public void AtNormalScore_GammaRate_MatchesReference(object quantile)
    {
        var row = (ReferenceRow)quantile;
        double z = row.Number("z");
        double tolerance = Math.Abs(z) <= 5 ? 1e-9 : 1e-8;
        Assert.That(Gamma(row).AtNormalScore(z), Nearly.Equal(row.Number("value"), tolerance));
    }

    [Category("Reference")]
    [TestCaseSource(nameof(GammaQuantiles))]
    public void AtNormalScore_SamplerOfGammaRate_MatchesReference(object quantile)
    {
        var row = (ReferenceRow)quantile;
        Assert.That(new RateSampler(Gamma(row)).AtNormalScore(row.Number("z")), Nearly.Equal(row.Number("value"), 1e-6));
    }

    // The square of the ratio of SD to mean is no number; nearly everybody has a rate of 0 to any digit.
    [Test]
    public void AtNormalScore_LogNormalRateWithNextToNoMean_IsANumber([Values(-3.0, 0, 3)] double z)
    {
        var rate = new LogNormalRate { Mean = 1e-300, Sd = 1.8 };

        Assert.That(rate.LogSd, Is.EqualTo(Math.Sqrt(2 * (Math.Log(1.8) + (300 * Math.Log(10))))).Within(1e-12));
        Assert.That(rate.AtNormalScore(z), Is.EqualTo(0).Within(1e-100));
    }

    // The reference scores are knots of the table; these lie between knots, where the cubic has its largest error.
    [TestCase(1.35, 1.45)]
    [TestCase(0.42, 0.5)]
    [TestCase(1, 0.05)]
    [TestCase(0.5, 2)]
    [TestCase(1, 5)]
    [TestCase(1, 0.02)]
    public void AtNormalScore_SamplerBetweenKnots_AgreesWithTheQuantile(double mean, double sd)
    {
        var rate = new GammaRate { Mean = mean, Sd = sd };
        var sampler = new RateSampler(rate);
        using (Assert.EnterMultipleScope())
        {
            for (double z = -6; z <= 6; z += 0.137)
            {
                Assert.That(sampler.AtNormalScore(z), Nearly.Equal(rate.AtNormalScore(z), 1e-6), $"z = {z}");
            }
        }
    }

    // R: a <- (m / s)^2; qgamma(pnorm(z), a, m / s^2), and with both lower.tail = FALSE and pnorm(-z) for z > 0.
    [Category("Reference")]
    [TestCase(1.35, 1.45, -8, 4.2150361156564e-18)]
    [TestCase(1.35, 1.45, 8, 53.6461875377113)]
    [TestCase(1.35, 1.45, 9, 67.0177851903995)]
    [TestCase(0.42, 0.5, 8.5, 22.5392262698926)]
    public void AtNormalScore_ScoreFarOut_MatchesReference(double mean, double sd, double z, double expected)
    {
        var rate = new GammaRate { Mean = mean, Sd = sd };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rate.AtNormalScore(z), Nearly.Equal(expected, 1e-7));
            Assert.That(new RateSampler(rate).AtNormalScore(z), Nearly.Equal(expected, 1e-6));
        }
    }

    [TestCase(1.35, 1.45)]
    [TestCase(0.1, 3)]
    [TestCase(40, 0.01)]
    public void LogNormalRate_LogMeanAndSd_GiveBackMeanAndSd(double mean, double sd)
    {
        var rate = new LogNormalRate { Mean = mean, Sd = sd };
        double variance = rate.LogSd * rate.LogSd;
        double impliedMean = Math.Exp(rate.LogMean + (variance / 2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(impliedMean, Nearly.Equal(mean, 1e-12));
            Assert.That(impliedMean * Math.Sqrt(Math.Exp(variance) - 1), Nearly.Equal(sd, 1e-9));
            Assert.That(rate.AtNormalScore(0), Nearly.Equal(Math.Exp(rate.LogMean), 1e-14));
            Assert.That(rate.AtNormalScore(1.5) / rate.AtNormalScore(0.5), Nearly.Equal(Math.Exp(rate.LogSd), 1e-12));
        }
    }

    [Test]
    public void LogNormalRate_NoSpread_IsItsMeanEverywhere()
    {
        var rate = new LogNormalRate { Mean = 1.2, Sd = 0 };
        Assert.That(rate.AtNormalScore(3), Nearly.Equal(1.2, 1e-14));
    }

    // Trapezium rule over the normal density, which converges geometrically for smooth integrands.
    [Test]
    public void AtNormalScore_OverAllScores_HasTheMeanAndSd(
        [Values(0.42, 1.35)] double mean, [Values("log-normal", "gamma", "normal")] string kind)
    {
        const double Sd = 0.5;
        const double Step = 1.0 / 64;
        RateDistribution rate = kind switch
        {
            "gamma" => new GammaRate { Mean = mean, Sd = Sd },
            "normal" => new NormalRate { Mean = mean, Sd = Sd },
            _ => new LogNormalRate { Mean = mean, Sd = Sd },
        };
        double first = 0;
        double second = 0;
        for (double z = -8; z <= 8; z += Step)
        {
            double weight = Step * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            double value = rate.AtNormalScore(z);
            first += weight * value;
            second += weight * value * value;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Nearly.Equal(mean, 1e-8));
            Assert.That(Math.Sqrt(second - (first * first)), Nearly.Equal(Sd, 1e-7));
        }
    }

    [Test]
    public void AtNormalScore_Samplers_AgreeWithTheirDistributions()
    {
        RateDistribution[] rates = [new LogNormalRate { Mean = 1.2, Sd = 0.9 }, new NormalRate { Mean = -1, Sd = 2 }];
        using (Assert.EnterMultipleScope())
        {
            foreach (RateDistribution rate in rates)
            {
                var sampler = new RateSampler(rate);
                foreach (double z in (double[])[-9.5, -3, -0.1, 0, 0.7, 4, 9.5])
                {
                    Assert.That(sampler.AtNormalScore(z), Nearly.Equal(rate.AtNormalScore(z), 1e-14));
                }
            }
        }
    }

    private static GammaRate Gamma(ReferenceRow row) => new() { Mean = row.Number("mean"), Sd = row.Number("sd") };
}
