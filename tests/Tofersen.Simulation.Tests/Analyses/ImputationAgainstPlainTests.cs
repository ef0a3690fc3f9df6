using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>ANCOVA after multiple imputation against the plain version, on random trials and random specifications with the same
/// random numbers. The seed of a trial is in the message of a failure.</summary>
public sealed class ImputationAgainstPlainTests
{
    private const int TrialsPerSeed = 100;

    [Test]
    public void Run_RandomTrials_EqualsPlain([Range(1, 25)] int seed)
    {
        int estimable = 0;
        for (int t = 0; t < TrialsPerSeed; t++)
        {
            int number = (seed * 1000) + t;
            var random = new Random(number);
            PlainTrial trial = RandomTrial.Draw(random, random.Next(2, 9));
            if (random.Next(2) == 0)
            {
                CloseGaps(trial);
            }

            estimable += Check(trial, Specification(random, trial), FormattableString.Invariant($"random trial {number}"));
        }

        Assert.That(estimable, Is.GreaterThan(TrialsPerSeed / 10), "most trials say nothing");
    }

    private static int Check(PlainTrial trial, AncovaWithImputation analysis, string name)
    {
        TrialData data = trial.ToData();
        var plain = new PlainImputation(trial, analysis);
        PlainResult expected = plain.Run(new StreamKey((ulong)analysis.Imputation.Seed, 0));
        AnalysisResult actual = analysis.CreateWorker(data.Layout).Run(data);
        string message = $"{name}, {analysis}";
        Assert.That(actual.Participants, Is.EqualTo(expected.Participants), message);
        Assert.That(
            actual.Status, Is.EqualTo(expected.IsEstimable ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable), message);
        Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-9, expected.StandardError), message);
        Assert.That(actual.StandardError, Nearly.Equal(expected.StandardError, 1e-9), message);

        // λ is proportional to the root of 1 / df; where it is nothing but rounding error, the degrees of freedom are, too.
        double lambda = 1 / Math.Sqrt(expected.DegreesOfFreedom);
        Assert.That(1 / Math.Sqrt(actual.DegreesOfFreedom), Nearly.Equal(lambda, 1e-9, 1), message);
        Assert.That(analysis.Fit(data).Arm, Is.EqualTo(actual), message);
        return expected.IsEstimable ? 1 : 0;
    }

    // What was missed before the last visit is seen: dropout alone is left.
    private static void CloseGaps(PlainTrial trial)
    {
        foreach (double[] scores in trial.Scores)
        {
            int last = Array.FindLastIndex(scores, s => !double.IsNaN(s));
            for (int v = 1; v < last; v++)
            {
                scores[v] = double.IsNaN(scores[v]) ? Math.Round(35 - v + (scores[last] / 7), 2) : scores[v];
            }
        }
    }

    private static AncovaWithImputation Specification(Random random, PlainTrial trial)
    {
        bool isChained = random.Next(4) == 0;
        bool isLog = random.Next(5) == 0;
        return new AncovaWithImputation
        {
            Week = trial.VisitWeeks[random.Next(1, trial.VisitWeeks.Length)],
            Covariates = [.. RandomTrial.Some(random, RandomTrial.CovariateNames)],
            Strata = [.. RandomTrial.Strata(random)],
            Response = (AncovaResponse)random.Next(2),
            DegreesOfFreedom = (PooledDegreesOfFreedom)random.Next(2),
            Imputation = new MultipleImputation
            {
                Imputations = random.Next(2, 5),
                Method = isChained ? ImputationMethod.Chained : ImputationMethod.Monotone,
                ByArm = random.Next(2) == 0,
                ByStratum = random.Next(3) == 0,
                Predictors = [.. RandomTrial.Some(random, RandomTrial.CovariateNames)],
                Cycles = random.Next(1, 4),
                Scale = isLog ? ImputationScale.Log : ImputationScale.AsObserved,
                Reference = isChained ? 0 : (ReferenceBasedImputation)random.Next(4),
                ActiveDelta = random.Next(3) == 0 ? -0.5 : 0,
                ControlDelta = random.Next(3) == 0 ? 0.25 : 0,
                DeltaAdjustment = (DeltaAdjustment)random.Next(isChained ? 2 : 3),

                // A wild draw on the log scale is too large a number for the plain version.
                Scores = isLog ? ImputedScores.Clipped : (ImputedScores)random.Next(2),
                AfterDeath = (ImputationAfterDeath)random.Next(2),
                Seed = random.Next(),
            },
        };
    }
}
