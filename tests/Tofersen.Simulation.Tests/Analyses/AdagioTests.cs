using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The three hypotheses on complete data: Student's tests of each participant's own slope.</summary>
public sealed class AdagioTests
{
    // Visits 0 to 3 before the switch, 3 to 5 after it.
    [Test]
    public void Fit_CompleteChanges_TestsEachParticipantsSlopeOfLeastSquares([Range(1, 5)] int seed)
    {
        PlainTrial trial = DelayedStartTests.Complete(seed);
        AdagioFit fit = Analysis.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            DelayedStartTests.AssertTwoSample(fit.FirstSlope, trial, Slopes(trial, 0, 3));
            DelayedStartTests.AssertTwoSample(fit.EndDifference, trial, DelayedStartTests.Changes(trial, 5));
            DelayedStartTests.AssertTwoSample(fit.SecondSlope, trial, Slopes(trial, 3, 5), -0.15);
        }
    }

    // The model of scores has no baseline visit, so the first slope begins at the visit after it.
    [Test]
    public void Fit_CompleteScores_LeavesTheBaselineOut()
    {
        PlainTrial trial = DelayedStartTests.Complete(7);
        AdagioFit fit = (Analysis with { Response = AncovaResponse.Score }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            DelayedStartTests.AssertTwoSample(fit.FirstSlope, trial, Slopes(trial, 1, 3));
            DelayedStartTests.AssertTwoSample(fit.EndDifference, trial, [.. trial.Scores.Select(s => s[5])]);
            DelayedStartTests.AssertTwoSample(fit.SecondSlope, trial, Slopes(trial, 3, 5), -0.15);
        }
    }

    [Test]
    public void Run_EachHypothesis_IsItsPartOfTheFit([Range(1, 8)] int seed)
    {
        TrialData data = DelayedStartTests.Complete(seed, gain: (seed % 3) - 1).ToData();
        AdagioFit fit = Analysis.Fit(data);
        double second = DelayedStartTests.OneSided(fit.SecondSlope);
        double largest = Math.Max(
            second, Math.Max(DelayedStartTests.OneSided(fit.FirstSlope), DelayedStartTests.OneSided(fit.EndDifference)));
        AnalysisResult At(AdagioHypothesis hypothesis) =>
            (Analysis with { Hypothesis = hypothesis }).CreateWorker(data.Layout).Run(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(AdagioHypothesis.FirstSlope), Is.EqualTo(fit.FirstSlope));
            Assert.That(At(AdagioHypothesis.EndDifference), Is.EqualTo(fit.EndDifference));
            Assert.That(
                At(AdagioHypothesis.SlopeNonInferiority), Is.EqualTo(fit.SecondSlope with { PValue = Math.Min(1, 2 * second) }));
            Assert.That(At(AdagioHypothesis.All), Is.EqualTo(fit.All));
            Assert.That(fit.All with { PValue = 0 }, Is.EqualTo(fit.EndDifference with { PValue = 0 }));
            Assert.That(fit.All.PValue, Nearly.Equal(Math.Min(1, 2 * largest), 1e-14));
        }
    }

    // Shifting the margin shifts the test, not the estimate: the interval of the slopes stays where it was.
    [Test]
    public void Fit_OtherMargin_MovesTheTestAlone()
    {
        TrialData data = DelayedStartTests.Complete(2).ToData();
        AnalysisResult none = (Analysis with { MarginPerMonth = 0 }).Fit(data).SecondSlope;
        AnalysisResult wide = (Analysis with { MarginPerMonth = 1.25 }).Fit(data).SecondSlope;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wide.Statistic, Nearly.Equal(none.Statistic + (1.25 / none.StandardError), 1e-12));
            Assert.That(wide with { Statistic = none.Statistic, PValue = none.PValue }, Is.EqualTo(none));
        }
    }

    [Test]
    public void Fit_SwappedArms_FlipsTheDifferences()
    {
        PlainTrial trial = DelayedStartReferenceTests.Read("gaps90");
        AdagioAnalysis analysis = Analysis with { MarginPerMonth = 0 };
        AdagioFit fit = analysis.Fit(trial.ToData());
        AdagioFit swapped = analysis.Fit(trial.WithArmsSwapped().ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(swapped.FirstSlope.Statistic, Nearly.Equal(-fit.FirstSlope.Statistic, 1e-8, 1));
            Assert.That(swapped.EndDifference.Statistic, Nearly.Equal(-fit.EndDifference.Statistic, 1e-8, 1));
            Assert.That(swapped.SecondSlope.Statistic, Nearly.Equal(-fit.SecondSlope.Statistic, 1e-8, 1));
        }
    }

    [Test]
    public void CreateWorker_PeriodsOverlap_ThrowsNamingTheWeeks() =>
        Assert.That(
            () => (Analysis with { SecondFromWeek = 16 }).CreateWorker(Layout),
            Throws.ArgumentException.With.Message.Contains("week 16").And.Message.Contains("week 28"));

    [TestCase(28, 28, 28, 52)]
    [TestCase(28, 8, 28, 52)]
    [TestCase(0, 28, 52, 52)]
    public void CreateWorker_PeriodOfOneVisit_ThrowsSayingTwoAreNeeded(double from1, double to1, double from2, double to2) =>
        Assert.That(
            () => (Analysis with { FirstFromWeek = from1, FirstToWeek = to1, SecondFromWeek = from2, SecondToWeek = to2 })
                .CreateWorker(Layout),
            Throws.ArgumentException.With.Message.Contains("two visits"));

    [Test]
    public void CreateWorker_ScoresFromBaselineToTheFirstVisit_ThrowsSayingTwoAreNeeded() =>
        Assert.That(
            () => (Analysis with { Response = AncovaResponse.Score, FirstToWeek = 8 }).CreateWorker(Layout),
            Throws.ArgumentException.With.Message.Contains("two visits"));

    [Test]
    public void CreateWorker_WeekThatIsNoVisit_ThrowsNamingTheVisits() =>
        Assert.That(
            () => (Analysis with { FirstToWeek = 27 }).CreateWorker(Layout),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0, 8, 16, 28, 40, 52"));

    [TestCase(-0.01)]
    [TestCase(48.5)]
    [TestCase(double.NaN)]
    public void Margin_OutOfRange_Throws(double margin) =>
        Assert.That(() => Analysis with { MarginPerMonth = margin }, Throws.InstanceOf<ArgumentOutOfRangeException>());

    internal static AdagioAnalysis Analysis { get; } = new()
    {
        FirstFromWeek = 0,
        FirstToWeek = 28,
        SecondFromWeek = 28,
        SecondToWeek = 52,
        MarginPerMonth = 0.15,
        Covariates = [],
    };

    private static TrialLayout Layout => DelayedStartTests.Complete(1).ToData().Layout;

    private static double[] Slopes(PlainTrial trial, int from, int to)
    {
        double[] months = [.. trial.VisitWeeks[from..(to + 1)].Select(StudyTime.MonthsFromWeeks)];
        double mean = months.Average();
        return
        [
            .. trial.Scores.Select(scores =>
                months.Select((m, v) => (m - mean) * scores[from + v]).Sum() / months.Sum(m => (m - mean) * (m - mean))),
        ];
    }
}
