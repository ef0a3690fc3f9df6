using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

/// <summary>Moments and tails of the normal sampler over 50 million draws.</summary>
[Category("Statistical")]
public sealed class NormalTailTests
{
    private const int Draws = 50_000_000;

    private readonly double[] _powerSums = new double[7];
    private readonly long[] _above = new long[3];
    private readonly long[] _below = new long[3];

    [OneTimeSetUp]
    public void Draw()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(301), 0, 0, DrawPurpose.Trajectory);
        double first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0;
        for (int i = 0; i < Draws; i++)
        {
            double z = random.NextNormal();
            double square = z * z;
            first += z;
            second += square;
            third += square * z;
            fourth += square * square;
            fifth += square * square * z;
            sixth += square * square * square;
            for (int t = 0; square > 9 && t < 3; t++)
            {
                _above[t] += z > t + 3 ? 1 : 0;
                _below[t] += z < -(t + 3) ? 1 : 0;
            }
        }

        double[] sums = [Draws, first, second, third, fourth, fifth, sixth];
        sums.CopyTo(_powerSums, 0);
    }

    // E Z^k and the variance E Z^2k − (E Z^k)² of its mean, from E Z^2m = (2m − 1)!!.
    [TestCase(1, 0, 1)]
    [TestCase(2, 1, 2)]
    [TestCase(3, 0, 15)]
    [TestCase(4, 3, 96)]
    [TestCase(5, 0, 945)]
    [TestCase(6, 15, 10_170)]
    public void NextNormal_Moment_MatchesNormal(int order, double moment, double variance) =>
        Assert.That(
            _powerSums[order] / Draws,
            Is.EqualTo(moment).Within(FalseAlarm.StandardErrors * Math.Sqrt(variance / Draws)));

    // One-sided normal tails from R: pnorm(-3), pnorm(-4), pnorm(-5).
    [TestCase(3, 1.34989803163009e-03)]
    [TestCase(4, 3.16712418331199e-05)]
    [TestCase(5, 2.86651571879194e-07)]
    public void NextNormal_TailCount_IsWithinBinomialLimits(int deviations, double probability)
    {
        Assert.That(
            FalseAlarm.BinomialTail(probability, Draws, _above[deviations - 3]), Is.GreaterThan(FalseAlarm.Rate / 2));
        Assert.That(
            FalseAlarm.BinomialTail(probability, Draws, _below[deviations - 3]), Is.GreaterThan(FalseAlarm.Rate / 2));
    }
}
