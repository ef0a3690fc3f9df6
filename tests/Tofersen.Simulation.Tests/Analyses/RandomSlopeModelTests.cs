using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The model on trial data: what it leaves in and out, mistakes of a caller, data that it cannot fit, and changes of a trial that
/// must change a result in a known way.</summary>
public sealed class RandomSlopeModelTests
{
    private const int Trials = 60;
    private static readonly double[] Eight = [0, 4, 8, 12, 16, 20, 24, 28];
    private static readonly DegreesOfFreedomMethod[] Methods = Enum.GetValues<DegreesOfFreedomMethod>();

    private static readonly DegreesOfFreedomMethod[] KenwardRogers =
        [DegreesOfFreedomMethod.KenwardRoger, DegreesOfFreedomMethod.KenwardRogerLinear];

    // With complete visits at common times and the arm in the intercept the estimate is that of least squares, and its variance that of
    // the individual slopes.
    [Test]
    public void Run_CompleteBalancedVisits_EqualsTheAnalysisOfIndividualSlopes()
    {
        for (int seed = 1; seed <= Trials; seed++)
        {
            PlainTrial trial = Draw(seed, dropout: 0, jitter: 0);
            var model = new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false };
            AnalysisResult mixed = Run(trial, model);
            AnalysisResult slopes = Run(trial, new SlopeAnalysis { ThroughWeek = 28 });
            Assert.That(mixed.Estimate, Nearly.Equal(slopes.Estimate, 1e-9, slopes.StandardError), $"seed {seed}");
            if (mixed.Status == AnalysisStatus.Converged)
            {
                Assert.That(mixed.StandardError, Nearly.Equal(slopes.StandardError, 1e-7), $"seed {seed}");
                Assert.That(mixed.DegreesOfFreedom, Nearly.Equal(slopes.DegreesOfFreedom, 1e-5), $"seed {seed}");
            }
        }
    }

    [TestCaseSource(nameof(Methods))]
    public void Run_SwappedArms_FlipsSigns(DegreesOfFreedomMethod method)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var model = new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false, DegreesOfFreedom = method };
            AnalysisResult result = Run(trial, model);
            AnalysisResult expected = result with
            {
                Estimate = -result.Estimate,
                Statistic = -result.Statistic,
                Lower = -result.Upper,
                Upper = -result.Lower,
            };
            AssertEqual(Run(trial.WithArmsSwapped(), model), expected, seed);
        }
    }

    [Test]
    public void Run_ParticipantsReordered_GivesTheSame()
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var random = new Random(seed);
            int[] order = [.. Enumerable.Range(0, trial.Participants).OrderBy(_ => random.Next())];
            var model = new RandomSlopeModel { ThroughWeek = 28, Covariates = ["age*time"] };
            AssertEqual(Run(trial.Reordered(order), model), Run(trial, model), seed);
        }
    }

    [TestCase(1, 100)]
    [TestCase(1000, -3)]
    [TestCase(0.001, 0)]
    public void Run_ScoresScaledAndShifted_ScalesTheEffect(double factor, double shift)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var model = new RandomSlopeModel { ThroughWeek = 28 };
            AnalysisResult result = Run(trial, model);
            PlainTrial changed = trial.Copy();
            changed.Scores = [.. trial.Scores.Select(scores => scores.Select(score => (factor * score) + shift).ToArray())];
            AssertEqual(Run(changed, model), Scaled(result, factor), seed);
        }
    }

    [TestCaseSource(nameof(Methods))]
    public void Run_MonthsToDays_ScalesTheEffect(DegreesOfFreedomMethod method)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var model = new RandomSlopeModel { ThroughWeek = 28, DegreesOfFreedom = method, Covariates = ["age*time"] };
            AnalysisResult result = Run(trial, model);
            PlainTrial changed = trial.Copy();
            changed.VisitMonths = [.. trial.VisitMonths!.Select(months => months.Select(m => m * StudyTime.DaysPerMonth).ToArray())];
            AssertEqual(Run(changed, model), Scaled(result, 1 / StudyTime.DaysPerMonth), seed);
        }
    }

    // A shift of the origin of time changes neither slopes nor their variance once the arms have intercepts of their own.
    [Test]
    public void Fit_TimeShifted_ChangesTheInterceptOnly()
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var model = new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false };
            RandomSlopeFit fit = model.Fit(trial.ToData());
            PlainTrial changed = trial.Copy();
            changed.VisitMonths = [.. trial.VisitMonths!.Select(months => months.Select(m => m + 10).ToArray())];
            RandomSlopeFit shifted = model.Fit(changed.ToData());
            AssertEqual(shifted.SlopeDifference, fit.SlopeDifference, seed);
            double back = fit.InterceptVariance - (20 * fit.InterceptSlopeCovariance) + (100 * fit.SlopeVariance);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(shifted.SlopeVariance, Nearly.Equal(fit.SlopeVariance, 1e-6, 1e-6), $"seed {seed}");
                Assert.That(shifted.InterceptVariance, Nearly.Equal(back, 1e-6, 1e-6), $"seed {seed}");
                Assert.That(shifted.MinusTwoLogLikelihood, Nearly.Equal(fit.MinusTwoLogLikelihood, 1e-10), $"seed {seed}");
            }
        }
    }

    [Test]
    public void Run_SameTrialTwiceOnOneWorker_GivesTheSameBits()
    {
        var model = new RandomSlopeModel { ThroughWeek = 28 };
        TrialData first = Draw(1, 0.1, 0.2).ToData();
        PlainTrial other = Draw(1, 0.1, 0.2);
        other.Scores = [.. other.Scores.Reverse()];
        IAnalysisWorker worker = model.CreateWorker(first.Layout);
        AnalysisResult before = worker.Run(first);
        worker.Run(other.ToData());
        Assert.That(worker.Run(first), Is.EqualTo(before));
    }

    [Test]
    public void Fit_CovariateByTime_HasMainEffectAndInteractionOnce()
    {
        var model = new RandomSlopeModel { ThroughWeek = 28, Covariates = ["age", "age*time", "site*time", "site"], CommonBaseline = false };
        RandomSlopeFit fit = model.Fit(Draw(3, 0.05, 0.2).ToData());
        Assert.That(
            fit.Coefficients.Select(c => c.Name),
            Is.EqualTo((string[])["intercept", "time", "age", "site:b", "arm", "age*time", "site:b*time", "arm*time"]));
    }

    [Test]
    public void Fit_AliasedCovariate_IsLeftOut()
    {
        PlainTrial trial = Draw(4, 0.05, 0.2);
        trial.Columns.Add(new PlainColumn("twice", [], [.. trial.Columns[0].Values.Select(v => (2 * v) + 1)]));
        var model = new RandomSlopeModel { ThroughWeek = 28, Covariates = ["age", "twice"] };
        RandomSlopeFit fit = model.Fit(trial.ToData());
        RandomSlopeFit without = (model with { Covariates = ["age"] }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Coefficients[3].Estimate, Is.NaN);
            Assert.That(fit.CoefficientCovariance[3][0], Is.NaN);
            Assert.That(fit.SlopeDifference, Is.EqualTo(without.SlopeDifference));
        }
    }

    [Test]
    public void Fit_OneScore_KeepsTheParticipant()
    {
        PlainTrial trial = Draw(5, 0, 0.2);
        Array.Fill(trial.Scores[0], double.NaN, 1, 7);
        Array.Fill(trial.Scores[1], double.NaN);
        RandomSlopeFit fit = new RandomSlopeModel { ThroughWeek = 28 }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Participants, Is.EqualTo(trial.Participants - 1));
            Assert.That(fit.Observations, Is.EqualTo((8 * (trial.Participants - 2)) + 1));
            Assert.That(fit.RandomEffects.Select(e => e.Participant), Does.Contain(0).And.Not.Contain(1));
        }
    }

    [Test]
    public void Fit_RandomEffects_SumToZeroInACompleteTrial()
    {
        RandomSlopeFit fit = new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false }.Fit(Draw(6, 0, 0).ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.RandomEffects.Sum(e => e.Intercept), Is.Zero.Within(1e-8));
            Assert.That(fit.RandomEffects.Sum(e => e.Slope), Is.Zero.Within(1e-8));
        }
    }

    [Test]
    public void Run_DataWithoutAnAnswer_AreNotEstimable()
    {
        var model = new RandomSlopeModel { ThroughWeek = 28 };
        PlainTrial oneArm = Draw(7, 0, 0.2);
        oneArm.Arms = [.. oneArm.Arms.Select(_ => (byte)1)];
        PlainTrial constant = WithScores(Draw(7, 0, 0.2), (_, _) => 40);
        PlainTrial lines = WithScores(Draw(7, 0, 0.2), (p, month) => 40 + p - (month * (1 + (0.1 * (p % 5)))));
        PlainTrial twoVisits = Draw(7, 0, 0.2);
        PlainTrial nothing = WithScores(Draw(7, 0, 0.2), (_, _) => double.NaN);
        foreach (double[] scores in twoVisits.Scores)
        {
            Array.Fill(scores, double.NaN, 2, 6);
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (PlainTrial trial in (PlainTrial[])[oneArm, constant, lines, twoVisits, nothing])
            {
                AnalysisResult result = Run(trial, model);
                Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
                Assert.That(result.Estimate, Is.NaN);
                Assert.That(model.Fit(trial.ToData()).SlopeDifference.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            }
        }
    }

    [Test]
    public void Run_VisitRange_CountsItsVisitsOnly()
    {
        PlainTrial trial = Draw(8, 0.02, 0.2);
        var model = new RandomSlopeModel { FromWeek = 4, ThroughWeek = 20 };
        PlainTrial cut = trial.Copy();
        foreach (double[] scores in cut.Scores)
        {
            scores[0] = double.NaN;
            Array.Fill(scores, double.NaN, 6, 2);
        }

        Assert.That(Run(trial, model), Is.EqualTo(Run(cut, model with { FromWeek = 0, ThroughWeek = 28 })));
    }

    [TestCaseSource(nameof(KenwardRogers))]
    public void CreateWorker_KenwardRogerWithFullLikelihood_ThrowsSayingWhatWorks(DegreesOfFreedomMethod method)
    {
        var model = new RandomSlopeModel { ThroughWeek = 28, Estimation = LikelihoodEstimation.Ml, DegreesOfFreedom = method };
        TrialLayout layout = Draw(1, 0, 0).ToData().Layout;
        Assert.That(
            () => model.CreateWorker(layout),
            Throws.ArgumentException.With.Message.Contains("Reml").And.Message.Contains("Satterthwaite"));
    }

    [Test]
    public void CreateWorker_UnknownNames_ThrowNamingThem()
    {
        TrialLayout layout = Draw(1, 0, 0).ToData().Layout;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new RandomSlopeModel { ThroughWeek = 28, Covariates = ["weight*time"] }.CreateWorker(layout),
                Throws.ArgumentException.With.Message.Contains("'weight'").And.Message.Contains("age, site"));
            Assert.That(
                () => new RandomSlopeModel { ThroughWeek = 28, Strata = ["middling"] }.CreateWorker(layout),
                Throws.ArgumentException.With.Message.Contains("'middling'"));
            Assert.That(
                () => new RandomSlopeModel { ThroughWeek = 27 }.CreateWorker(layout),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("scheduled visit"));
            Assert.That(
                () => new RandomSlopeModel { FromWeek = 12, ThroughWeek = 12 }.CreateWorker(layout),
                Throws.ArgumentException.With.Message.Contains("2 are needed"));
            Assert.That(
                () => new RandomSlopeModel { ThroughWeek = 28, Estimation = (LikelihoodEstimation)7 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Reml"));
        }
    }

    [Test]
    public void Estimand_IsThatOfIndividualSlopes()
    {
        TrialLayout layout = Draw(1, 0, 0).ToData().Layout;
        Assert.That(
            new RandomSlopeModel { FromWeek = 4, ThroughWeek = 28 }.Estimand(layout),
            Is.EqualTo(new SlopeAnalysis { FromWeek = 4, ThroughWeek = 28 }.Estimand(layout)));
    }

    private static IEnumerable<(int Seed, PlainTrial Trial)> RandomTrials() =>
        Enumerable.Range(1, Trials).Select(seed => (seed, Draw(seed, dropout: 0.02 * (seed % 6), jitter: 0.2 * (seed % 2))));

    private static AnalysisResult Run(PlainTrial trial, IAnalysis analysis)
    {
        TrialData data = trial.ToData();
        return analysis.CreateWorker(data.Layout).Run(data);
    }

    private static PlainTrial Draw(int seed, double dropout, double jitter)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        int n = 8 + random.Next(40);
        double slopeSd = random.Next(4) * 0.2;
        var trial = new PlainTrial { VisitWeeks = Eight, Arms = [.. Enumerable.Range(0, n).Select(p => (byte)(p % 2))] };
        double[] scheduled = trial.ScheduledMonths;
        trial.VisitMonths =
            [.. Enumerable.Range(0, n).Select(_ => scheduled.Select(m => m == 0 ? 0 : m + (jitter * (random.NextDouble() - 0.5))).ToArray())];
        trial.Scores =
        [
            .. Enumerable.Range(0, n).Select(p =>
            {
                double level = 38 + (5 * Normal());
                double slope = -1 + (0.3 * trial.Arms[p]) + (slopeSd * Normal());
                bool isHere = true;
                return trial.VisitMonths[p].Select((m, v) =>
                {
                    double score = level + (slope * m) + (2 * Normal());
                    isHere &= v == 0 || random.NextDouble() >= dropout;
                    return isHere ? score : double.NaN;
                }).ToArray();
            }),
        ];
        trial.Columns =
        [
            new PlainColumn("age", [], [.. trial.Arms.Select(_ => 55 + (10 * Normal()))]),
            new PlainColumn("site", ["a", "b"], [.. trial.Arms.Select(_ => (double)random.Next(2))]),
        ];
        return trial;
    }

    private static PlainTrial WithScores(PlainTrial trial, Func<int, double, double> score)
    {
        trial.Scores = [.. trial.VisitMonths!.Select((months, p) => months.Select(m => score(p, m)).ToArray())];
        return trial;
    }

    private static AnalysisResult Scaled(AnalysisResult result, double factor) => result with
    {
        Estimate = result.Estimate * factor,
        StandardError = result.StandardError * factor,
        Lower = result.Lower * factor,
        Upper = result.Upper * factor,
    };

    private static void AssertEqual(AnalysisResult actual, AnalysisResult expected, int seed)
    {
        string message = $"seed {seed}";
        double scale = expected.StandardError;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Status, Is.EqualTo(expected.Status), message);
            Assert.That(actual.Participants, Is.EqualTo(expected.Participants), message);
            Assert.That(actual.DegreesOfFreedom, Nearly.Equal(expected.DegreesOfFreedom, 1e-6), message);
            Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-8, scale), message);
            Assert.That(actual.StandardError, Nearly.Equal(scale, 1e-8), message);
            Assert.That(actual.Statistic, Nearly.Equal(expected.Statistic, 1e-7, 1), message);
            Assert.That(actual.PValue, Nearly.Equal(expected.PValue, 1e-6, 1e-3), message);
            Assert.That(actual.Lower, Nearly.Equal(expected.Lower, 1e-7, scale), message);
            Assert.That(actual.Upper, Nearly.Equal(expected.Upper, 1e-7, scale), message);
        }
    }
}
