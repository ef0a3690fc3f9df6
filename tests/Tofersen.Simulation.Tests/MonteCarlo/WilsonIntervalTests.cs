using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class WilsonIntervalTests
{
    // R 4.2.2: prop.test(successes, trials, correct = FALSE)$conf.int
    [Category("Reference")]
    [TestCase(0, 10, 0, 0.2775327998628891)]
    [TestCase(1, 10, 0.01787621309507289, 0.4041500267952384)]
    [TestCase(5, 10, 0.236593090512564, 0.7634069094874359)]
    [TestCase(10, 10, 0.7224672001371109, 1)]
    [TestCase(0, 1, 0, 0.7934506856227626)]
    [TestCase(1, 1, 0.2065493143772375, 1)]
    [TestCase(7, 23, 0.1560402445321403, 0.508657562687592)]
    [TestCase(501, 10_000, 0.04599440546592007, 0.05455111626801472)]
    [TestCase(999_999, 1_000_000, 0.9999943350881957, 0.9999998234754233)]
    [TestCase(0, 100_000_000, 0, 3.841458673126071e-08)]
    public void Of_Counts_MatchesR(int successes, int trials, double lower, double upper)
    {
        (double actualLower, double actualUpper) = WilsonInterval.Of(successes, trials);

        Assert.That(actualLower, Is.EqualTo(lower).Within(1e-13));
        Assert.That(actualUpper, Is.EqualTo(upper).Within(1e-13));
    }

    // The limits are where the score test of p has statistic ±z: (p̂ − p)² = z² p (1 − p) / n.
    [TestCase(3, 17)]
    [TestCase(80, 100)]
    [TestCase(12_345, 100_000)]
    public void Of_Limits_SolveTheScoreEquation(int successes, int trials)
    {
        (double lower, double upper) = WilsonInterval.Of(successes, trials);
        double observed = successes / (double)trials;
        foreach (double p in (double[])[lower, upper])
        {
            double z = Math.Abs(observed - p) / Math.Sqrt(p * (1 - p) / trials);
            Assert.That(z, Is.EqualTo(1.959963984540054).Within(1e-10));
        }
    }

    [Test]
    public void Of_SuccessesAndFailuresSwapped_IsMirrored()
    {
        (double lower, double upper) = WilsonInterval.Of(3, 17);
        (double mirroredLower, double mirroredUpper) = WilsonInterval.Of(14, 17);

        Assert.That(mirroredLower, Is.EqualTo(1 - upper).Within(1e-15));
        Assert.That(mirroredUpper, Is.EqualTo(1 - lower).Within(1e-15));
    }

    [TestCase(0, 0, "trials")]
    [TestCase(0, -1, "trials")]
    [TestCase(-1, 10, "successes")]
    [TestCase(11, 10, "successes")]
    public void Of_ImpossibleCounts_ThrowsNamingTheParameter(int successes, int trials, string name) =>
        Assert.That(
            () => WilsonInterval.Of(successes, trials),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
}
