using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The library's analyses against the plain versions beside these tests, on random trials. The seed of a trial is in the
/// message of a failure.</summary>
public sealed class FastAgainstPlainTests
{
    private const int Seeds = 20;
    private const int TrialsPerSeed = 150;

    [Test]
    public void Ancova_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach (Random random in Randoms(seed))
        {
            PlainTrial trial = RandomTrial.Draw(random);
            var ancova = new Ancova
            {
                Week = trial.VisitWeeks[random.Next(1, trial.VisitWeeks.Length)],
                Covariates = [.. RandomTrial.Some(random, RandomTrial.CovariateNames)],
                Strata = [.. RandomTrial.Strata(random)],
                Response = (AncovaResponse)random.Next(2),
                Variance = (RobustVariance)random.Next(5),
            };
            int visit = Array.IndexOf(trial.VisitWeeks, ancova.Week);
            bool isChange = ancova.Response == AncovaResponse.ChangeFromBaseline;
            double[] response = [.. trial.Scores.Select(s => s[visit] - (isChange ? s[0] : 0))];
            int[] participants =
            [
                .. Enumerable.Range(0, trial.Participants).Where(p =>
                    !double.IsNaN(response[p]) && PlainAncova.Counts(trial, p, [.. ancova.Covariates], [.. ancova.Strata])),
            ];
            PlainAncova plain =
                PlainAncova.Fit(trial, participants, [.. participants.Select(p => response[p])], [.. ancova.Covariates]);
            TrialData data = trial.ToData();
            plain.Arm(ancova.Variance).Check(ancova.CreateWorker(data.Layout).Run(data), Trial(random));
            CheckFit(ancova, data, plain, Trial(random));
        }
    }

    [Test]
    public void JointRank_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach (Random random in Randoms(seed))
        {
            CheckJointRank(RandomTrial.Draw(random), random);
        }
    }

    // The visits of a participant are kept in words of 64 bits.
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(70)]
    [TestCase(130)]
    public void JointRank_ManyVisits_EqualsPlain(int visits)
    {
        foreach (Random random in Randoms(visits).Take(10))
        {
            CheckJointRank(RandomTrial.Draw(random, visits), random);
        }
    }

    [Test]
    public void LogRank_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach (Random random in Randoms(seed))
        {
            PlainTrial trial = RandomTrial.Draw(random);
            var test = new LogRank
            {
                Events = random.Next(2) == 0 ? [EventKind.Death] : [EventKind.Death, EventKind.PermanentVentilation],
                ThroughWeek = random.Next(2) == 0 ? null : trial.VisitWeeks[random.Next(1, trial.VisitWeeks.Length)],
                StratifyBy = [.. RandomTrial.Some(random, ["site", "stratum"])],
                Strata = [.. RandomTrial.Strata(random)],
            };
            double horizon = test.ThroughWeek is { } week ? StudyTime.MonthsFromWeeks(week) : double.PositiveInfinity;
            string[] factors = [.. test.StratifyBy];
            var plain = new PlainLogRank(
            [
                .. Enumerable.Range(0, trial.Participants)
                    .Where(p => PlainAncova.Counts(trial, p, factors, [.. test.Strata]))
                    .Select(p => (
                        Math.Min(trial.FollowUpMonths![p], horizon),
                        test.Events.Contains(trial.Ends![p]) && trial.FollowUpMonths[p] <= horizon,
                        (int)trial.Arms[p],
                        string.Join('/', factors.Select(f => trial.Columns.Single(c => c.Name == f).Values[p])))),
            ]);
            TrialData data = trial.ToData();
            LogRankFit fit = test.Fit(data);
            plain.Result.Check(fit.Test, Trial(random), -1);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(test.CreateWorker(data.Layout).Run(data), Is.EqualTo(fit.Test), Trial(random));
                Assert.That(fit.ObservedActive, Is.EqualTo(plain.ObservedActive), Trial(random));
                Assert.That(fit.ObservedControl, Is.EqualTo(plain.ObservedControl), Trial(random));
                Assert.That(fit.ExpectedActive, Nearly.Equal(plain.ExpectedActive, 1e-9), Trial(random));
                Assert.That(fit.ExpectedControl, Nearly.Equal(plain.ExpectedControl, 1e-9, 1e-3), Trial(random));
            }
        }
    }

    [Test]
    public void KaplanMeier_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach (Random random in Randoms(seed).Take(30))
        {
            PlainTrial trial = RandomTrial.Draw(random);
            byte arm = trial.Arms[0];
            int[] inArm = [.. Enumerable.Range(0, trial.Participants).Where(p => trial.Arms[p] == arm)];
            double[] times = [.. inArm.Select(p => trial.FollowUpMonths![p])];
            var plain = new PlainKaplanMeier(times, [.. inArm.Select(p => trial.Ends![p] == EventKind.Death)]);
            SurvivalCurve curve = KaplanMeier.Estimate(trial.ToData(), arm, [EventKind.Death]);
            double horizon = (random.NextDouble() * trial.ScheduledMonths[^1]) + 0.01;
            (double mean, double standardError) = curve.RestrictedMean(horizon);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(curve.Points.Select(p => p.Time), Is.EqualTo(times.Distinct().Order()), Trial(random));
                foreach (SurvivalPoint point in curve.Points)
                {
                    Assert.That(point.AtRisk, Is.EqualTo(plain.AtRisk(point.Time)), Trial(random));
                    Assert.That(point.Events, Is.EqualTo(plain.Events(point.Time)), Trial(random));
                    Assert.That(point.Survival, Nearly.Equal(plain.Survival(point.Time), 1e-9), Trial(random));
                    Assert.That(point.StandardError, Nearly.Equal(plain.StandardError(point.Time), 1e-9), Trial(random));
                }

                Assert.That(mean, Nearly.Equal(plain.RestrictedMean(horizon), 1e-9), Trial(random));
                Assert.That(
                    standardError, Nearly.Equal(Math.Sqrt(plain.RestrictedMeanVariance(horizon)), 1e-9, 1e-3), Trial(random));
            }
        }
    }

    [Test]
    public void SlopeAnalysis_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach (Random random in Randoms(seed))
        {
            PlainTrial trial = RandomTrial.Draw(random);
            int last = random.Next(1, trial.VisitWeeks.Length);
            int first = random.Next(last);
            var analysis = new SlopeAnalysis
            {
                FromWeek = trial.VisitWeeks[first],
                ThroughWeek = trial.VisitWeeks[last],
                MinimumVisits = random.Next(2, Math.Min(4, last - first + 1) + 1),
                Covariates = [.. RandomTrial.Some(random, RandomTrial.CovariateNames)],
                Strata = [.. RandomTrial.Strata(random)],
            };
            TrialData data = trial.ToData();
            PlainSlopes.Fit(trial, first, last, analysis.MinimumVisits, [.. analysis.Covariates], [.. analysis.Strata])
                .Check(analysis.CreateWorker(data.Layout).Run(data), Trial(random));
        }
    }

    private static void CheckFit(Ancova ancova, TrialData data, PlainAncova plain, string trial)
    {
        AncovaFit fit = ancova.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            plain.Arm(ancova.Variance).Check(fit.Arm, trial);
            Assert.That(fit.DegreesOfFreedom, Is.EqualTo(plain.DegreesOfFreedom), trial);
            for (int j = 0; j < plain.Aliased.Length && !plain.Aliased.Contains(true) && plain.DegreesOfFreedom > 0; j++)
            {
                var unit = new decimal[plain.Aliased.Length];
                unit[j] = 1;
                Compare(fit.Coefficients[j], plain.Combine(unit), trial);
            }

            for (int arm = 0; arm < 2 && fit.Arm.Participants > 0 && plain.DegreesOfFreedom > 0; arm++)
            {
                decimal[] proportional = [.. Enumerable.Range(0, plain.Aliased.Length - 1).Select(plain.Mean), arm];
                decimal[] equal = [1, .. ancova.Covariates.SelectMany(name => EqualWeights(data, name)), arm];
                equal = [.. equal.Select((weight, j) => weight < 0 ? proportional[j] : weight)];
                Compare(fit.ProportionalMeans[arm], plain.Combine(proportional), trial);
                Compare(fit.EqualMeans[arm], plain.Combine(equal), trial);
            }
        }
    }

    // Weights of the columns of a factor; −1 for a number, which stands at its mean.
    private static decimal[] EqualWeights(TrialData data, string name)
    {
        int levels = data.Layout.Covariates.Single(c => c.Name == name).Levels.Count;
        return levels == 0 ? [-1] : [.. Enumerable.Repeat(1m / levels, levels - 1)];
    }

    private static void Compare(Coefficient actual, (double Estimate, double StandardError) plain, string trial)
    {
        Assert.That(actual.Estimate, Nearly.Equal(plain.Estimate, 1e-9, plain.StandardError + 1e-3), trial);
        Assert.That(actual.StandardError, Nearly.Equal(plain.StandardError, 1e-9, 1e-3), trial);
    }

    private static void CheckJointRank(PlainTrial trial, Random random)
    {
        JointRankTest test = random.Next(2) == 0 ? JointRankTest.AncovaOnRanks : (JointRankTest)random.Next(1, 6);
        bool adjusts = test == JointRankTest.AncovaOnRanks;
        var analysis = new JointRank
        {
            Week = trial.VisitWeeks[random.Next(1, trial.VisitWeeks.Length)],
            Incomplete = (IncompleteFollowUp)random.Next(4),
            Test = test,
            WinVariance = (WinVariance)random.Next(2),
            PermanentVentilationIsDeath = random.Next(2) == 0,
            Covariates = [.. RandomTrial.Some(random, RandomTrial.CovariateNames)],
            StratifyBy = adjusts ? [] : [.. RandomTrial.Some(random, ["site", "stratum"])],
            Strata = [.. RandomTrial.Strata(random)],
        };
        var plain = new PlainJointRank(trial, analysis);
        var wins = new PlainWinTests(plain.Participants.Length, plain.Strata);
        TrialData data = trial.ToData();
        JointRankFit fit = analysis.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Participants, Is.EqualTo(plain.Participants), Trial(random));
            Assert.That(fit.Scores, Is.EqualTo(plain.Scores), Trial(random));
            Assert.That(fit.Ranks, Is.EqualTo(plain.Ranks), Trial(random));
            Assert.That(fit.Wins, Is.EqualTo(plain.Strata.Sum(s => s.Wins)), Trial(random));
            Assert.That(fit.Losses, Is.EqualTo(plain.Strata.Sum(s => s.Losses)), Trial(random));
            Assert.That(fit.Ties, Is.EqualTo(plain.Strata.Sum(s => s.Ties)), Trial(random));
            Assert.That(fit.WinRatio, Nearly.Equal(wins.WinRatio, 1e-12), Trial(random));
            Assert.That(fit.WinOdds, Nearly.Equal(wins.WinOdds, 1e-12), Trial(random));
            Assert.That(fit.NetBenefit, Nearly.Equal(wins.NetBenefit, 1e-12, 1e-3), Trial(random));
        }

        wins.Unadjusted().Check(fit.Unadjusted, Trial(random));
        CheckWinTests(wins, fit, Trial(random));
        if (adjusts)
        {
            plain.AncovaOnRanks().Check(fit.AncovaOnRanks, Trial(random));
        }

        WinTests tests = analysis.WinVariance == WinVariance.General ? fit.General : fit.UnderNull;
        AnalysisResult expected = test switch
        {
            JointRankTest.AncovaOnRanks => fit.AncovaOnRanks,
            JointRankTest.Unadjusted => fit.Unadjusted,
            JointRankTest.ExactPermutation => fit.ExactPermutation,
            JointRankTest.WinRatio => tests.LogWinRatio,
            JointRankTest.WinOdds => tests.LogWinOdds,
            _ => tests.NetBenefit,
        };
        Assert.That(analysis.CreateWorker(data.Layout).Run(data), Is.EqualTo(expected), Trial(random));
    }

    private static void CheckWinTests(PlainWinTests wins, JointRankFit fit, string trial)
    {
        foreach (bool underNull in (bool[])[false, true])
        {
            WinTests tests = underNull ? fit.UnderNull : fit.General;
            wins.LogWinRatio(underNull).Check(tests.LogWinRatio, $"log win ratio, {underNull}, {trial}");
            wins.LogWinOdds(underNull).Check(tests.LogWinOdds, $"log win odds, {underNull}, {trial}");
            wins.NetBenefitTest(underNull).Check(tests.NetBenefit, $"net benefit, {underNull}, {trial}");
        }

        if (fit.Unadjusted.IsUsable && wins.ExactP() is { } p)
        {
            Assert.That(fit.ExactPermutation, Is.EqualTo(fit.Unadjusted with { PValue = fit.ExactPermutation.PValue }), trial);
            Assert.That(fit.ExactPermutation.PValue, Nearly.Equal(p, 1e-12), trial);
        }
    }

    private static IEnumerable<Random> Randoms(int seed) =>
        Enumerable.Range(0, TrialsPerSeed).Select(trial => new SeededRandom((seed * 1000) + trial));

    private static string Trial(Random random) => random.ToString()!;

    private sealed class SeededRandom : Random
    {
        private readonly int _seed;

        internal SeededRandom(int seed)
            : base(seed) => _seed = seed;

        public override string ToString() => FormattableString.Invariant($"random trial {_seed}");
    }
}
