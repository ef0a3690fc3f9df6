using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class CoxTests
{
    // Deaths at 1 and 2 (control) and 3 (active) of three and three: with h = e^β the likelihood is
    // 1 / (3 + 3h) · 1 / (2 + 3h) · h / (1 + 3h).
    [Test]
    public void Cox_SmallTrial_MaximisesTheLikelihoodByHand()
    {
        CoxFit fit = new CoxRegression().Fit(SmallTrial().ToData());
        double LogLikelihood(double beta)
        {
            double h = Math.Exp(beta);
            return beta - Math.Log((3 + (3 * h)) * (2 + (3 * h)) * (1 + (3 * h)));
        }

        const double Step = 1e-4;
        double best = fit.Arm.Estimate;
        double slope = (LogLikelihood(best + Step) - LogLikelihood(best - Step)) / (2 * Step);
        double curvature = (LogLikelihood(best + Step) - (2 * fit.LogLikelihood) + LogLikelihood(best - Step)) / (Step * Step);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.LogLikelihood, Is.EqualTo(LogLikelihood(best)).Within(1e-13));
            Assert.That(fit.LogLikelihoodAtZero, Is.EqualTo(LogLikelihood(0)).Within(1e-13));
            Assert.That(slope, Is.Zero.Within(1e-8));
            Assert.That(fit.Arm.StandardError, Is.EqualTo(1 / Math.Sqrt(-curvature)).Within(1e-5));
            Assert.That(fit.Arm.Estimate, Is.Negative);
            Assert.That(fit.Arm.Statistic, Is.Positive);
        }
    }

    // Without ties the hypergeometric variance of the log-rank test is the information at 0.
    [Test]
    public void Cox_ScoreTestWithoutTies_EqualsLogRank()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            PlainTrial trial = Untied(seed);
            TrialData data = trial.ToData();
            string[] stratifyBy = seed % 2 == 0 ? ["stratum"] : [];
            AnalysisResult logRank = new LogRank { StratifyBy = [.. stratifyBy] }.CreateWorker(data.Layout).Run(data);
            foreach (TieHandling ties in Enum.GetValues<TieHandling>())
            {
                AnalysisResult score = new CoxRegression { StratifyBy = [.. stratifyBy], Ties = ties, Test = CoxTest.Score }
                    .CreateWorker(data.Layout).Run(data);
                Assert.That(score.Statistic, Nearly.Equal(logRank.Statistic, 1e-10, 1), $"seed {seed}");
                Assert.That(score.IsUsable, Is.EqualTo(logRank.IsUsable), $"seed {seed}");
            }
        }
    }

    [Test]
    public void Cox_TimesStretchedUnevenly_GiveTheSameFit()
    {
        PlainTrial trial = SmallTrial();
        CoxFit expected = new CoxRegression().Fit(trial.ToData());
        trial.FollowUpMonths = [.. trial.FollowUpMonths!.Select(Math.Exp)];
        Assert.That(new CoxRegression().Fit(trial.ToData()), Is.EqualTo(expected));
    }

    [Test]
    public void Cox_CovariateInAnotherUnit_ScalesItsCoefficientOnly()
    {
        PlainTrial trial = Untied(11);
        CoxFit years = new CoxRegression { Covariates = ["age"] }.Fit(trial.ToData());
        PlainColumn age = trial.Columns.Single(c => c.Name == "age");
        trial.Columns[trial.Columns.IndexOf(age)] = age with { Values = [.. age.Values.Select(a => 1e6 - (1000 * a))] };
        CoxFit scaled = new CoxRegression { Covariates = ["age"] }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaled.Coefficients[0].Estimate, Nearly.Equal(years.Coefficients[0].Estimate / -1000, 1e-9));
            Assert.That(scaled.Coefficients[0].StandardError, Nearly.Equal(years.Coefficients[0].StandardError / 1000, 1e-9));
            Assert.That(scaled.Arm.Estimate, Nearly.Equal(years.Arm.Estimate, 1e-9));
            Assert.That(scaled.Arm.StandardError, Nearly.Equal(years.Arm.StandardError, 1e-9));
            Assert.That(scaled.LogLikelihood, Nearly.Equal(years.LogLikelihood, 1e-12));
        }
    }

    [Test]
    public void Cox_ThroughWeek_EqualsDataCensoredThere()
    {
        PlainTrial trial = Untied(3);
        double horizon = StudyTime.MonthsFromWeeks(6);
        CoxFit actual = new CoxRegression { ThroughWeek = 6 }.Fit(trial.ToData());
        trial.Ends = [.. trial.Ends!.Select((end, p) => trial.FollowUpMonths![p] <= horizon ? end : EventKind.Completed)];
        trial.FollowUpMonths = [.. trial.FollowUpMonths!.Select(t => Math.Min(t, horizon))];
        Assert.That(actual, Is.EqualTo(new CoxRegression().Fit(trial.ToData())));
    }

    [Test]
    public void Cox_NoEvents_IsNotEstimable()
    {
        PlainTrial trial = SmallTrial();
        trial.Ends = new EventKind[trial.Participants];
        foreach (CoxTest test in Enum.GetValues<CoxTest>())
        {
            CoxFit fit = new CoxRegression { Test = test }.Fit(trial.ToData());
            using (Assert.EnterMultipleScope())
            {
                Assert.That(fit.Arm, Is.EqualTo(AnalysisResult.NotEstimable(6)));
                Assert.That((fit.Events, fit.LogLikelihood, fit.Iterations), Is.EqualTo((0, 0.0, 0)));
                Assert.That(fit.Wald.PValue, Is.NaN);
            }
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Cox_NobodyInOneArm_IsNotEstimable(byte arm)
    {
        PlainTrial trial = SmallTrial();
        trial.Arms = [.. trial.Arms.Select(_ => arm)];
        Assert.That(new CoxRegression().Fit(trial.ToData()).Arm, Is.EqualTo(AnalysisResult.NotEstimable(6)));
    }

    [Test]
    public void Cox_EventsInOneArmOnly_HasAnInfiniteCoefficientAndNoWaldTest()
    {
        PlainTrial trial = SmallTrial();
        trial.Ends![2] = EventKind.Completed;
        CoxFit fit = new CoxRegression().Fit(trial.ToData());
        AnalysisResult logRank = new LogRank().Fit(trial.ToData()).Test;
        CoxFit score = new CoxRegression { Test = CoxTest.Score }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Arm, Is.EqualTo(AnalysisResult.NotEstimable(6)));
            Assert.That(fit.Coefficients[0].Estimate, Is.EqualTo(double.NegativeInfinity));
            Assert.That(fit.Coefficients[0].StandardError, Is.NaN);
            Assert.That(fit.LogLikelihood, Is.EqualTo(-Math.Log(3 * 2)).Within(1e-9));
            Assert.That(score.Arm.Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(score.Arm.Statistic, Nearly.Equal(logRank.Statistic, 1e-12));
            Assert.That(score.Arm.Estimate, Nearly.Equal(logRank.Estimate, 1e-12));
        }
    }

    [Test]
    public void Cox_CovariateWithoutVariation_IsLeftOut()
    {
        PlainTrial trial = SmallTrial();
        AnalysisResult without = new CoxRegression().Fit(trial.ToData()).Arm;
        trial.Columns = [new PlainColumn("constant", [], [7, 7, 7, 7, 7, 7])];
        CoxFit fit = new CoxRegression { Covariates = ["constant"] }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Coefficients[0], Is.EqualTo(new Coefficient("constant", double.NaN, double.NaN)));
            Assert.That(fit.Arm.Estimate, Nearly.Equal(without.Estimate, 1e-12));
            Assert.That(fit.LikelihoodRatio.DegreesOfFreedom, Is.EqualTo(1));
        }
    }

    [Test]
    public void Cox_MissingCovariate_LeavesTheParticipantOut()
    {
        PlainTrial trial = Untied(5);
        PlainColumn age = trial.Columns.Single(c => c.Name == "age");
        age.Values[0] = double.NaN;
        int[] others = [.. Enumerable.Range(1, trial.Participants - 1)];
        var cox = new CoxRegression { Covariates = ["age"] };
        CoxFit expected = cox.Fit(trial.Reordered(others).ToData());
        CoxFit actual = cox.Fit(trial.ToData());
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Cox_BadSpecification_ThrowsNamingIt()
    {
        TrialLayout layout = Untied(1).ToData().Layout;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new CoxRegression { Ties = (TieHandling)9 }, Names("Ties"));
            Assert.That(() => new CoxRegression { Test = (CoxTest)9 }, Names("Test"));
            Assert.That(() => new CoxRegression { ThroughWeek = 0 }, Names("ThroughWeek"));
            Assert.That(() => new CoxRegression { Events = [] }, Names("Events"));
            Assert.That(() => new RestrictedMeanSurvival { ThroughWeek = double.NaN }, Names("ThroughWeek"));
            Assert.That(() => new RankPreservingFailureTime { LowestPsi = 0 }, Names("LowestPsi"));
            Assert.That(() => new RankPreservingFailureTime { HighestPsi = 11 }, Names("HighestPsi"));
            Assert.That(() => new RankPreservingFailureTime { Recensoring = (Recensoring)9 }, Names("Recensoring"));
            Assert.That(() => new CoxRegression { StratifyBy = ["age"] }.CreateWorker(layout), Names("StratifyBy"));
            Assert.That(() => new CoxRegression { Covariates = ["weight"] }.CreateWorker(layout), Names("name"));
            Assert.That(() => new RankPreservingFailureTime { StratifyBy = ["weight"] }.CreateWorker(layout), Names("name"));
            Assert.That(() => new RestrictedMeanSurvival { ThroughWeek = 1 }.CreateWorker(null!), Names("layout"));
        }
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint Names(string parameter) =>
        Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter);

    private static PlainTrial SmallTrial() => PlainTrial.OfTimes(
        [0, 0, 1, 0, 1, 1],
        [1, 2, 3, 4, 5, 5],
        [EventKind.Death, EventKind.Death, EventKind.Death, 0, 0, EventKind.WithdrawalForProgression]);

    private static PlainTrial Untied(int seed)
    {
        var random = new Random(seed);
        int n = 4 + random.Next(100);
        PlainTrial trial = PlainTrial.OfTimes(
            [.. Enumerable.Range(0, n).Select(_ => (byte)random.Next(2))],
            [.. Enumerable.Range(0, n).Select(_ => 3 * random.NextDouble())],
            [.. Enumerable.Range(0, n).Select(_ => random.Next(2) == 0 ? EventKind.Death : EventKind.Completed)]);
        trial.Columns =
        [
            new PlainColumn("age", [], [.. Enumerable.Range(0, n).Select(_ => 40.0 + random.Next(40))]),
            new PlainColumn("stratum", ["fast", "slow"], [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(2))]),
        ];
        return trial;
    }
}
