using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

public sealed class AttenuatedDeclineTests
{
    private static readonly double[] Ages = [0, 0.5, 2, 7.3, 11.9, 12.1, 15, 24, 40, 60, 120];

    [TestCase(36, 2, 12)]
    [TestCase(36, 0.4, 12)]
    [TestCase(40, 6, 12)]
    [TestCase(13, 1, 12)]
    [TestCase(12, 1, 12)]
    [TestCase(8, 1.5, 12)]
    [TestCase(40, 3, 48)]
    [TestCase(36, 3, 0.5)]
    [TestCase(36, 0, 12)]
    [TestCase(36, -0.3, 12)]
    [TestCase(0, 1, 12)]
    public void Fill_Course_MatchesTheDifferentialEquation(double baseline, double rate, double knee)
    {
        var model = new AttenuatedDecline { AttenuationScore = knee };

        double[] scores = TrajectoryTable.Scores(model, baseline, rate, Ages);

        for (int i = 0; i < Ages.Length; i++)
        {
            Assert.That(scores[i], Is.EqualTo(Integrate(baseline, rate, knee, Ages[i])).Within(1e-8), $"Age {Ages[i]}");
        }
    }

    [Test]
    public void Fill_LastPoints_AreNeverCrossed() =>
        Assert.That(
            TrajectoryTable.Scores(new AttenuatedDecline(), 30, 3, [20, 50, 100, 400]),
            Is.Ordered.Descending.And.All.Positive);

    [Test]
    public void Fill_AboveTheKnee_EqualsLinearDecline()
    {
        double[] ages = [0, 1, 5, 9.5];

        Assert.That(
            TrajectoryTable.Scores(new AttenuatedDecline(), 40, 2, ages),
            Is.EqualTo(TrajectoryTable.Scores(new LinearDecline(), 40, 2, ages)));
    }

    [Test]
    public void Fill_TimesInAnyOrder_GivesTheSameBits() =>
        Assert.That(
            TrajectoryTable.Scores(new AttenuatedDecline(), 30, 2, [.. Ages.Reverse()]).Reverse(),
            Is.EqualTo(TrajectoryTable.Scores(new AttenuatedDecline(), 30, 2, Ages)));

    [Test]
    public void Fill_BelowTheKnee_HalvesInKneeTimesLn2OverRate() =>
        Assert.That(
            TrajectoryTable.Scores(new AttenuatedDecline(), 12, 1.5, [8 * Math.Log(2), 16 * Math.Log(2)]),
            Is.EqualTo((double[])[6, 3]).Within(1e-13));

    // dY/dA = −r min(1, Y / F) by Runge–Kutta; the step that crosses the knee is split there, on the straight side.
    private static double Integrate(double y, double rate, double knee, double age)
    {
        if (rate <= 0)
        {
            return y - (rate * age);
        }

        double straight = Math.Clamp((y - knee) / rate, 0, age);
        y -= rate * straight;
        const int Steps = 20_000;
        double h = (age - straight) / Steps;
        double Slope(double score) => -rate * Math.Min(1, score / knee);
        for (int i = 0; i < Steps && h > 0; i++)
        {
            double k1 = Slope(y), k2 = Slope(y + (h / 2 * k1)), k3 = Slope(y + (h / 2 * k2)), k4 = Slope(y + (h * k3));
            y += h / 6 * (k1 + (2 * k2) + (2 * k3) + k4);
        }

        return y;
    }
}
