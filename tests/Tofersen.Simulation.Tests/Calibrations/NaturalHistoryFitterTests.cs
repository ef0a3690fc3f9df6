using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Calibrations.NaturalHistories;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Calibrations;

public sealed class NaturalHistoryFitterTests
{
    private const ulong Seed = 20_261_122;
    private const double WithdrawalPerWeek = 0.01;
    private const double DeathPerWeek = 0.004;

    // Scores stay off both ends of the scale, and rounding adds 1/12 to the residual variance.
    private static readonly Stratum Known = TestStrata.Plain with
    {
        Name = "known",
        BaselineScoreMean = 30,
        BaselineScoreSd = 4,
        DeclineRate = new LogNormalRate { Mean = 0.9, Sd = 0.5 },
        ResidualSd = 1.5,
        Correlations = [new TraitCorrelation { First = Trait.BaselineScore, Second = Trait.DeclineRate, Value = -0.3 }],
    };

    private static IEnumerable<RateModel> Models => Enum.GetValues<RateModel>();

    [Category("Statistical")]
    [TestCaseSource(nameof(Models))]
    public void Fit_SimulatedTrial_RecoversWhatWasSimulated(RateModel rates)
    {
        RateDistribution distribution = rates == RateModel.Normal ? new NormalRate { Mean = 0.9, Sd = 0.5 } : Known.DeclineRate;
        Scenario scenario = Trial(2_000, Known with { DeclineRate = distribution });

        NaturalHistoryFit fit = new NaturalHistoryFitter { Rates = rates }.Fit(NaturalHistoryRows.Simulated(scenario, FalseAlarm.Seed(Seed)));

        StratumFit stratum = fit.Strata.Single();
        var logNormal = new LogNormalRate { Mean = 0.9, Sd = 0.5 };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stratum.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(stratum.Name, Is.EqualTo("known"));
            AssertNear(stratum.BaselineMean, 30, nameof(stratum.BaselineMean));
            AssertNear(stratum.BaselineSd, 4, nameof(stratum.BaselineSd));
            AssertNear(stratum.RateMean, 0.9, nameof(stratum.RateMean));
            AssertNear(stratum.RateSd, 0.5, nameof(stratum.RateSd));
            AssertNear(stratum.LogRateMean, logNormal.LogMean, nameof(stratum.LogRateMean));
            AssertNear(stratum.LogRateSd, logNormal.LogSd, nameof(stratum.LogRateSd));
            AssertNear(stratum.Correlation, -0.3, nameof(stratum.Correlation));
            AssertNear(stratum.ResidualSd, Math.Sqrt((1.5 * 1.5) + (1.0 / 12)), nameof(stratum.ResidualSd));
            Assert.That(fit.DropoutBasis, Is.EqualTo(DropoutBasis.FollowUp));
            Assert.That(fit.Dropout.Select(d => d.Kind), Is.EqualTo((EventKind[])[EventKind.Death, EventKind.OtherWithdrawal]));
            AssertNear(fit.Dropout[0].PerWeek, DeathPerWeek, "death");
            AssertNear(fit.Dropout[1].PerWeek, WithdrawalPerWeek, "withdrawal");
        }
    }

    // Wald intervals of log-normal rates in trials of 100, whose scores are missing at random after dropout. Now and then a trial says
    // that baseline determines the rate, as its linear mixed model does, too; an interval that does not exist does not cover.
    [Test]
    [Category("Statistical")]
    public void Fit_TrialsOfOneHundred_HasIntervalsThatCover()
    {
        const int Trials = 200;
        var simulator = new TrialSimulator(Trial(100, Known));
        LogNormalRate truth = (LogNormalRate)Known.DeclineRate;
        int[] covered = new int[4];
        ulong seed = FalseAlarm.Seed(Seed);
        for (int replicate = 0; replicate < Trials; replicate++)
        {
            StratumFit fit = new NaturalHistoryFitter().Fit(NaturalHistoryRows.Of(simulator.Simulate(seed, replicate))).Strata.Single();
            Assert.That(
                fit.Status, Is.EqualTo(AnalysisStatus.Converged).Or.EqualTo(AnalysisStatus.Boundary), $"replicate {replicate}");
            covered[0] += Covers(fit.BaselineMean, Known.BaselineScoreMean);
            covered[1] += Covers(fit.LogRateMean, truth.LogMean);
            covered[2] += Covers(fit.LogRateSd, truth.LogSd);
            covered[3] += Covers(fit.ResidualSd, Math.Sqrt((Known.ResidualSd * Known.ResidualSd) + (1.0 / 12)));
        }

        TestContext.Out.WriteLine(string.Join(", ", covered));
        Assert.That(covered.Select(c => c / (double)Trials), Is.All.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Trials)));

        static int Covers(NaturalHistoryEstimate estimate, double value) =>
            Math.Abs(estimate.Value - value) <= 1.96 * estimate.StandardError ? 1 : 0;
    }

    // Visits every four weeks and constant hazards are what the interval-censored likelihood assumes.
    [Test]
    [Category("Statistical")]
    public void Fit_WithoutEndsOfFollowUp_RecoversTheHazardFromLastScores()
    {
        TrialData trial = new TrialSimulator(Trial(2_000, Known)).Simulate(FalseAlarm.Seed(Seed), 0);
        int[] cells = [.. Enumerable.Range(0, trial.Participants * trial.Visits).Where(c => trial.Observed[c])];
        var data = NaturalHistoryData.FromRows(
            [.. cells.Select(c => $"P{c / trial.Visits}")],
            [.. cells.Select(c => trial.VisitMonths[c])],
            [.. cells.Select(c => trial.Scores[c])]);

        DropoutFit dropout = new NaturalHistoryFitter { Rates = RateModel.Normal }.Fit(data).Dropout.Single();

        AssertNear(dropout.PerWeek, WithdrawalPerWeek + DeathPerWeek, "dropout");
    }

    // Each by itself: strata share nothing.
    [TestCaseSource(nameof(Models))]
    public void Fit_TwoStrata_EqualsTheFitOfEach(RateModel rates)
    {
        var one = NaturalHistoryRows.Reference("skewed60");
        var two = NaturalHistoryRows.Reference("sparse40");
        string[] Named(NaturalHistoryRows rows, string prefix) => [.. rows.Participants.Select(p => prefix + p)];
        var both = NaturalHistoryData.FromRows(
            [.. Named(two, "b"), .. Named(one, "a")],
            [.. two.Months, .. one.Months],
            [.. two.Scores, .. one.Scores],
            [.. two.Participants.Select(_ => "b"), .. one.Participants.Select(_ => "a")]);
        var fitter = new NaturalHistoryFitter { Rates = rates };

        NaturalHistoryFit fit = fitter.Fit(both);

        Assert.That(fit.Strata[0], Is.EqualTo(fitter.Fit(one.Data).Strata[0] with { Name = "a" }));
        Assert.That(fit.Strata[1], Is.EqualTo(fitter.Fit(two.Data).Strata[0] with { Name = "b" }));
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_RowsInAnotherOrder_IsTheSameButForRounding(RateModel rates)
    {
        var rows = NaturalHistoryRows.Reference("skewed60");
        var reversed = new NaturalHistoryRows(
            [.. rows.Participants.Reverse()], [.. rows.Months.Reverse()], [.. rows.Scores.Reverse()]);
        AssertSame(Fit(reversed, rates), Fit(rows, rates), 1, 0);
    }

    // Two points up move the mean alone, and time twice as slow halves the rates.
    [TestCaseSource(nameof(Models))]
    public void Fit_ScoresAndTimesMoved_MovesWithThem(RateModel rates)
    {
        var rows = NaturalHistoryRows.Reference("sparse40");
        var shifted = rows with { Months = [.. rows.Months.Select(m => 2 * m)], Scores = [.. rows.Scores.Select(s => s - 0.25)] };
        AssertSame(Fit(shifted, rates), Fit(rows, rates), 0.5, -0.25);
    }

    // Finite differences of the likelihood itself, away from the optimum.
    [Test]
    public void LogNormalLikelihood_Derivatives_AreThoseOfTheLikelihood()
    {
        var likelihood = new LogNormalLikelihood(NaturalHistoryRows.Reference("skewed60").Data.All);
        double[] at = [36, 0.8, 2.9, -0.4, -0.2, 1.2];
        likelihood.Evaluate(at);
        double[] gradient = [.. likelihood.Gradient];
        double[] hessian = [.. likelihood.Hessian];
        const double Step = 1e-4;
        for (int i = 0; i < at.Length; i++)
        {
            double above = Moved(i, Step, out double[] gradientAbove);
            double below = Moved(i, -Step, out double[] gradientBelow);
            Assert.That(gradient[i], Nearly.Equal((above - below) / (2 * Step), 1e-6, 1));
            for (int j = 0; j < at.Length; j++)
            {
                double expected = (gradientAbove[j] - gradientBelow[j]) / (2 * Step);
                Assert.That(hessian[(i * at.Length) + j], Nearly.Equal(expected, 1e-6, 1), $"{i}, {j}");
            }
        }

        double Moved(int parameter, double step, out double[] slopes)
        {
            double[] moved = [.. at];
            moved[parameter] += step;
            double value = likelihood.Evaluate(moved);
            slopes = [.. likelihood.Gradient];
            return value;
        }
    }

    // With one score each the likelihood is that of a normal sample: whatever the rate, at time zero it plays no part.
    [Test]
    public void LogNormalLikelihood_ScoresAtTimeZero_IsANormalLikelihood()
    {
        double[] scores = [31, 36, 40, 28];
        var data = NaturalHistoryData.FromRows(["a", "b", "c", "d"], [0, 0, 0, 0], scores);
        const double C = 1.5;
        const double V = 9;
        const double W = 4;
        double variance = (C * C) + V + W;

        double value = new LogNormalLikelihood(data.All).Evaluate([33, C, Math.Log(V), -0.3, Math.Log(0.8), Math.Log(W)]);

        Assert.That(
            value,
            Nearly.Equal(-0.5 * scores.Sum(s => ((s - 33) * (s - 33) / variance) + Math.Log(2 * Math.PI * variance)), 1e-13));
    }

    [Test]
    public void Fit_NobodyDeclines_LogNormalIsNotEstimableAndNormalIs()
    {
        var rows = NaturalHistoryRows.Reference("skewed60");
        rows = rows with { Scores = [.. rows.Scores.Select(s => 48 - s)] };
        StratumFit logNormal = Fit(rows, RateModel.LogNormal);
        StratumFit normal = Fit(rows, RateModel.Normal);
        Assert.That(logNormal.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
        Assert.That(logNormal.Problem, Is.Not.Null);
        Assert.That(() => logNormal.ToStratum(), Throws.InvalidOperationException);
        Assert.That(normal.Status, Is.EqualTo(AnalysisStatus.Converged));
        Assert.That(normal.RateMean.Value, Is.Negative);
        Assert.That(normal.LogRateMean.Value, Is.NaN);
    }

    // The same rate for all but noise: the spread goes to its limit.
    [Test]
    public void Fit_RatesAllAlike_IsOnTheBoundaryWithoutErrorOfTheSpread()
    {
        double[] months = [0, 1, 2, 3, 4, 5, 6];
        double[] noise = [0.5, -1, 1, -0.5, -0.5, 1, -0.5];
        var rows = new NaturalHistoryRows(
            [.. Enumerable.Range(0, 12).SelectMany(p => months.Select(_ => $"P{p}"))],
            [.. Enumerable.Range(0, 12).SelectMany(_ => months)],
            [.. Enumerable.Range(0, 12).SelectMany(p => months.Select((m, i) => 30 + p - m + ((p % 2 == 0 ? 1 : -1) * noise[i])))]);
        StratumFit fit = Fit(rows, RateModel.LogNormal);
        Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Boundary));
        Assert.That(fit.LogRateSd.StandardError, Is.NaN);
        Assert.That(fit.RateMean.Value, Is.EqualTo(1).Within(0.05));
        Assert.That(double.IsFinite(fit.BaselineMean.StandardError), Is.True);
        Assert.That(() => fit.ToStratum(), Throws.Nothing);
    }

    [Test]
    public void Fit_OnlyStratum_HoldsCountsOfTheEndsOfTheScale()
    {
        var rows = NaturalHistoryRows.Reference("skewed60");
        StratumFit fit = Fit(rows, RateModel.LogNormal);
        Assert.That(fit.Name, Is.EqualTo(NaturalHistoryData.OnlyStratum));
        Assert.That(fit.Participants, Is.EqualTo(60));
        Assert.That(fit.Observations, Is.EqualTo(rows.Scores.Length));
        Assert.That(fit.ParticipantsWithSlope, Is.EqualTo(rows.Participants.GroupBy(p => p).Count(g => g.Count() > 1)));
        Assert.That(fit.AtFloor, Is.EqualTo(rows.Scores.Count(s => s == 0)));
        Assert.That(fit.AtCeiling, Is.EqualTo(rows.Scores.Count(s => s == 48)));
    }

    // By hand: 3 events in 10 + 20 + 30 + 40 = 100 weeks, of which 2 are deaths.
    [Test]
    public void Dropout_RecordedEnds_IsEventsByTimeAtRisk()
    {
        NaturalHistoryData data = NaturalHistoryRows.Reference("skewed60").Data.WithFollowUp(
            ["1", "2", "3", "nobody"],
            [.. new double[] { 10, 20, 30, 40 }.Select(StudyTime.MonthsFromWeeks)],
            [EventKind.Death, EventKind.OtherWithdrawal, EventKind.Death, EventKind.ExtensionNotEntered]);
        NaturalHistoryFit fit = new NaturalHistoryFitter { Rates = RateModel.Normal }.Fit(data);
        Assert.That(fit.Dropout.Select(d => d.Events), Is.EqualTo((int[])[2, 1]));
        Assert.That(fit.Dropout[0].ExposureWeeks, Nearly.Equal(100, 1e-14));
        Assert.That(fit.Dropout[0].PerWeek.Value, Nearly.Equal(0.02, 1e-14));
        Assert.That(fit.Dropout[0].PerWeek.StandardError, Nearly.Equal(Math.Sqrt(2) / 100, 1e-14));
        Assert.That(fit.ToObservation().Events.Select(e => e.Kind), Is.EqualTo((EventKind[])[EventKind.Death, EventKind.OtherWithdrawal]));
    }

    // Two deaths in a fifth of a week: no scenario takes 10 a week.
    [Test]
    public void Dropout_HazardBeyondAllSense_IsAProblem()
    {
        NaturalHistoryData data = NaturalHistoryRows.Reference("skewed60").Data.WithFollowUp(
            ["1", "2"], [StudyTime.MonthsFromWeeks(0.1), StudyTime.MonthsFromWeeks(0.07)], [EventKind.Death, EventKind.Death]);
        NaturalHistoryFit fit = new NaturalHistoryFitter { Rates = RateModel.Normal }.Fit(data);
        Assert.That(fit.Dropout.Single().Problem, Does.Contain("2 participants in 0.17 weeks"));
        Assert.That(() => fit.ToObservation(), Throws.InvalidOperationException);
        Assert.That(NaturalHistoryReport.ScenarioPart(fit), Is.Null);
        Assert.That(NaturalHistoryReport.Warnings(fit), Has.Some.StartsWith("Dropout: 2 participants"));
    }

    [Test]
    public void Fit_TooFewParticipantsWithTwoScores_SaysHowMany() =>
        Assert.That(
            () => new NaturalHistoryFitter().Fit(NaturalHistoryData.FromRows(["a", "a", "b", "b", "c"], [0, 1, 0, 1, 0], [40, 39, 38, 36, 30])),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain("2 participants").And.Message.Contain("needs 3"));

    [Test]
    public void Fit_AllScoresAlike_SaysThatThereIsNoSpread() =>
        Assert.That(
            () => new NaturalHistoryFitter().Fit(
                NaturalHistoryData.FromRows(["a", "a", "b", "b", "c", "c"], [0, 1, 0, 1, 0, 1], [40, 40, 40, 40, 40, 40])),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain("40").And.Message.Contain("spread"));

    [TestCase(49.0, 1.0, "49")]
    [TestCase(-1.0, 1.0, "-1")]
    [TestCase(double.NaN, 1.0, "NaN")]
    [TestCase(40.0, 0.0, "entry 0 and entry 1")]
    [TestCase(40.0, double.NaN, "NaN")]
    [TestCase(40.0, 2000.0, "2000")]
    public void FromRows_ScoreOrTimeThatCannotBe_SaysWhere(double score, double month, string message) =>
        Assert.That(
            () => NaturalHistoryData.FromRows(["a", "a"], [0, month], [40, score]),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain(message).And.Message.Contain("entry 1"));

    [Test]
    public void FromRows_ParticipantInTwoStrata_SaysWho() =>
        Assert.That(
            () => NaturalHistoryData.FromRows(["a", "a"], [0, 1], [40, 39], ["x", "y"]),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain("'a'").And.Message.Contain("'y'"));

    [Test]
    public void FromRows_ListsOfDifferentLengths_NamesOne() =>
        Assert.That(
            () => NaturalHistoryData.FromRows(["a", "a"], [0], [40, 39]), Throws.ArgumentException.With.Message.Contain("months"));

    private static StratumFit Fit(NaturalHistoryRows rows, RateModel rates) =>
        new NaturalHistoryFitter { Rates = rates }.Fit(rows.Data).Strata.Single();

    private static Scenario Trial(int participants, Stratum stratum) => new()
    {
        Name = "known",
        Population = TestStrata.Population(stratum),
        Trajectory = new LinearDecline(),
        Design = new ParallelGroup { Participants = participants, VisitWeeks = [0, 4, 8, 12, 16, 20] },
        Observation = new ObservationModel
        {
            Events =
            [
                new ConstantHazard { Kind = EventKind.Death, PerWeek = DeathPerWeek },
                new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = WithdrawalPerWeek },
            ],
        },
    };

    private static void AssertNear(NaturalHistoryEstimate estimate, double truth, string name)
    {
        Assert.That(estimate.StandardError, Is.Positive, name);
        Assert.That(estimate.Value, Is.EqualTo(truth).Within(FalseAlarm.StandardErrors * estimate.StandardError), name);
    }

    private static void AssertSame(StratumFit actual, StratumFit expected, double rateFactor, double shift)
    {
        const double Relative = 1e-5;
        AssertSame(actual.BaselineMean, expected.BaselineMean, 1, shift, Relative);
        AssertSame(actual.BaselineSd, expected.BaselineSd, 1, 0, Relative);
        AssertSame(actual.RateMean, expected.RateMean, rateFactor, 0, Relative);
        AssertSame(actual.RateSd, expected.RateSd, rateFactor, 0, Relative);
        AssertSame(actual.LogRateMean, expected.LogRateMean, 1, Math.Log(rateFactor), Relative);
        AssertSame(actual.LogRateSd, expected.LogRateSd, 1, 0, Relative);
        AssertSame(actual.Correlation, expected.Correlation, 1, 0, Relative);
        AssertSame(actual.ResidualSd, expected.ResidualSd, 1, 0, Relative);
    }

    private static void AssertSame(
        NaturalHistoryEstimate actual, NaturalHistoryEstimate expected, double factor, double shift, double relative)
    {
        Assert.That(
            actual.Value, Is.EqualTo((factor * expected.Value) + shift).Within(relative * factor * expected.StandardError));
        Assert.That(actual.StandardError, Nearly.Equal(factor * expected.StandardError, relative));
    }
}
