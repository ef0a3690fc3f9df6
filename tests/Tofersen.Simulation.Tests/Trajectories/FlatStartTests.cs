using Tofersen.Simulation.Common;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

public sealed class FlatStartTests
{
    private static readonly FlatStart Model = new()
    {
        Underlying = new LinearDecline(),
        FullByWeeks = 8,
        GoneAfterWeeks = 12,
    };

    // Rises by a quarter of the height every two weeks to week 8, then falls by a twelfth a week to week 20.
    [TestCase(0, 0)]
    [TestCase(2, 0.5)]
    [TestCase(6, 1.5)]
    [TestCase(8, 2)]
    [TestCase(11, 1.5)]
    [TestCase(14, 1)]
    [TestCase(20, 0)]
    [TestCase(21, 0)]
    [TestCase(148, 0)]
    public void Fill_TwoPoints_AddsTheTriangle(double week, double gain)
    {
        double month = StudyTime.MonthsFromWeeks(week);

        double[] scores = TrajectoryTable.Scores(Model, 40, 1, [month], flatStart: 2);

        Assert.That(scores[0] - (40 - month), Is.EqualTo(gain).Within(1e-13));
    }

    [Test]
    public void Fill_SlowedDisease_TheGainKeepsToTheCalendar()
    {
        double[] months = [StudyTime.MonthsFromWeeks(8), StudyTime.MonthsFromWeeks(14)];

        double[] scores = TrajectoryTable.Scores(Model, 40, 1, diseaseMonths: [0.5, 0.75], months, flatStart: 2);

        Assert.That(scores, Is.EqualTo((double[])[41.5, 40.25]).Within(1e-13));
    }

    [Test]
    public void Fill_NegativeHeight_IsAnEarlyLoss() =>
        Assert.That(
            TrajectoryTable.Scores(Model, 40, 0, [StudyTime.MonthsFromWeeks(4)], flatStart: -1)[0],
            Is.EqualTo(39.5).Within(1e-13));

    [Test]
    public void Fill_NoHeight_IsTheUnderlyingTrajectory()
    {
        double[] ages = [0, 1, 2, 5];

        Assert.That(
            TrajectoryTable.Scores(Model, 40, 1.3, ages),
            Is.EqualTo(TrajectoryTable.Scores(new LinearDecline(), 40, 1.3, ages)));
    }

    [Test]
    public void Fill_OnAttenuatedDecline_AddsToIt()
    {
        var underlying = new AttenuatedDecline();
        double[] ages = [StudyTime.MonthsFromWeeks(8)];

        double[] scores = TrajectoryTable.Scores(Model with { Underlying = underlying }, 14, 4, ages, flatStart: 2);

        Assert.That(scores[0] - TrajectoryTable.Scores(underlying, 14, 4, ages)[0], Is.EqualTo(2).Within(1e-13));
    }
}
