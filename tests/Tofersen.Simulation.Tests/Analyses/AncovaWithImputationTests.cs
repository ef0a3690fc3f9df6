using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Identities, changes of a trial with known consequences, and what happens where nothing can be imputed.</summary>
public sealed class AncovaWithImputationTests
{
    private static readonly AncovaWithImputation Analysis = new()
    {
        Week = 20,
        Imputation = new MultipleImputation { Imputations = 10 },
    };

    private static readonly string[] CoefficientNames = ["intercept", "baseline", "arm"];

    private static IEnumerable<MultipleImputation> Imputations()
    {
        var imputation = new MultipleImputation { Imputations = 10, Cycles = 3 };
        yield return imputation;
        yield return imputation with { ByArm = false, ByStratum = true };
        yield return imputation with { Method = ImputationMethod.Chained };
        yield return imputation with { Reference = ReferenceBasedImputation.JumpToReference };
        yield return imputation with { Reference = ReferenceBasedImputation.CopyReference, ByArm = false };
        yield return imputation with { Reference = ReferenceBasedImputation.CopyIncrements };
        yield return imputation with { ActiveDelta = -1, DeltaAdjustment = DeltaAdjustment.Sequential };
        yield return imputation with { ControlDelta = 1, DeltaAdjustment = DeltaAdjustment.Accumulating };
    }

    [TestCaseSource(nameof(Imputations))]
    public void Run_NothingMissing_IsTheAnalysisOfCovariance(MultipleImputation imputation)
    {
        TrialData data = Trial(1, dropout: 0, gaps: 0).ToData();
        AnalysisResult expected = new Ancova { Week = 20 }.CreateWorker(data.Layout).Run(data);
        AncovaWithImputationFit fit = (Analysis with { Imputation = imputation }).Fit(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Arm, Is.EqualTo(expected));
            Assert.That(fit.Pooling, Is.Null);
            Assert.That(fit.ImputedParticipants, Is.Zero);
        }
    }

    [TestCaseSource(nameof(Imputations))]
    public void Fit_SomeMissing_HoldsEachImputationAndPoolsThem(MultipleImputation imputation)
    {
        TrialData data = Trial(2, 0.1, 0.1).ToData();
        AncovaWithImputationFit fit = (Analysis with { Imputation = imputation }).Fit(data);
        PooledCoefficient arm = fit.Coefficients[^1];
        RubinPooling again = RubinPooling.Pool(
            fit.Estimates.AsSpan(), [.. fit.StandardErrors.Select(se => se * se)], fit.Pooling!.Value.CompleteDegreesOfFreedom);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.ImputedParticipants, Is.GreaterThan(5));
            Assert.That(fit.Estimates.Distinct().Count(), Is.EqualTo(10));
            Assert.That(again.TotalVariance, Nearly.Equal(fit.Pooling.Value.TotalVariance, 1e-13));
            Assert.That(fit.Coefficients.Select(c => c.Name), Is.EqualTo(CoefficientNames));

            // The coefficients come from a fit of each completed set, the test of the arm from differences to the first.
            Assert.That(arm.Pooling.Estimate, Nearly.Equal(fit.Arm.Estimate, 1e-11, fit.Arm.StandardError));
            Assert.That(arm.Pooling.StandardError, Nearly.Equal(fit.Arm.StandardError, 1e-11));
            Assert.That(fit.Arm.DegreesOfFreedom, Is.EqualTo(fit.Pooling.Value.BarnardRubinDegreesOfFreedom));
            Assert.That(fit.Pooling.Value.CompleteDegreesOfFreedom, Is.EqualTo(fit.Arm.Participants - 3));
        }
    }

    [TestCaseSource(nameof(Imputations))]
    public void Fit_MoreImputations_BeginsWithTheSame(MultipleImputation imputation)
    {
        TrialData data = Trial(3, 0.1, 0.05).ToData();
        AncovaWithImputationFit few = (Analysis with { Imputation = imputation }).Fit(data);
        AncovaWithImputationFit many = (Analysis with { Imputation = imputation with { Imputations = 20 } }).Fit(data);
        Assert.That(many.Estimates.Take(10), Is.EqualTo(few.Estimates));
    }

    [TestCaseSource(nameof(Imputations))]
    public void Run_ScoresShifted_GivesTheSame(MultipleImputation imputation) =>
        AssertChanged(imputation, score => score + 16, scale: 1);

    [TestCaseSource(nameof(Imputations))]
    public void Run_ScoresInAnotherUnit_GivesTheEffectInIt(MultipleImputation imputation)
    {
        MultipleImputation without = imputation with { ActiveDelta = 0, ControlDelta = 0 };
        AssertChanged(without, score => 2.5 * score, scale: 2.5);
    }

    [TestCaseSource(nameof(Imputations))]
    public void Run_ScoresAtLaterVisitsChanged_GivesTheSame(MultipleImputation imputation)
    {
        PlainTrial trial = Trial(5, 0.1, 0.05);
        PlainTrial changed = WithScores(trial, (v, score) => v > 4 ? (score * score) - 7 : score);
        AncovaWithImputation analysis = Analysis with { Week = 16, Imputation = imputation };
        Assert.That(Run(analysis, changed), Is.EqualTo(Run(analysis, trial)));
    }

    [Test]
    public void Run_OtherSeed_GivesOtherDraws()
    {
        PlainTrial trial = Trial(6, 0.1, 0);
        AncovaWithImputation other = Analysis with { Imputation = Analysis.Imputation with { Seed = 1 } };
        Assert.That(Run(other, trial).Estimate, Is.Not.EqualTo(Run(Analysis, trial).Estimate));
    }

    // Streams are those of the replicate: nothing that the simulator draws moves, and no other replicate has the same.
    [Test]
    public void Run_SimulatedTrial_DrawsFromTheStreamsOfItsReplicate()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        var simulator = new TrialSimulator(scenario);
        IAnalysisWorker worker = (Analysis with { Week = 28 }).CreateWorker(scenario.Layout);
        AnalysisResult first = worker.Run(simulator.Simulate(5, 3));
        AnalysisResult other = worker.Run(simulator.Simulate(5, 4));
        AnalysisResult again = worker.Run(simulator.Simulate(5, 3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.IsUsable);
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other.Estimate, Is.Not.EqualTo(first.Estimate));
        }
    }

    // An estimand hands on a copy of the trial; where its strategies change nothing, neither may the draws change.
    [Test]
    public void Run_WithinAnEstimandThatChangesNothing_DrawsTheSame()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        AncovaWithImputation analysis = Analysis with { Week = 28 };
        var within = new EstimandAnalysis { Analysis = analysis, Strategies = new Estimand() };
        TrialData data = new TrialSimulator(scenario).Simulate(5, 3);
        Assert.That(
            within.CreateWorker(scenario.Layout).Run(data).Estimate,
            Is.EqualTo(analysis.CreateWorker(scenario.Layout).Run(data).Estimate));
    }

    [Test]
    public void PowerAnalysis_AnyParallelism_GivesTheSame()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        OperatingCharacteristics Run(int parallelism) => PowerAnalysis.Run(
            scenario, [Analysis with { Week = 52 }], new RunOptions { Replicates = 40, Seed = 9, Parallelism = parallelism }).Analyses[0];
        Assert.That(Run(2), Is.EqualTo(Run(1)));
    }

    // With one visit after baseline the mean over all imputations is the analysis with fitted values in the gaps: for active
    // participants that jump to the reference, the reference's prediction from their baseline.
    [Test]
    [Category("Statistical")]
    public void JumpToReference_OneVisit_TendsToTheEffectByHand()
    {
        PlainTrial trial = Trial(7, 0.3, 0);
        trial = new PlainTrial
        {
            VisitWeeks = [0, 20],
            Arms = trial.Arms,
            Scores = [.. trial.Scores.Select(s => new[] { s[0], s[5] })],
            Columns = [new PlainColumn("baseline", [], [.. trial.Scores.Select(s => s[0])])],
        };
        (double x, double y)[] control =
            [.. trial.Scores.Where((s, i) => trial.Arms[i] == 0 && !double.IsNaN(s[1])).Select(s => (s[0], s[1]))];
        double meanX = control.Average(c => c.x);
        double meanY = control.Average(c => c.y);
        double slope = control.Sum(c => (c.x - meanX) * (c.y - meanY)) / control.Sum(c => (c.x - meanX) * (c.x - meanX));
        double[] completed =
            [.. trial.Scores.Select(s => (double.IsNaN(s[1]) ? meanY + (slope * (s[0] - meanX)) : s[1]) - s[0])];
        PlainAncova byHand = PlainAncova.Fit(trial, [.. Enumerable.Range(0, trial.Participants)], completed, ["baseline"]);
        AncovaWithImputation analysis = Analysis with
        {
            Imputation = new MultipleImputation { Imputations = 10_000, Reference = ReferenceBasedImputation.JumpToReference },
        };
        RubinPooling pooling = analysis.Fit(trial.ToData()).Pooling!.Value;
        double error = Math.Sqrt(pooling.BetweenVariance / 10_000);
        Assert.That(pooling.Estimate, Is.EqualTo((double)byHand.Coefficients[^1]).Within(4.9 * error));
    }

    // Nobody was seen after baseline in the active arm's dropouts, so all three rules say the same.
    [Test]
    public void Reference_DropoutBeforeTheFirstVisit_AllRulesAgree()
    {
        PlainTrial trial = Trial(8, 0, 0);
        for (int i = 1; i < trial.Participants; i += 6)
        {
            trial.Scores[i].AsSpan(1).Fill(double.NaN);
        }

        AnalysisResult[] results =
        [
            .. Enum.GetValues<ReferenceBasedImputation>().Skip(1).Select(rule => Run(
                Analysis with { Imputation = new MultipleImputation { Imputations = 5, Reference = rule, ByArm = false } }, trial)),
        ];
        Assert.That(results[1].Estimate, Nearly.Equal(results[0].Estimate, 1e-12));
        Assert.That(results[2].Estimate, Nearly.Equal(results[0].Estimate, 1e-12));
    }

    [Test]
    public void AfterDeath_Exclude_LeavesOutWhoDiedWithoutAScore()
    {
        PlainTrial trial = Trial(9, 0.1, 0);
        int left = trial.Scores.Count(s => double.IsNaN(s[5]));
        trial.Ends = [.. trial.Scores.Select(s => double.IsNaN(s[5]) ? EventKind.Death : EventKind.Completed)];
        trial.FollowUpMonths = [.. trial.Scores.Select(s => double.IsNaN(s[5]) ? 2.0 : trial.ScheduledMonths[^1])];
        AncovaWithImputation excluding = Analysis with
        {
            Imputation = Analysis.Imputation with { AfterDeath = ImputationAfterDeath.Exclude },
        };
        TrialData data = trial.ToData();
        AnalysisResult observedCases = new Ancova { Week = 20 }.CreateWorker(data.Layout).Run(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Run(Analysis, trial).Participants, Is.EqualTo(trial.Participants));
            Assert.That(Run(excluding, trial), Is.EqualTo(observedCases));
            Assert.That(left, Is.GreaterThan(5));
        }
    }

    [Test]
    public void Scale_LogWithAScoreOfZero_IsNotEstimable()
    {
        PlainTrial trial = Trial(10, 0.1, 0);
        AncovaWithImputation log = Analysis with { Imputation = Analysis.Imputation with { Scale = ImputationScale.Log } };
        AnalysisStatus before = Run(log, trial).Status;
        trial.Scores[0][1] = 0;
        Assert.That(before, Is.EqualTo(AnalysisStatus.Converged));
        Assert.That(Run(log, trial).Status, Is.EqualTo(AnalysisStatus.NotEstimable));
    }

    [TestCaseSource(nameof(Imputations))]
    public void Run_NobodyOfAnArmSeen_IsNotEstimable(MultipleImputation imputation)
    {
        PlainTrial trial = Trial(11, 0.05, 0);
        foreach (int i in Enumerable.Range(0, trial.Participants).Where(i => trial.Arms[i] == 0))
        {
            trial.Scores[i].AsSpan(2).Fill(double.NaN);
        }

        AnalysisResult result = Run(Analysis with { Imputation = imputation }, trial);
        Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
        Assert.That(result.Participants, Is.EqualTo(trial.Participants));
    }

    // Three are too few for an intercept with three residual degrees of freedom; four are enough, whatever the predictors.
    [TestCase(3, AnalysisStatus.NotEstimable)]
    [TestCase(4, AnalysisStatus.Converged)]
    public void Run_FewSeenInAnArm_IsEstimableFromFourOn(int seen, AnalysisStatus status)
    {
        PlainTrial trial = Trial(12, 0, 0);
        foreach (int i in Enumerable.Range(0, trial.Participants).Where(i => trial.Arms[i] == 0).Skip(seen))
        {
            trial.Scores[i].AsSpan(1).Fill(double.NaN);
        }

        AnalysisResult result = Run(Analysis, trial);
        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(double.IsFinite(result.Lower), Is.EqualTo(result.IsUsable));
    }

    [Test]
    public void Estimand_WithoutDeltaOrReference_IsThatOfAncova()
    {
        TrialLayout layout = Trial(1, 0, 0).ToData().Layout;
        AncovaWithImputation With(MultipleImputation imputation) => Analysis with { Imputation = imputation };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Analysis.Estimand(layout), Is.EqualTo(new Ancova { Week = 20 }.Estimand(layout)));
            Assert.That(With(new MultipleImputation { ActiveDelta = -1 }).Estimand(layout), Is.Null);
            Assert.That(
                With(new MultipleImputation { Reference = ReferenceBasedImputation.CopyReference }).Estimand(layout), Is.Null);
        }
    }

    private static void AssertChanged(MultipleImputation imputation, Func<double, double> change, double scale)
    {
        PlainTrial trial = Trial(4, 0.1, 0.05);
        AncovaWithImputation analysis = Analysis with { Imputation = imputation };
        AnalysisResult before = Run(analysis, trial);
        AnalysisResult after = Run(analysis, WithScores(trial, (_, score) => change(score)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.IsUsable);
            Assert.That(after.Estimate, Nearly.Equal(scale * before.Estimate, 1e-10, scale * before.StandardError));
            Assert.That(after.StandardError, Nearly.Equal(scale * before.StandardError, 1e-10));
            Assert.That(after.DegreesOfFreedom, Nearly.Equal(before.DegreesOfFreedom, 1e-9));
        }
    }

    private static PlainTrial WithScores(PlainTrial trial, Func<int, double, double> change)
    {
        PlainTrial copy = trial.Copy();
        copy.Scores = [.. trial.Scores.Select(scores => scores.Select((s, v) => change(v, s)).ToArray())];
        copy.Columns[0] = copy.Columns[0] with { Values = [.. copy.Scores.Select(s => s[0])] };
        return copy;
    }

    private static AnalysisResult Run(AncovaWithImputation analysis, PlainTrial trial)
    {
        TrialData data = trial.ToData();
        return analysis.CreateWorker(data.Layout).Run(data);
    }

    // Every third participant is a control; the last visit is week 24, one beyond the one that is analysed.
    private static PlainTrial Trial(int seed, double dropout, double gaps)
    {
        var random = new Random(seed);
        double Noise() => 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        var scores = new double[90][];
        for (int i = 0; i < scores.Length; i++)
        {
            double baseline = Math.Round(37 + (4 * Noise()), 2);
            double slope = -1 + (0.5 * Noise()) + (i % 3 == 0 ? 0 : 0.6);
            bool left = false;
            scores[i] = [baseline, .. Enumerable.Range(1, 6).Select(v =>
            {
                left |= random.NextDouble() < dropout;
                bool missed = random.NextDouble() < gaps;
                double score = Math.Round(baseline + (slope * v) + Noise(), 2);
                return left || missed ? double.NaN : score;
            })];
        }

        return new PlainTrial
        {
            VisitWeeks = [0, 4, 8, 12, 16, 20, 24],
            StratumNames = ["fast", "slow"],
            Strata = [.. Enumerable.Range(0, 90).Select(i => (byte)(i < 40 ? 0 : 1))],
            Arms = [.. Enumerable.Range(0, 90).Select(i => (byte)(i % 3 == 0 ? 0 : 1))],
            Scores = scores,
            Columns = [new PlainColumn("baseline", [], [.. scores.Select(s => s[0])])],
        };
    }
}
