using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

public sealed class LinearDeclineTests
{
    [Test]
    public void Fill_DiseaseAge_LosesTheRateForEachDiseaseMonth()
    {
        double[] scores = TrajectoryTable.Scores(
            new LinearDecline(), baseline: 40, rate: 1.5, diseaseMonths: [0, 1, 2, 4], months: [0, 2, 4, 8]);

        Assert.That(scores, Is.EqualTo((double[])[40, 38.5, 37, 34]));
    }

    [Test]
    public void Fill_LongTime_FallsBelowTheScale() =>
        Assert.That(TrajectoryTable.Scores(new LinearDecline(), 10, 2, [10]), Is.EqualTo((double[])[-10]));

    [Test]
    public void Fill_NegativeRate_Improves() =>
        Assert.That(TrajectoryTable.Scores(new LinearDecline(), 40, -0.5, [0, 6]), Is.EqualTo((double[])[40, 43]));

    // Lengths around the width of any vector register.
    [Test]
    public void Fill_AnyNumberOfTimes_GivesTheSameBitsAsOneAtATime([Range(0, 33)] int length)
    {
        double[] ages = [.. Enumerable.Range(0, length).Select(i => Math.Sqrt(i) / 3)];

        double[] together = TrajectoryTable.Scores(new LinearDecline(), 37.3, 0.9137, ages);
        double[] single = [.. ages.Select(a => TrajectoryTable.Scores(new LinearDecline(), 37.3, 0.9137, [a])[0])];

        Assert.That(together, Is.EqualTo(single));
    }
}
