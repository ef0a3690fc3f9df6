using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Mean curves that are written down, and the time between them worked out by hand. Visits come every four weeks, so that times are
/// counted in visits.</summary>
public sealed class TimeSavedTests
{
    private static readonly double Visit = StudyTime.MonthsFromWeeks(4);

    // Early reaches −3 at visit 4; the delayed arm passed −3 half-way from −2 to −4, at visit 1.5: 2.5 visits saved.
    [Test]
    public void Fit_EarlyStartBetter_IsTheTimeSinceTheDelayedArmWasThere() =>
        AssertSaved([0, -2, -4, -5, -6], [0, -1, -2, -2.5, -3], 2.5);

    // The other way round, with the sign turned.
    [Test]
    public void Fit_EarlyStartWorse_IsNegative() => AssertSaved([0, -1, -2, -2.5, -3], [0, -2, -4, -5, -6], -2.5);

    // −1 was passed by the delayed arm between randomisation, where changes are zero, and visit 1.
    [Test]
    public void Fit_LevelOfTheFirstSegment_CountsFromRandomisation() => AssertSaved([0, -2, -3, -4, -5], [0, 0, 0, -0.5, -1], 3.5);

    [Test]
    public void Fit_LevelExactlyAtAVisit_IsThatVisit() => AssertSaved([0, -1, -2, -3, -4], [0, -0.5, -1, -1.5, -2], 2);

    [Test]
    public void Fit_CurvesMeetAtTheEnd_SavesNothing() => AssertSaved([0, -1, -2, -3, -4], [0, -0.5, -1, -1.5, -4], 0);

    // A gain of the early arm is a level that the other never had.
    [Test]
    public void Fit_LevelNeverReached_IsUndefined() => AssertUndefined([0, -1, -2, -3, -4], [0, 1, 1, 1, 1]);

    [Test]
    public void Fit_LevelPassedTwice_IsUndefined() => AssertUndefined([0, -3, -1, -3, -4], [0, -1, -1, -1.5, -2]);

    // Scores have no common start: −1.5 of a level lies above the first visit of the other curve.
    [Test]
    public void Fit_ScoresAboveTheFirstVisit_IsUndefined()
    {
        DelayedStartAnalysis scores = Analysis with { Response = AncovaResponse.Score };
        PlainTrial trial = Trial([0, -2, -3, -4, -5], [0, 0, 0, -0.5, -1]);
        Assert.That(scores.Fit(trial.ToData()).MonthsSaved.Months, Is.NaN);
    }

    // Var(E − D(s)) over the squared slope, from the pooled covariance of the changes: D(s) is half of visits 1 and 2.
    [Test]
    public void Fit_EarlyStartBetter_HasTheDeltaMethodsError()
    {
        PlainTrial trial = Trial([0, -2, -4, -5, -6], [0, -1, -2, -2.5, -3]);
        double[] end = DelayedStartTests.Changes(trial, 4);
        double[] middle = [.. DelayedStartTests.Changes(trial, 1).Zip(DelayedStartTests.Changes(trial, 2), (a, b) => (a + b) / 2)];
        double error = Math.Sqrt((Pooled(trial, end) / 9) + (Pooled(trial, middle) / 9)) / (2 / Visit);
        TimeSaved saved = Analysis.Fit(trial.ToData()).MonthsSaved;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.StandardError, Nearly.Equal(error, 1e-9));
            Assert.That(saved.Lower, Nearly.Equal((2.5 * Visit) - (1.959963984540054 * error), 1e-9));
            Assert.That(saved.Upper, Nearly.Equal((2.5 * Visit) + (1.959963984540054 * error), 1e-9));
        }
    }

    private static DelayedStartAnalysis Analysis { get; } = new() { FirstWeek = 8, SecondWeek = 16, Covariates = [] };

    private static void AssertSaved(double[] delayed, double[] early, double visits)
    {
        TimeSaved saved = Analysis.Fit(Trial(delayed, early).ToData()).MonthsSaved;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.Months, Is.EqualTo(visits * Visit).Within(1e-9));
            Assert.That(saved.StandardError, Is.GreaterThan(0));
            Assert.That(saved.Lower + saved.Upper, Is.EqualTo(2 * saved.Months).Within(1e-9));
        }
    }

    private static void AssertUndefined(double[] delayed, double[] early)
    {
        TimeSaved saved = Analysis.Fit(Trial(delayed, early).ToData()).MonthsSaved;
        Assert.That(new[] { saved.Months, saved.StandardError, saved.Lower, saved.Upper }, Is.All.NaN);
    }

    // Nine participants an arm whose deviations sum to zero at each visit: one and the same in both arms.
    private static PlainTrial Trial(double[] delayed, double[] early)
    {
        var random = new Random(12);
        double[][] deviations = [.. Enumerable.Range(0, 5).Select(v => Centred(random, v == 0 ? 0 : 1))];
        return new PlainTrial
        {
            VisitWeeks = [0, 4, 8, 12, 16],
            Arms = [.. Enumerable.Range(0, 18).Select(p => (byte)(p % 2))],
            Scores = [.. Enumerable.Range(0, 18).Select(p => Enumerable.Range(0, 5)
                .Select(v => 30 + (p % 2 == 0 ? delayed : early)[v] + deviations[v][p / 2]).ToArray())],
        };
    }

    // Eighths, so that sums are exact.
    private static double[] Centred(Random random, double size)
    {
        double[] half = [.. Enumerable.Range(0, 4).Select(_ => size * random.Next(1, 17) / 8)];
        double[] all = [.. half, .. half.Select(x => -x), 0];
        return [.. all.OrderBy(_ => random.Next())];
    }

    private static double Pooled(PlainTrial trial, double[] values) =>
        Enumerable.Range(0, 2).Sum(arm =>
        {
            double[] own = [.. values.Where((_, p) => trial.Arms[p] == arm)];
            return own.Sum(x => (x - own.Average()) * (x - own.Average()));
        }) / 16;
}
