using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class AncovaTests
{
    private static readonly Ancova Unadjusted = new() { Week = 28, Covariates = [] };

    // Control 1, 3, 5 (mean 3, squares 8); active 4, 6, 8, 10 (mean 7, squares 20). Pooled variance 28 / 5,
    // standard error √(28 / 5 · (1 / 3 + 1 / 4)) = √(49 / 15).
    [Test]
    public void Ancova_NoCovariate_EqualsPooledTwoSampleT()
    {
        AnalysisResult arm = Unadjusted.Fit(SmallTrial().ToData()).Arm;
        double standardError = Math.Sqrt(49.0 / 15);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(arm.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(arm.Estimate, Is.EqualTo(4).Within(1e-13));
            Assert.That(arm.StandardError, Is.EqualTo(standardError).Within(1e-13));
            Assert.That(arm.DegreesOfFreedom, Is.EqualTo(5));
            Assert.That(arm.Statistic, Is.EqualTo(4 / standardError).Within(1e-13));

            // R: qt(0.975, 5)
            Assert.That(arm.Lower, Is.EqualTo(4 - (2.57058183563631 * standardError)).Within(1e-12));
            Assert.That(arm.Participants, Is.EqualTo(7));
        }
    }

    [Test]
    public void Ancova_NoCovariate_LeastSquaresMeansAreTheMeans()
    {
        AncovaFit fit = Unadjusted.Fit(SmallTrial().ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.EqualMeans.Select(m => m.Estimate), Is.EqualTo([3.0, 7.0]).Within(1e-13));
            Assert.That(fit.EqualMeans[1].StandardError, Is.EqualTo(Math.Sqrt(28.0 / 5 / 4)).Within(1e-13));
            Assert.That(fit.ProportionalMeans, Is.EqualTo(fit.EqualMeans));
            Assert.That(fit.ResidualSd, Is.EqualTo(Math.Sqrt(28.0 / 5)).Within(1e-13));
        }
    }

    // HC2 of a difference of means is Welch's: variance of each arm over its number.
    [Test]
    public void Ancova_NoCovariateHC2_HasWelchsStandardError()
    {
        AnalysisResult arm = (Unadjusted with { Variance = RobustVariance.HC2 }).Fit(SmallTrial().ToData()).Arm;
        Assert.That(arm.StandardError, Is.EqualTo(Math.Sqrt((8.0 / 2 / 3) + (20.0 / 3 / 4))).Within(1e-13));
    }

    [Test]
    public void Ancova_BaselineAsCovariate_ScoreAndChangeGiveTheSameArm()
    {
        PlainTrial trial = SmallTrial();
        double[] baselines = [40, 31, 38, 45, 29, 36, 42];
        trial.Scores = [.. trial.Scores.Select((scores, p) => new[] { baselines[p], baselines[p] + scores[1] })];
        trial.Columns = [new PlainColumn("baseline", [], baselines)];
        var change = new Ancova { Week = 28 };
        AnalysisResult ofChange = change.Fit(trial.ToData()).Arm;
        AnalysisResult ofScore = (change with { Response = AncovaResponse.Score }).Fit(trial.ToData()).Arm;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ofChange.IsUsable);
            Assert.That(ofScore.Estimate, Is.EqualTo(ofChange.Estimate).Within(1e-11));
            Assert.That(ofScore.StandardError, Is.EqualTo(ofChange.StandardError).Within(1e-11));
        }
    }

    [Test]
    public void Ancova_OneArmOnly_IsNotEstimable()
    {
        PlainTrial trial = PlainTrial.OfChanges([1, 1, 1, 1], [1, 4, 2, 6]);
        AssertNotEstimable(Unadjusted.Fit(trial.ToData()).Arm, 4);
    }

    [Test]
    public void Ancova_NobodyHasTheVisit_IsNotEstimable()
    {
        PlainTrial trial = PlainTrial.OfChanges([0, 1, 0], [double.NaN, double.NaN, double.NaN]);
        AncovaFit fit = new Ancova { Week = 28, Covariates = [] }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            AssertNotEstimable(fit.Arm, 0);
            Assert.That(fit.EqualMeans.Select(m => m.Estimate), Is.All.NaN);
        }
    }

    [Test]
    public void Ancova_NoVariation_IsNotEstimable() =>
        AssertNotEstimable(Unadjusted.Fit(PlainTrial.OfChanges([0, 1, 0, 1], [-3, -2, -3, -2]).ToData()).Arm, 4);

    [Test]
    public void Ancova_NoDegreesOfFreedom_HasNoStandardErrors()
    {
        AncovaFit fit = Unadjusted.Fit(PlainTrial.OfChanges([0, 1], [-3.1, -2.7]).ToData());
        using (Assert.EnterMultipleScope())
        {
            AssertNotEstimable(fit.Arm, 2);
            Assert.That(fit.DegreesOfFreedom, Is.Zero);
            Assert.That(fit.ResidualSd, Is.NaN);
            Assert.That(fit.Coefficients.Select(c => c.StandardError), Is.All.NaN);
            Assert.That(fit.EqualMeans.Select(c => c.StandardError), Is.All.NaN);
        }
    }

    // The last participant is alone at site c, so the model fits that score exactly whatever it is: its residual and one minus its
    // leverage are both 0.
    [TestCase(RobustVariance.HC2)]
    [TestCase(RobustVariance.HC3)]
    public void Ancova_ParticipantWithLeverageOne_HasNoLeverageAdjustedVariance(RobustVariance variance)
    {
        PlainTrial trial = PlainTrial.OfChanges([0, 1, 0, 1, 0, 1, 1, 0, 1], [-3, 1, -5, -2, -2.3, 0.4, -6, -1, 2]);
        trial.Columns = [PlainColumn.Factor("site", ["a", "a", "a", "b", "b", "b", "b", "a", "c"])];
        Ancova ancova = Unadjusted with { Covariates = ["site"] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That((ancova with { Variance = RobustVariance.HC1 }).Fit(trial.ToData()).Arm.IsUsable);
            AssertNotEstimable((ancova with { Variance = variance }).Fit(trial.ToData()).Arm, 9);
        }
    }

    // R: lm drops the second of two equal columns and determines the intercept all the same.
    [Test]
    public void Ancova_SameCovariateInOtherUnits_DeterminesTheIntercept()
    {
        double[] age = [58.9, 71.1, 67, 44.7, 60.3, 49.9];
        PlainTrial trial = PlainTrial.OfChanges([0, 1, 0, 1, 0, 1], [-3, 1, -5, -2, -2.3, 0.4]);
        trial.Columns =
        [
            new PlainColumn("ageYears", [], age),
            new PlainColumn("ageMonths", [], [.. age.Select(a => 12 * a)]),
        ];
        Coefficient once = (Unadjusted with { Covariates = ["ageYears"] }).Fit(trial.ToData()).Coefficients[0];
        Coefficient twice = (Unadjusted with { Covariates = ["ageYears", "ageMonths"] }).Fit(trial.ToData()).Coefficients[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(twice.Estimate, Is.EqualTo(once.Estimate).Within(1e-10));
            Assert.That(twice.StandardError, Is.EqualTo(once.StandardError).Within(1e-10));
        }
    }

    [Test]
    public void Estimand_AnyWeek_IsTheChangeFromBaseline()
    {
        PlainTrial trial = PlainTrial.OfChanges([0, 1], [0, 1]);
        trial.VisitWeeks = [0, 12, 28];
        trial.Scores = [[0, 0, 0], [0, 0, 0]];
        trial.StratumNames = ["fast", "slow"];
        LatentContrast? contrast = new Ancova { Week = 12, Strata = ["slow"] }.Estimand(trial.ToData().Layout);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(contrast!.Weights, Is.EqualTo([-1.0, 1.0, 0.0]));
            Assert.That(contrast.Strata, Is.EqualTo([1]));
        }
    }

    private static PlainTrial SmallTrial() => PlainTrial.OfChanges([0, 1, 1, 0, 1, 0, 1], [1, 4, 6, 3, 8, 5, 10]);

    private static void AssertNotEstimable(AnalysisResult result, int participants)
    {
        Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
        Assert.That(result.IsUsable, Is.False);
        Assert.That(result.Participants, Is.EqualTo(participants));
        Assert.That(
            (double[])[result.Estimate, result.StandardError, result.Statistic, result.PValue, result.Lower, result.Upper],
            Is.All.NaN);
    }
}
