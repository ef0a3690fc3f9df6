using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

/// <summary>Kolmogorov–Smirnov tests of a million draws against MathNet's distribution functions.</summary>
[Category("Statistical")]
public sealed class DistributionTests
{
    private const int Draws = 1_000_000;

    [Test]
    public void NextUniform_MillionDraws_IsUniform() =>
        AssertFollows((ref r) => r.NextUniform(), x => x, seed: 101);

    [Test]
    public void NextUniformOpen_MillionDraws_IsUniform() =>
        AssertFollows((ref r) => r.NextUniformOpen(), x => x, seed: 102);

    [Test]
    public void NextNormal_MillionDraws_IsNormal() =>
        AssertFollows((ref r) => r.NextNormal(), x => Normal.CDF(0, 1, x), seed: 103);

    [Test]
    public void NextExponential_MillionDraws_IsExponential() =>
        AssertFollows((ref r) => r.NextExponential(), x => -double.ExpM1(-x), seed: 104);

    [TestCase(0.3)]
    [TestCase(1)]
    [TestCase(2.5)]
    [TestCase(50)]
    public void NextGamma_MillionDraws_IsGamma(double shape) =>
        AssertFollows((ref r) => r.NextGamma(shape), x => Gamma.CDF(shape, 1, x), seed: 105);

    [Test]
    public void NextNormal_SignAndSize_AreIndependent()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(106), 0, 0, DrawPurpose.Trajectory);
        var counts = new long[20];
        for (int i = 0; i < Draws; i++)
        {
            double z = random.NextNormal();
            double share = (2 * Normal.CDF(0, 1, Math.Abs(z))) - 1;
            counts[(z < 0 ? 10 : 0) + Math.Min(9, (int)(10 * share))]++;
        }

        Assert.That(FalseAlarm.ChiSquare(counts), Is.LessThan(FalseAlarm.ChiSquareLimit(19)));
    }

    private delegate double Sampler(ref TrialRandom random);

    private static void AssertFollows(Sampler sampler, Func<double, double> distribution, ulong seed)
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(seed), 0, 0, DrawPurpose.Trajectory);
        var draws = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            draws[i] = sampler(ref random);
        }

        Assert.That(
            FalseAlarm.KolmogorovSmirnov(draws, distribution), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }
}
