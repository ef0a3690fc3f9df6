using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Designs;

public sealed class StratumSizesTests
{
    [TestCase(108, new[] { 60.0 / 108, 48.0 / 108 }, new[] { 60, 48 })]
    [TestCase(200, new[] { 60.0 / 108, 48.0 / 108 }, new[] { 111, 89 })]
    [TestCase(100, new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 }, new[] { 34, 33, 33 })]
    [TestCase(101, new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 }, new[] { 34, 34, 33 })]
    [TestCase(10, new[] { 0.55, 0.25, 0.2 }, new[] { 6, 2, 2 })]
    [TestCase(10, new[] { 0.2, 0.25, 0.55 }, new[] { 2, 3, 5 })]
    [TestCase(2, new[] { 0.98, 0.01, 0.01 }, new[] { 2, 0, 0 })]
    [TestCase(7, new[] { 1.0 }, new[] { 7 })]
    public void FromShares_LargestRemainders_WorkedByHand(int participants, double[] shares, int[] expected) =>
        Assert.That(StratumSizes.FromShares(participants, shares), Is.EqualTo(expected));

    [Test]
    public void FromShares_AnyShares_SumToTheParticipantsAndStayWithinOne()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(611), 0, 0, DrawPurpose.Enrolment);
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] weights = [.. Enumerable.Range(0, 1 + random.NextBelow(12)).Select(_ => random.NextUniformOpen())];
            double[] shares = [.. weights.Select(w => w / weights.Sum())];
            int participants = 2 + random.NextBelow(1000);

            int[] sizes = StratumSizes.FromShares(participants, shares);

            Assert.That(sizes.Sum(), Is.EqualTo(participants));
            for (int s = 0; s < sizes.Length; s++)
            {
                Assert.That(sizes[s], Is.EqualTo(shares[s] * participants).Within(1));
            }
        }
    }
}
