using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Identities of the delayed-start analysis on random and hand-made trials.</summary>
public sealed class DelayedStartTests
{
    private static readonly double[] Weeks = [0, 8, 16, 28, 40, 52];

    // Δ2 − kΔ1 has variance V22 − 2kV12 + k²V11 whatever the structure of the covariance and the method of the standard errors.
    [Test]
    public void Fit_IncompleteTrial_HasTheContrastsOfTheMixedModel(
        [Values] DegreesOfFreedomMethod method,
        [Values(CovarianceStructure.Unstructured, CovarianceStructure.Ar1)] CovarianceStructure structure,
        [Values(0, 0.5, 0.8)] double retention)
    {
        TrialData data = DelayedStartReferenceTests.Read("gaps90").ToData();
        DelayedStartAnalysis analysis = Analysis with
        {
            DegreesOfFreedom = method,
            Covariance = structure,
            Retention = retention,
            Covariates = ["baseline*visit"],
        };
        DelayedStartFit fit = analysis.Fit(data);
        MmrmFit model = new Mmrm { Week = 52, DegreesOfFreedom = method, Covariance = structure }.Fit(data);
        double v11 = model.ContrastCovariance[2][2];
        double v12 = model.ContrastCovariance[2][4];
        double v22 = model.ContrastCovariance[4][4];
        double estimate = model.Contrasts[4].Estimate - (retention * model.Contrasts[2].Estimate);
        double error = Math.Sqrt(v22 - (2 * retention * v12) + (retention * retention * v11));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Model, Is.EqualTo(model));
            Assert.That(fit.FirstDifference, Is.EqualTo(model.Contrasts[2]));
            Assert.That(fit.SecondDifference, Is.EqualTo(model.Contrasts[4]));
            Assert.That(fit.Covariance, Nearly.Equal(v12, 1e-12));
            Assert.That(fit.Retained.Estimate, Nearly.Equal(estimate, 1e-11, error));
            Assert.That(fit.Retained.StandardError, Nearly.Equal(error, 1e-10));
            Assert.That(fit.Retained.Statistic, Nearly.Equal(estimate / error, 1e-9, 1));
        }
    }

    // Complete data without covariates are the multivariate two-sample problem: differences of means, pooled covariance, n − 2.
    [Test]
    public void Fit_CompleteTrialWithoutCovariates_IsTheMultivariateTwoSampleProblem([Range(1, 5)] int seed)
    {
        PlainTrial trial = Complete(seed);
        DelayedStartFit fit = Analysis.Fit(trial.ToData());
        double[] first = Changes(trial, 3);
        double[] second = Changes(trial, 5);
        double[] retained = [.. second.Zip(first, (b, a) => b - (0.5 * a))];
        using (Assert.EnterMultipleScope())
        {
            AssertTwoSample(fit.FirstDifference, trial, first);
            AssertTwoSample(fit.SecondDifference, trial, second);
            AssertTwoSample(fit.Retained, trial, retained);
            Assert.That(fit.Covariance, Nearly.Equal(PooledCovariance(trial, first, second) * Share(trial), 1e-10));
        }
    }

    [Test]
    public void Run_EachHypothesis_IsItsPartOfTheFit([Range(1, 8)] int seed)
    {
        TrialData data = Complete(seed, gain: (seed % 3) - 1).ToData();
        DelayedStartFit fit = Analysis.Fit(data);
        AnalysisResult At(DelayedStartHypothesis hypothesis) =>
            (Analysis with { Hypothesis = hypothesis }).CreateWorker(data.Layout).Run(data);
        double first = OneSided(fit.FirstDifference);
        double retained = OneSided(fit.Retained);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(DelayedStartHypothesis.FirstDifference), Is.EqualTo(fit.FirstDifference));
            Assert.That(At(DelayedStartHypothesis.SecondDifference), Is.EqualTo(fit.SecondDifference));
            Assert.That(
                At(DelayedStartHypothesis.Retention), Is.EqualTo(fit.Retained with { PValue = Math.Min(1, 2 * retained) }));
            Assert.That(At(DelayedStartHypothesis.Sequence), Is.EqualTo(fit.Sequence));
            Assert.That(fit.Sequence, Is.EqualTo(fit.Retained with { PValue = Math.Min(1, 2 * Math.Max(first, retained)) }));
        }
    }

    // A symptomatic effect is gone once both arms are on drug: Δ2 − Δ1/2 is clearly below zero, and that is no finding.
    [Test]
    public void Run_GapThatCloses_RejectsNeitherRetentionNorTheSequence()
    {
        PlainTrial trial = Complete(3, gain: 0, people: 120);
        for (int p = 0; p < trial.Participants; p++)
        {
            for (int v = 1; v <= 3; v++)
            {
                trial.Scores[p][v] += 8 * trial.Arms[p];
            }
        }

        TrialData data = trial.ToData();
        DelayedStartFit fit = Analysis.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.FirstDifference.PValue, Is.LessThan(1e-6));
            Assert.That(fit.Retained.Statistic, Is.LessThan(-4));
            Assert.That(fit.Sequence.PValue, Is.EqualTo(1));
            Assert.That(
                (Analysis with { Hypothesis = DelayedStartHypothesis.Retention }).CreateWorker(data.Layout).Run(data).PValue,
                Is.EqualTo(1));
        }
    }

    // A share belongs to Fieller's set just where the test of Δ2 − kΔ1 does not reject; with complete data all have the same n − 2.
    [Test]
    public void GapRetention_AnyShare_IsInTheSetWhereItsTestDoesNotReject([Range(1, 6)] int seed)
    {
        TrialData data = Complete(seed, gain: seed % 2 == 0 ? 0.1 : 0.7).ToData();
        RatioInterval set = Analysis.Fit(data).GapRetention;
        for (double share = 0; share <= 1; share += 0.02)
        {
            AnalysisResult retained = (Analysis with { Retention = share }).Fit(data).Retained;
            Assert.That(set.Contains(share), Is.EqualTo(retained.PValue >= 0.05), $"share {share}");
        }
    }

    [Test]
    public void Fit_SwappedArms_FlipsSigns([Range(1, 4)] int seed)
    {
        PlainTrial trial = seed == 1 ? DelayedStartReferenceTests.Read("gaps90") : Complete(seed, gain: 0.3);
        DelayedStartFit fit = Analysis.Fit(trial.ToData());
        DelayedStartFit swapped = Analysis.Fit(trial.WithArmsSwapped().ToData());
        using (Assert.EnterMultipleScope())
        {
            foreach ((AnalysisResult a, AnalysisResult b) in new[]
            {
                (fit.FirstDifference, swapped.FirstDifference),
                (fit.SecondDifference, swapped.SecondDifference),
                (fit.Retained, swapped.Retained),
            })
            {
                Assert.That(b.Estimate, Nearly.Equal(-a.Estimate, 1e-9, a.StandardError));
                Assert.That(b.StandardError, Nearly.Equal(a.StandardError, 1e-8));
                Assert.That(b.DegreesOfFreedom, Nearly.Equal(a.DegreesOfFreedom, 1e-6));
                Assert.That(b.Statistic, Nearly.Equal(-a.Statistic, 1e-8, 1));
            }

            Assert.That(swapped.Covariance, Nearly.Equal(fit.Covariance, 1e-8));
            Assert.That(swapped.GapRetention.Ratio, Nearly.Equal(fit.GapRetention.Ratio, 1e-8));
            Assert.That(swapped.MonthsSaved.Months, Nearly.Equal(-fit.MonthsSaved.Months, 1e-8));
            Assert.That(swapped.MonthsSaved.StandardError, Nearly.Equal(fit.MonthsSaved.StandardError, 1e-8));
        }
    }

    [Test]
    public void Fit_ScoresOfATenth_ScalesDifferencesAndKeepsTestsRatiosAndMonths()
    {
        PlainTrial trial = DelayedStartReferenceTests.Read("gaps90");
        PlainTrial tenth = trial.Copy();
        tenth.Scores = [.. trial.Scores.Select(scores => scores.Select(s => s / 10).ToArray())];
        DelayedStartFit fit = Analysis.Fit(trial.ToData());
        DelayedStartFit scaled = Analysis.Fit(tenth.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaled.Retained.Estimate, Nearly.Equal(fit.Retained.Estimate / 10, 1e-7));
            Assert.That(scaled.Retained.PValue, Nearly.Equal(fit.Retained.PValue, 1e-6));
            Assert.That(scaled.GapRetention.Lower, Nearly.Equal(fit.GapRetention.Lower, 1e-6));
            Assert.That(scaled.MonthsSaved.Months, Nearly.Equal(fit.MonthsSaved.Months, 1e-7));
            Assert.That(scaled.MonthsSaved.StandardError, Nearly.Equal(fit.MonthsSaved.StandardError, 1e-7));
        }
    }

    [Test]
    public void Fit_OneArmNeverSeenAtTheSwitch_TestsTheEndAloneAndSaysSo()
    {
        PlainTrial trial = Complete(4);
        for (int p = 0; p < trial.Participants; p++)
        {
            trial.Scores[p][3] = trial.Arms[p] == 0 ? double.NaN : trial.Scores[p][3];
        }

        DelayedStartFit fit = (Analysis with { Covariance = CovarianceStructure.Ar1 }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.FirstDifference.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.SecondDifference.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(fit.Retained.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.Sequence.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.GapRetention.Ratio, Is.NaN);
            Assert.That(fit.MonthsSaved.Months, Is.NaN);
        }
    }

    // Whatever the data: numbers where the status says so, and nothing but NaN elsewhere.
    [Test]
    public void Fit_RandomTrials_HasNumbersOrAStatusThatSaysWhyNot([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 30; i++)
        {
            TrialData data = RandomTrial.Draw(random, 6).ToData();
            CovarianceStructure structure = (CovarianceStructure)random.Next(Enum.GetValues<CovarianceStructure>().Length);
            DelayedStartFit fit = new DelayedStartAnalysis
            {
                FirstWeek = 8,
                SecondWeek = 20,
                Covariates = random.Next(2) == 0 ? [] : ["baseline*visit"],
                Covariance = structure,
            }.Fit(data);
            AdagioFit slopes = new AdagioAnalysis
            {
                FirstFromWeek = 0,
                FirstToWeek = 8,
                SecondFromWeek = 12,
                SecondToWeek = 20,
                MarginPerMonth = 0.1,
                Covariates = [],
                Covariance = structure,
            }.Fit(data);
            using (Assert.EnterMultipleScope())
            {
                foreach (AnalysisResult result in (AnalysisResult[])
                    [fit.FirstDifference, fit.SecondDifference, fit.Retained, fit.Sequence,
                        slopes.FirstSlope, slopes.EndDifference, slopes.SecondSlope, slopes.All])
                {
                    double[] numbers = [result.Estimate, result.StandardError, result.Statistic, result.PValue, result.Lower, result.Upper];
                    Assert.That(numbers.All(double.IsFinite), Is.EqualTo(result.IsUsable), $"trial {i}, {result}");
                }

                TimeSaved saved = fit.MonthsSaved;
                Assert.That(double.IsNaN(saved.Months), Is.EqualTo(double.IsNaN(saved.Upper)), $"trial {i}, {saved}");
                Assert.That(
                    double.IsNaN(fit.GapRetention.Ratio),
                    Is.EqualTo(!fit.FirstDifference.IsUsable || !fit.SecondDifference.IsUsable),
                    $"trial {i}");
            }
        }
    }

    [TestCase(27, 52)]
    [TestCase(28, 51)]
    [TestCase(60, 64)]
    public void CreateWorker_WeekThatIsNoVisit_ThrowsNamingTheVisits(double first, double second)
    {
        var analysis = new DelayedStartAnalysis { FirstWeek = first, SecondWeek = second };
        Assert.That(
            () => analysis.CreateWorker(Complete(1).ToData().Layout),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0, 8, 16, 28, 40, 52"));
    }

    [TestCase(52, 28)]
    [TestCase(28, 28)]
    public void CreateWorker_SecondWeekNotLater_ThrowsNamingBoth(double first, double second)
    {
        var analysis = new DelayedStartAnalysis { FirstWeek = first, SecondWeek = second };
        Assert.That(
            () => analysis.CreateWorker(Complete(1).ToData().Layout),
            Throws.ArgumentException.With.Message.Contains($"{second}").And.Message.Contains($"{first}"));
    }

    [Test]
    public void Specification_OutOfRange_Throws()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (double week in new[] { 0, -1, 2001, double.NaN })
            {
                Assert.That(() => Analysis with { FirstWeek = week }, Throws.InstanceOf<ArgumentOutOfRangeException>());
                Assert.That(() => Analysis with { SecondWeek = week }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            }

            foreach (double share in new[] { -0.01, 1.01, double.NaN })
            {
                Assert.That(() => Analysis with { Retention = share }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            }
        }
    }

    internal static DelayedStartAnalysis Analysis { get; } = new() { FirstWeek = 28, SecondWeek = 52, Covariates = [] };

    /// <summary>A complete trial of random slopes; the early start wins some points a month.</summary>
    internal static PlainTrial Complete(int seed, double gain = 0.4, int people = 24)
    {
        var random = new Random(seed);
        var trial = new PlainTrial { VisitWeeks = Weeks, Arms = [.. Enumerable.Range(0, people).Select(p => (byte)(p % 3 == 0 ? 0 : 1))] };
        double[] months = trial.ScheduledMonths;
        trial.Scores = new double[people][];
        for (int p = 0; p < people; p++)
        {
            double slope = -1 + (1.5 * (random.NextDouble() - 0.5)) + (gain * trial.Arms[p]);
            double baseline = 36 + (10 * (random.NextDouble() - 0.5));
            trial.Scores[p] = [.. months.Select(m => baseline + (slope * m) + (4 * (random.NextDouble() - 0.5)))];
        }

        return trial;
    }

    internal static double[] Changes(PlainTrial trial, int visit) => [.. trial.Scores.Select(s => s[visit] - s[0])];

    /// <summary>Student's test of two samples.</summary>
    internal static void AssertTwoSample(in AnalysisResult actual, PlainTrial trial, double[] values, double limit = 0)
    {
        double estimate = Mean(trial, values, 1) - Mean(trial, values, 0);
        double error = Math.Sqrt(PooledCovariance(trial, values, values) * Share(trial));
        Assert.That(actual.Status, Is.EqualTo(AnalysisStatus.Converged));
        Assert.That(actual.Estimate, Nearly.Equal(estimate, 1e-10, error));
        Assert.That(actual.StandardError, Nearly.Equal(error, 1e-10));
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(trial.Participants - 2, 1e-8));
        Assert.That(actual.Statistic, Nearly.Equal((estimate - limit) / error, 1e-9, 1));
        Assert.That(actual.PValue, Nearly.Equal(PlainTail.TwoSidedP((estimate - limit) / error, trial.Participants - 2), 1e-8, 1e-3));
    }

    internal static double OneSided(AnalysisResult result) =>
        result.Statistic > 0 ? result.PValue / 2 : 1 - (result.PValue / 2);

    private static double Mean(PlainTrial trial, double[] values, int arm) => values.Where((_, p) => trial.Arms[p] == arm).Average();

    private static double Share(PlainTrial trial) => (1.0 / trial.Arms.Count(a => a == 1)) + (1.0 / trial.Arms.Count(a => a == 0));

    private static double PooledCovariance(PlainTrial trial, double[] first, double[] second)
    {
        double sum = 0;
        for (int p = 0; p < trial.Participants; p++)
        {
            sum += (first[p] - Mean(trial, first, trial.Arms[p])) * (second[p] - Mean(trial, second, trial.Arms[p]));
        }

        return sum / (trial.Participants - 2);
    }
}
