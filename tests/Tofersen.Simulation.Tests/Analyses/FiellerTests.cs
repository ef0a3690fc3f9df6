using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class FiellerTests
{
    // (ρ − 2)² ≤ 4(0.25 + 0.01ρ²) with independent estimates 2 and 1: 0.96ρ² − 4ρ + 3 ≤ 0.
    [Test]
    public void Interval_ClearDenominator_HoldsTheRootsOfTheQuadratic()
    {
        RatioInterval interval = Fieller.Interval(2, 1, 0.25, 0.01, 0, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(interval.Kind, Is.EqualTo(RatioIntervalKind.Bounded));
            Assert.That(interval.Ratio, Is.EqualTo(2));
            Assert.That(interval.Lower, Is.EqualTo((4 - Math.Sqrt(16 - (4 * 0.96 * 3))) / 1.92).Within(1e-14));
            Assert.That(interval.Upper, Is.EqualTo((4 + Math.Sqrt(16 - (4 * 0.96 * 3))) / 1.92).Within(1e-13));
        }
    }

    [TestCase(2, 1, 0.25, 0.01, 0.02)]
    [TestCase(-2, 1, 0.25, 0.01, 0.02)]
    [TestCase(2, -1, 0.25, 0.01, -0.02)]
    [TestCase(0.1, 1, 0.3, 0.1, 0.05)]
    [TestCase(2, 0.1, 0.25, 0.09, 0.03)]
    [TestCase(0.3, 0.1, 0.25, 0.09, 0.03)]
    [TestCase(0, 1, 0.25, 0.01, 0)]
    public void Contains_AnyRatio_IsWhatATestOfTheDifferenceSays(
        double numerator, double denominator, double numeratorVariance, double denominatorVariance, double covariance)
    {
        const double Quantile = 1.96;
        RatioInterval interval =
            Fieller.Interval(numerator, denominator, numeratorVariance, denominatorVariance, covariance, Quantile);
        for (double rho = -60.03; rho < 60; rho += 0.07)
        {
            double difference = numerator - (rho * denominator);
            double variance = numeratorVariance - (2 * rho * covariance) + (rho * rho * denominatorVariance);
            Assert.That(interval.Contains(rho), Is.EqualTo(Math.Abs(difference) <= Quantile * Math.Sqrt(variance)), $"{rho}");
        }
    }

    [Test]
    public void Interval_NothingIsKnown_IsUnbounded()
    {
        RatioInterval interval = Fieller.Interval(0.1, 0.1, 1, 1, 0, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(interval.Kind, Is.EqualTo(RatioIntervalKind.Unbounded));
            Assert.That(interval.Lower, Is.EqualTo(double.NegativeInfinity));
            Assert.That(interval.Upper, Is.EqualTo(double.PositiveInfinity));
            Assert.That(interval.Contains(1e9), Is.True);
        }
    }

    [Test]
    public void Interval_DenominatorNotSignificant_LiesOutsideTheLimits()
    {
        RatioInterval interval = Fieller.Interval(2, 0.1, 0.25, 0.09, 0, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(interval.Kind, Is.EqualTo(RatioIntervalKind.Exclusive));
            Assert.That(interval.Lower, Is.LessThan(interval.Upper));
            Assert.That(interval.Contains(interval.Ratio), Is.True);
            Assert.That(interval.Contains(0), Is.False);
        }
    }
}
