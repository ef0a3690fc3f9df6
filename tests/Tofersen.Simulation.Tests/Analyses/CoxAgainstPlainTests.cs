using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Cox regressions of random trials against a plain version: ties everywhere, strata, covariates that are collinear, constant
/// or separate, 2 to 200 participants. The seed of a trial is in the message of a failure.</summary>
public sealed class CoxAgainstPlainTests
{
    private const int Seeds = 20;
    private const int TrialsPerSeed = 100;

    [Test]
    public void Cox_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        for (int t = 0; t < TrialsPerSeed; t++)
        {
            int trialSeed = (seed * 1000) + t;
            var random = new Random(trialSeed);
            PlainTrial trial = RandomTrial.Draw(random);
            CoxRegression cox = Draw(random, trial);
            TrialData data = trial.ToData();
            Check(cox, data, trial, FormattableString.Invariant($"random trial {trialSeed}, {cox}"));
        }
    }

    private static CoxRegression Draw(Random random, PlainTrial trial) => new()
    {
        Events = random.Next(2) == 0 ? [EventKind.Death] : [EventKind.Death, EventKind.PermanentVentilation],
        ThroughWeek = random.Next(2) == 0 ? null : trial.VisitWeeks[random.Next(1, trial.VisitWeeks.Length)],
        StratifyBy = random.Next(2) == 0 ? [] : [.. RandomTrial.Some(random, ["site", "stratum"])],
        Covariates = random.Next(3) == 0 ? [] : [.. RandomTrial.Some(random, ["age", "ageMonths", "male", "site", "stratum"])],
        Strata = [.. RandomTrial.Strata(random)],
        Ties = (TieHandling)random.Next(2),
    };

    private static void Check(CoxRegression cox, TrialData data, PlainTrial trial, string message)
    {
        PlainCoxRow[] rows = Rows(cox, data, trial);
        int columns = rows.Length == 0 ? 1 : rows[0].X.Length;
        var plain = new PlainCox(rows, cox.Ties, columns);
        var without = new PlainCox(rows, cox.Ties, columns - 1);
        CoxFit fit = cox.Fit(data);
        Assert.That(fit.Participants, Is.EqualTo(rows.Length), message);
        if (rows.Length == 0 || !plain.IsConverged || !without.IsConverged)
        {
            Assert.That(rows, Is.Empty, message);
            Assert.That(fit.Arm.Status, Is.EqualTo(AnalysisStatus.NotEstimable), message);
            return;
        }

        int last = columns - 1;
        AnalysisStatus expected = plain.Aliased[last] || plain.Lost[last] || plain.Infinite[last] ? AnalysisStatus.NotEstimable
            : plain.IsInfinite ? AnalysisStatus.Boundary
            : AnalysisStatus.Converged;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Arm.Status, Is.EqualTo(expected), message);
            Assert.That(cox.CreateWorker(data.Layout).Run(data), Is.EqualTo(fit.Arm), message);
            Assert.That(fit.LogLikelihood, Is.EqualTo(plain.LogLikelihood).Within(2e-8), message);
            CheckCoefficients(fit, plain, message);
            CheckOtherTests(cox, data, plain, without, message);
        }
    }

    private static void CheckCoefficients(CoxFit fit, PlainCox plain, string message)
    {
        // The limit of a monotone likelihood is reached to about 1e-9 only.
        double tolerance = plain.IsInfinite ? 1e-6 : 1e-9;
        for (int j = 0; j < plain.Beta.Length; j++)
        {
            bool isFinite = !plain.Aliased[j] && !plain.Lost[j] && !plain.Infinite[j];
            double error = isFinite ? Math.Sqrt(plain.Covariance[j, j]) : double.NaN;

            // Where several coefficients grow together there is more than one way to do it.
            bool isOnlyOne = plain.Infinite[j] && plain.Infinite.Count(i => i) == 1 && !plain.Lost.Contains(true);
            Assert.That(
                fit.Coefficients[j].Estimate,
                isFinite ? Nearly.Equal(plain.Beta[j], tolerance, error)
                : plain.Aliased[j] ? Is.NaN
                : isOnlyOne ? Is.EqualTo(plain.Beta[j] * double.PositiveInfinity)
                : Is.NaN.Or.EqualTo(double.PositiveInfinity).Or.EqualTo(double.NegativeInfinity),
                $"column {j} of {message}");
            Assert.That(fit.Coefficients[j].StandardError, Nearly.Equal(error, tolerance), $"column {j} of {message}");
        }
    }

    private static void CheckOtherTests(CoxRegression cox, TrialData data, PlainCox plain, PlainCox without, string message)
    {
        int last = plain.Beta.Length - 1;
        AnalysisResult score = (cox with { Test = CoxTest.Score }).CreateWorker(data.Layout).Run(data);
        AnalysisResult ratio = (cox with { Test = CoxTest.LikelihoodRatio }).CreateWorker(data.Layout).Run(data);
        if (plain.Aliased[last] || plain.Lost[last])
        {
            Assert.That(score.Status, Is.EqualTo(AnalysisStatus.NotEstimable), message);
            Assert.That(ratio.Status, Is.EqualTo(AnalysisStatus.NotEstimable), message);
            return;
        }

        (_, double[] gradient, double[,] information) = plain.Evaluate([.. without.Beta, 0]);
        double variance = 1 / PlainCox.Invert(information, plain.Aliased)[last, last];
        double gain = Math.Max(0, 2 * (plain.LogLikelihood - without.LogLikelihood));
        double tolerance = without.IsInfinite ? 1e-5 : 1e-8;
        bool leavesNothing = without.IsInfinite && variance < 1e-5;
        AnalysisStatus status = plain.IsInfinite ? AnalysisStatus.Boundary : AnalysisStatus.Converged;
        Assert.That(score.Status, Is.EqualTo(leavesNothing ? AnalysisStatus.NotEstimable : status), message);
        Assert.That(
            ratio.Status, Is.EqualTo(leavesNothing && plain.Infinite[last] ? AnalysisStatus.NotEstimable : status), message);
        if (leavesNothing)
        {
            return;
        }

        Assert.That(score.Statistic, Nearly.Equal(-gradient[last] / Math.Sqrt(variance), tolerance, 1), message);
        Assert.That(ratio.Statistic * ratio.Statistic, Is.EqualTo(gain).Within(1e-7), message);
        if (plain.Infinite[last])
        {
            Assert.That(score.Estimate, Nearly.Equal(gradient[last] / variance, tolerance, 1 / Math.Sqrt(variance)), message);
            Assert.That(score.StandardError, Nearly.Equal(1 / Math.Sqrt(variance), tolerance), message);
            Assert.That(Math.Sign(ratio.Statistic), Is.EqualTo(-Math.Sign(plain.Beta[last])), message);
        }
    }

    private static PlainCoxRow[] Rows(CoxRegression cox, TrialData data, PlainTrial trial)
    {
        double horizon = cox.ThroughWeek is { } week ? StudyTime.MonthsFromWeeks(week) : double.PositiveInfinity;
        string[] factors = [.. cox.StratifyBy];
        return
        [
            .. Enumerable.Range(0, trial.Participants)
                .Where(p => PlainAncova.Counts(trial, p, [.. factors, .. cox.Covariates], [.. cox.Strata]))
                .Select(p => new PlainCoxRow(
                    Math.Min(trial.FollowUpMonths![p], horizon),
                    cox.Events.Contains(trial.Ends![p]) && trial.FollowUpMonths[p] <= horizon,
                    string.Join('/', factors.Select(f => trial.Columns.Single(c => c.Name == f).Values[p])),
                    [.. cox.Covariates.SelectMany(name => Values(trial.Columns.Single(c => c.Name == name), p)), trial.Arms[p]])),
        ];
    }

    private static IEnumerable<double> Values(PlainColumn column, int p) => column.Levels.Length == 0
        ? [column.Values[p]]
        : Enumerable.Range(1, column.Levels.Length - 1).Select(level => column.Values[p] == level ? 1.0 : 0);
}
