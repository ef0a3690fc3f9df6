using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Changes of a trial that must change a fit in a known way, and special cases with a known answer.</summary>
public sealed class MmrmTests
{
    private const int Trials = 40;

    private static readonly CovarianceStructure[] Structures = Enum.GetValues<CovarianceStructure>();

    private static readonly Mmrm Unstructured = new() { Week = 12, Covariates = ["baseline*visit", "sex"] };

    [Test]
    public void Run_SwappedArms_FlipsSigns() => Compare(
        trial => trial.WithArmsSwapped(),
        mmrm => mmrm,
        (before, after) => (-before.Estimate, before.StandardError, before.DegreesOfFreedom));

    [Test]
    public void Run_ParticipantsReordered_GivesTheSame() => Compare(
        trial => trial.Reordered([.. Enumerable.Range(0, trial.Participants).Reverse()]),
        mmrm => mmrm,
        (before, after) => (before.Estimate, before.StandardError, before.DegreesOfFreedom));

    [TestCase(1e-5, 0)]
    [TestCase(1e5, 0)]
    [TestCase(-2, 0)]
    [TestCase(1, 1000)]
    public void Run_ScoresRescaled_RescalesTheEffect(double factor, double shift) => Compare(
        trial => WithScores(trial, score => (factor * score) + shift),
        mmrm => mmrm,
        (before, after) => (factor * before.Estimate, Math.Abs(factor) * before.StandardError, before.DegreesOfFreedom));

    [TestCase(1e-4, 0)]
    [TestCase(12, -600)]
    [TestCase(1, 1e5)]
    public void Run_CovariateRescaled_GivesTheSame(double factor, double shift) => Compare(
        trial => WithAge(trial, (age, _) => (factor * age) + shift),
        mmrm => mmrm with { Covariates = ["baseline*visit", "age*visit"] },
        (before, after) => (before.Estimate, before.StandardError, before.DegreesOfFreedom));

    [Test]
    public void Run_CovariateMixedWithAnother_GivesTheSame() => Compare(
        trial => WithAge(trial, (age, baseline) => (2 * age) - (3 * baseline)),
        mmrm => mmrm with { Covariates = ["baseline*visit", "age*visit"] },
        (before, after) => (before.Estimate, before.StandardError, before.DegreesOfFreedom));

    // A structure that holds another cannot fit worse.
    [TestCase(CovarianceStructure.CompoundSymmetry, CovarianceStructure.Toeplitz)]
    [TestCase(CovarianceStructure.Ar1, CovarianceStructure.Toeplitz)]
    [TestCase(CovarianceStructure.Ar1, CovarianceStructure.Antedependence)]
    [TestCase(CovarianceStructure.Toeplitz, CovarianceStructure.HeterogeneousToeplitz)]
    [TestCase(CovarianceStructure.CompoundSymmetry, CovarianceStructure.HeterogeneousCompoundSymmetry)]
    [TestCase(CovarianceStructure.HeterogeneousCompoundSymmetry, CovarianceStructure.HeterogeneousToeplitz)]
    [TestCase(CovarianceStructure.HeterogeneousAr1, CovarianceStructure.HeterogeneousAntedependence)]
    [TestCase(CovarianceStructure.HeterogeneousToeplitz, CovarianceStructure.Unstructured)]
    [TestCase(CovarianceStructure.HeterogeneousAntedependence, CovarianceStructure.Unstructured)]
    public void Fit_NestedStructures_LikelihoodIsOrdered(CovarianceStructure inner, CovarianceStructure outer)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            TrialData data = trial.ToData();
            double narrow = (Unstructured with { Covariance = inner }).Fit(data).MinusTwoLogLikelihood;
            double wide = (Unstructured with { Covariance = outer }).Fit(data).MinusTwoLogLikelihood;
            Assert.That(wide, Is.LessThan(narrow + 1e-8), $"seed {seed}");
        }
    }

    [TestCaseSource(nameof(Structures))]
    public void Run_OneVisit_EqualsAncova(CovarianceStructure structure)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            TrialData data = trial.ToData();
            AnalysisResult ancova = new Ancova { Week = 4, Covariates = ["baseline", "sex"] }.CreateWorker(data.Layout).Run(data);
            foreach (DegreesOfFreedomMethod method in Enum.GetValues<DegreesOfFreedomMethod>().Except([DegreesOfFreedomMethod.KenwardRoger]))
            {
                AnalysisResult mmrm = Run(Unstructured with { Week = 4, Covariance = structure, DegreesOfFreedom = method }, trial);
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(mmrm.Estimate, Nearly.Equal(ancova.Estimate, 1e-9, ancova.StandardError), $"seed {seed}");
                    Assert.That(mmrm.StandardError, Nearly.Equal(ancova.StandardError, 1e-9), $"seed {seed}");
                    Assert.That(mmrm.DegreesOfFreedom, Nearly.Equal(ancova.DegreesOfFreedom, 1e-9), $"seed {seed}");
                    Assert.That(mmrm.PValue, Nearly.Equal(ancova.PValue, 1e-8), $"seed {seed}");
                }
            }
        }
    }

    // Complete data with every effect at each visit: each visit by itself is an analysis of covariance.
    [Test]
    public void Fit_CompleteDataUnstructured_EqualsAncovaAtEachVisit()
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials(gaps: false))
        {
            TrialData data = trial.ToData();
            MmrmFit fit = (Unstructured with { Covariates = ["baseline*visit", "sex*visit"] }).Fit(data);
            for (int v = 1; v < trial.VisitWeeks.Length; v++)
            {
                AnalysisResult ancova = new Ancova { Week = trial.VisitWeeks[v], Covariates = ["baseline", "sex"] }
                    .CreateWorker(data.Layout).Run(data);
                AnalysisResult actual = fit.Contrasts[v - 1];
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(actual.Estimate, Nearly.Equal(ancova.Estimate, 1e-9, ancova.StandardError), $"seed {seed}");
                    Assert.That(actual.StandardError, Nearly.Equal(ancova.StandardError, 1e-9), $"seed {seed}");
                    Assert.That(actual.DegreesOfFreedom, Nearly.Equal(trial.Participants - 4, 1e-9), $"seed {seed}");
                }
            }
        }
    }

    [Test]
    public void Run_OtherTrialBetween_GivesTheSameBits()
    {
        foreach (CovarianceStructure structure in Structures)
        {
            TrialData[] trials = [.. RandomTrials().Take(4).Select(t => t.Trial.ToData())];
            Mmrm mmrm = Unstructured with { Covariance = structure, DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger };
            IAnalysisWorker worker = mmrm.CreateWorker(trials[0].Layout);
            AnalysisResult[] first = [.. trials.Select(worker.Run)];
            AnalysisResult[] again = [.. trials.Reverse().Select(worker.Run).Reverse()];
            AnalysisResult[] alone = [.. trials.Select(t => mmrm.CreateWorker(t.Layout).Run(t))];
            Assert.That(again, Is.EqualTo(first), structure.ToString());
            Assert.That(alone, Is.EqualTo(first), structure.ToString());
        }
    }

    private static void Compare(
        Func<PlainTrial, PlainTrial> changeTrial,
        Func<Mmrm, Mmrm> changeModel,
        Func<AnalysisResult, AnalysisResult, (double Estimate, double StandardError, double DegreesOfFreedom)> expect)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            CovarianceStructure structure = seed % 2 == 0 ? CovarianceStructure.Unstructured : Structures[seed % Structures.Length];
            Mmrm mmrm = changeModel(Unstructured with { Covariance = structure, DegreesOfFreedom = (DegreesOfFreedomMethod)(seed % 4) });
            AnalysisResult before = Run(mmrm, trial);
            AnalysisResult after = Run(mmrm, changeTrial(trial));
            (double estimate, double standardError, double degreesOfFreedom) = expect(before, after);
            string name = FormattableString.Invariant($"seed {seed}, {mmrm.Covariance}, {mmrm.DegreesOfFreedom}");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(before.Status, Is.EqualTo(AnalysisStatus.Converged), name);
                Assert.That(after.Status, Is.EqualTo(AnalysisStatus.Converged), name);
                Assert.That(after.Estimate, Nearly.Equal(estimate, 1e-7, standardError), name);
                Assert.That(after.StandardError, Nearly.Equal(standardError, 1e-7), name);
                Assert.That(after.DegreesOfFreedom, Nearly.Equal(degreesOfFreedom, 1e-6), name);
            }
        }
    }

    // Moderate trials of 3 visits and 60 participants, monotone and scattered gaps in turn.
    private static IEnumerable<(int Seed, PlainTrial Trial)> RandomTrials(bool gaps = true)
    {
        for (int seed = 1; seed <= Trials; seed++)
        {
            var random = new Random(seed);
            const int n = 60;
            double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
            var trial = new PlainTrial
            {
                VisitWeeks = [0, 4, 8, 12],
                Arms = [.. Enumerable.Range(0, n).Select(p => (byte)(p % 3 == 0 ? 0 : 1))],
                Scores = new double[n][],
            };
            for (int p = 0; p < n; p++)
            {
                double level = Math.Round(35 + (8 * Noise()));
                double slope = Noise();
                double[] scores = [level, .. Enumerable.Range(1, 3).Select(v => Math.Round(level - (v * (1 + slope)) + (2 * Noise()), 2))];
                for (int v = 2; gaps && v < 4; v++)
                {
                    bool isAfter = seed % 2 == 0 && double.IsNaN(scores[v - 1]);
                    scores[v] = isAfter || random.NextDouble() < 0.15 ? double.NaN : scores[v];
                }

                scores[1] = gaps && seed % 2 == 1 && random.NextDouble() < 0.15 && !double.IsNaN(scores[2]) ? double.NaN : scores[1];
                trial.Scores[p] = scores;
            }

            trial.Columns =
            [
                new PlainColumn("baseline", [], [.. trial.Scores.Select(s => s[0])]),
                new PlainColumn("age", [], [.. trial.Scores.Select(_ => Math.Round(50 + (20 * Noise()), 1))]),
                new PlainColumn("sex", ["female", "male"], [.. trial.Scores.Select(_ => (double)random.Next(2))]),
            ];
            yield return (seed, trial);
        }
    }

    private static AnalysisResult Run(Mmrm mmrm, PlainTrial trial)
    {
        TrialData data = trial.ToData();
        return mmrm.CreateWorker(data.Layout).Run(data);
    }

    private static PlainTrial WithScores(PlainTrial trial, Func<double, double> change)
    {
        PlainTrial copy = trial.Copy();
        copy.Scores = [.. copy.Scores.Select(scores => scores.Select(change).ToArray())];
        copy.Columns[0] = copy.Columns[0] with { Values = [.. copy.Scores.Select(scores => scores[0])] };
        return copy;
    }

    private static PlainTrial WithAge(PlainTrial trial, Func<double, double, double> change)
    {
        PlainTrial copy = trial.Copy();
        copy.Columns[1] = copy.Columns[1] with { Values = [.. copy.Columns[1].Values.Zip(copy.Columns[0].Values, change)] };
        return copy;
    }
}
