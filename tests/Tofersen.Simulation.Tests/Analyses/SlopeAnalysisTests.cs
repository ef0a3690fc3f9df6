using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class SlopeAnalysisTests
{
    private static readonly byte[] Arms = [0, 0, 0, 1, 1, 1];
    private static readonly double[] Slopes = [-1.5, -1, -0.5, -0.9, -0.6, -0.3];

    [Test]
    public void SlopeAnalysis_ExactlyLinearData_GivesTheDifferenceOfMeanSlopes()
    {
        AnalysisResult result = Run(LinearTrial(Slopes, [0, 4, 8, 12]), new SlopeAnalysis { ThroughWeek = 12 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Estimate, Is.EqualTo(0.4).Within(1e-12));

            // Squares about the means 0.5 and 0.18, 4 degrees of freedom, 3 and 3.
            Assert.That(result.StandardError, Is.EqualTo(Math.Sqrt(0.68 / 4 * 2 / 3)).Within(1e-12));
        }
    }

    [Test]
    public void SlopeAnalysis_GapsInLinearData_DoNotMatter()
    {
        PlainTrial trial = LinearTrial(Slopes, [0, 4, 8, 12]);
        AnalysisResult complete = Run(trial, new SlopeAnalysis { ThroughWeek = 12 });
        trial.Scores[0][0] = double.NaN;
        trial.Scores[4][1] = double.NaN;
        trial.Scores[4][2] = double.NaN;
        AnalysisResult gaps = Run(trial, new SlopeAnalysis { ThroughWeek = 12 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gaps.Participants, Is.EqualTo(6));
            Assert.That(gaps.Estimate, Is.EqualTo(complete.Estimate).Within(1e-12));
        }
    }

    [TestCase(2, 6)]
    [TestCase(3, 5)]
    [TestCase(4, 4)]
    public void SlopeAnalysis_TooFewVisits_LeavesParticipantsOut(int minimumVisits, int participants)
    {
        PlainTrial trial = LinearTrial(Slopes, [0, 4, 8, 12]);
        trial.Scores[0] = [40, 38, double.NaN, double.NaN];
        trial.Scores[3] = [40, 38, double.NaN, 36];
        AnalysisResult result = Run(trial, new SlopeAnalysis { ThroughWeek = 12, MinimumVisits = minimumVisits });
        Assert.That(result.Participants, Is.EqualTo(participants));
    }

    // Two visits on day 0 and one later are visits at two different times, in whatever order they stand.
    [Test]
    public void SlopeAnalysis_SameTimeTwiceOutOfOrder_CountsOnce()
    {
        PlainTrial trial = LinearTrial(Slopes, [0, 4, 8]);
        trial.VisitMonths = [.. trial.Scores.Select(_ => trial.ScheduledMonths)];
        trial.VisitMonths[0] = [0, 1, 0];
        AnalysisResult result = Run(trial, new SlopeAnalysis { ThroughWeek = 8, MinimumVisits = 3 });
        Assert.That(result.Participants, Is.EqualTo(5));
    }

    // The same scores at times a factor apart: slopes per month become slopes per day.
    [Test]
    public void SlopeAnalysis_MonthsToDays_ScalesEstimateAndErrorOnly()
    {
        PlainTrial trial = NoisyTrial();
        AnalysisResult perMonth = Run(trial, new SlopeAnalysis { ThroughWeek = 12 });
        trial.VisitMonths = [.. trial.Scores.Select(_ => trial.ScheduledMonths.Select(m => m * StudyTime.DaysPerMonth).ToArray())];
        AnalysisResult perDay = Run(trial, new SlopeAnalysis { ThroughWeek = 12 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(perDay.Estimate * StudyTime.DaysPerMonth, Nearly.Equal(perMonth.Estimate, 1e-12));
            Assert.That(perDay.StandardError * StudyTime.DaysPerMonth, Nearly.Equal(perMonth.StandardError, 1e-12));
            Assert.That(perDay.Statistic, Nearly.Equal(perMonth.Statistic, 1e-12));
            Assert.That(perDay.PValue, Nearly.Equal(perMonth.PValue, 1e-11));
        }
    }

    [Test]
    public void SlopeAnalysis_VisitDates_AreUsedInsteadOfTheSchedule()
    {
        PlainTrial trial = LinearTrial([1, 2, 3, 1, 2, 3], [0, 4]);
        trial.VisitMonths = [.. Arms.Select((_, p) => new[] { 0, p < 3 ? 2 : 4.0 })];
        trial.Scores = [.. Arms.Select((_, p) => new[] { 0, 4.0 + p })];

        // Slopes 2, 2.5, 3 and 7/4, 8/4, 9/4.
        Assert.That(Run(trial, new SlopeAnalysis { ThroughWeek = 4 }).Estimate, Is.EqualTo(-0.5).Within(1e-13));
    }

    [Test]
    public void SlopeAnalysis_EqualSlopesWithinArms_IsNotEstimable()
    {
        AnalysisResult result = Run(LinearTrial([-1, -1, -1, 0, 0, 0], [0, 4, 8]), new SlopeAnalysis { ThroughWeek = 8 });
        Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
    }

    [Test]
    public void Estimand_LinearCourse_IsItsSlope()
    {
        PlainTrial trial = LinearTrial(Slopes, [0, 4, 8, 20]);
        LatentContrast contrast = new SlopeAnalysis { FromWeek = 4, ThroughWeek = 20 }.Estimand(trial.ToData().Layout)!;
        double slope = contrast.Weights.Zip(trial.ScheduledMonths, (weight, month) => weight * (30 - (1.7 * month))).Sum();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(slope, Is.EqualTo(-1.7).Within(1e-12));
            Assert.That(contrast.Weights[0], Is.Zero);
        }
    }

    private static AnalysisResult Run(PlainTrial trial, SlopeAnalysis analysis) =>
        analysis.CreateWorker(trial.ToData().Layout).Run(trial.ToData());

    private static PlainTrial LinearTrial(double[] slopes, double[] weeks)
    {
        var trial = new PlainTrial { VisitWeeks = weeks, Arms = Arms };
        trial.Scores = [.. slopes.Select(slope => trial.ScheduledMonths.Select(m => 40 + (slope * m)).ToArray())];
        return trial;
    }

    private static PlainTrial NoisyTrial()
    {
        PlainTrial trial = LinearTrial(Slopes, [0, 4, 8, 12]);
        for (int p = 0; p < trial.Participants; p++)
        {
            for (int v = 0; v < 4; v++)
            {
                trial.Scores[p][v] += ((p * 5) + (v * 3)) % 7;
            }
        }

        return trial;
    }
}
