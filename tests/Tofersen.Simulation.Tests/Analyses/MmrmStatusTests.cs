using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Trials that a mixed model cannot analyse, or only in part: each ends in a status, without an exception and without numbers
/// that do not count.</summary>
public sealed class MmrmStatusTests
{
    private static readonly CovarianceStructure[] Structures = Enum.GetValues<CovarianceStructure>();

    private static IEnumerable<TestCaseData> Hopeless()
    {
        static TestCaseData Case(string name, Action<PlainTrial> spoil) => new TestCaseData(spoil).SetArgDisplayNames(name);
        yield return Case("no control arm", t => Array.Fill(t.Arms, (byte)1));
        yield return Case("no active arm", t => Array.Fill(t.Arms, (byte)0));
        yield return Case("nobody has a score", t => Change(t, (_, _, _) => double.NaN));
        yield return Case("no covariate", t => Array.Fill(t.Columns[1].Values, double.NaN));
        yield return Case("no baseline", t => Array.ForEach(t.Scores, s => s[0] = double.NaN));
        yield return Case("no variation", t => Change(t, (_, _, s) => s[0]));
        yield return Case("the arm explains everything", t => Change(t, (p, v, s) => s[0] + (t.Arms[p] * v)));
        yield return Case("the arm explains everything but rounding", t => Change(t, (p, v, s) => s[0] + (0.1 * t.Arms[p] * v) - 0.3));
        yield return Case("one participant an arm", t => Change(t, (p, _, s) => p < 2 ? s[0] : double.NaN));
    }

    private static IEnumerable<TestCaseData> Partial()
    {
        static TestCaseData Case(string name, Action<PlainTrial> spoil) => new TestCaseData(spoil).SetArgDisplayNames(name);
        yield return Case("nothing is wrong", _ => { });
        yield return Case("somebody has no score", t => Array.Fill(t.Scores[3], double.NaN, 1, 3));
        yield return Case("covariates are collinear", t => t.Columns[1].Values.CopyTo(t.Columns[3].Values, 0));
        yield return Case("a covariate is constant", t => Array.Fill(t.Columns[1].Values, 40));
        yield return Case("nobody at week 4", t => Change(t, (_, v, s) => v == 1 ? double.NaN : s[v]));
        yield return Case("no active arm at week 8", t => Change(t, (p, v, s) => v == 2 && t.Arms[p] == 1 ? double.NaN : s[v]));
        yield return Case("no control arm at week 8", t => Change(t, (p, v, s) => v == 2 && t.Arms[p] == 0 ? double.NaN : s[v]));
    }

    [TestCaseSource(nameof(Hopeless))]
    public void Fit_NothingToEstimate_EndsInAStatus(object spoil)
    {
        PlainTrial trial = Trial();
        ((Action<PlainTrial>)spoil)(trial);
        using (Assert.EnterMultipleScope())
        {
            foreach (Mmrm mmrm in Models())
            {
                CheckFailed(mmrm.Fit(trial.ToData()), mmrm.Name);
                Assert.That(Run(mmrm, trial).IsUsable, Is.False, mmrm.Name);
            }
        }
    }

    [TestCaseSource(nameof(Partial))]
    public void Fit_SomethingToEstimate_ConvergesAndTestsIt(object spoil)
    {
        PlainTrial trial = Trial();
        ((Action<PlainTrial>)spoil)(trial);
        using (Assert.EnterMultipleScope())
        {
            foreach (Mmrm mmrm in Models())
            {
                MmrmFit fit = mmrm.Fit(trial.ToData());
                Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Converged), mmrm.Name);
                for (int v = 1; v <= 3; v++)
                {
                    int visit = v;
                    bool hasBoth = Enumerable.Range(0, trial.Participants)
                        .Where(p => !double.IsNaN(trial.Scores[p][visit])).Select(p => trial.Arms[p]).Distinct().Count() == 2;
                    CheckResult(fit.Contrasts[v - 1], hasBoth, $"{mmrm.Name}, visit {v}");
                }
            }
        }
    }

    // What the data say about the covariance of two visits that nobody has both of is nothing.
    [Test]
    public void Fit_VisitsNeverTogether_FailsUnstructuredAndTakesTheFallback()
    {
        PlainTrial trial = Trial();
        Change(trial, (p, v, s) => v == 2 + (p / 2 % 2) ? double.NaN : s[v]);
        Mmrm mmrm = new() { Week = 12, Fallback = [CovarianceStructure.HeterogeneousToeplitz, CovarianceStructure.Ar1] };
        MmrmFit unstructured = (mmrm with { Fallback = [] }).Fit(trial.ToData());
        MmrmFit fallback = mmrm.Fit(trial.ToData());
        MmrmFit toeplitz = (mmrm with { Covariance = CovarianceStructure.HeterogeneousToeplitz, Fallback = [] }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            CheckFailed(unstructured, "unstructured");
            Assert.That(fallback.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(fallback.Structure, Is.EqualTo(CovarianceStructure.HeterogeneousToeplitz));
            Assert.That(fallback.Contrasts, Is.EqualTo(toeplitz.Contrasts));
        }
    }

    [Test]
    public void Fit_VisitThatTookPlaceOnce_NeedsOneVarianceForAll()
    {
        PlainTrial trial = Trial();
        Change(trial, (p, v, s) => v == 3 && p != 4 ? double.NaN : s[v]);
        using (Assert.EnterMultipleScope())
        {
            foreach (CovarianceStructure structure in Structures)
            {
                MmrmFit fit = new Mmrm { Week = 12, Covariates = [], Covariance = structure }.Fit(trial.ToData());
                if (structure is CovarianceStructure.Ar1 or CovarianceStructure.CompoundSymmetry)
                {
                    Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Converged), structure.ToString());
                    CheckResult(fit.Contrasts[0], true, structure.ToString());
                    CheckResult(fit.Contrasts[2], false, structure.ToString());
                }
                else
                {
                    CheckFailed(fit, structure.ToString());
                }
            }
        }
    }

    [Test]
    public void Fit_FewerParticipantsThanParameters_EndsInAStatus()
    {
        PlainTrial trial = Trial().Reordered([0, 1, 2, 3, 4]);
        foreach (Mmrm mmrm in Models())
        {
            MmrmFit fit = mmrm.Fit(trial.ToData());
            if (fit.Status == AnalysisStatus.Converged)
            {
                Assert.That(fit.Contrasts.All(c => !c.IsUsable || (c.StandardError > 0 && double.IsFinite(c.Estimate))), mmrm.Name);
            }
            else
            {
                CheckFailed(fit, mmrm.Name);
            }
        }
    }

    [Test]
    public void Run_AnotherTrialAfterAFailure_IsNotTouchedByIt()
    {
        TrialData good = Trial().ToData();
        PlainTrial spoilt = Trial();
        Change(spoilt, (p, v, s) => v == 2 && spoilt.Arms[p] == 1 ? double.NaN : s[0]);
        foreach (Mmrm mmrm in Models())
        {
            IAnalysisWorker worker = mmrm.CreateWorker(good.Layout);
            AnalysisResult before = worker.Run(good);
            worker.Run(spoilt.ToData());
            Assert.That(worker.Run(good), Is.EqualTo(before), mmrm.Name);
        }
    }

    private static IEnumerable<Mmrm> Models()
    {
        foreach (CovarianceStructure structure in Structures)
        {
            foreach (string term in (string[])["age*visit", "age"])
            {
                yield return new Mmrm
                {
                    Name = $"{structure}, {term}",
                    Week = 12,
                    Covariates = [term, "months"],
                    Covariance = structure,
                    DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear,
                };
            }
        }

        yield return new Mmrm { Name = "full likelihood", Week = 12, Covariates = ["age*visit", "months*visit"], Estimation = LikelihoodEstimation.Ml };
    }

    private static PlainTrial Trial()
    {
        var random = new Random(20261122);
        const int n = 40;
        double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
        var trial = new PlainTrial
        {
            VisitWeeks = [0, 4, 8, 12],
            Arms = [.. Enumerable.Range(0, n).Select(p => (byte)(p % 2))],
            Scores = new double[n][],
        };
        for (int p = 0; p < n; p++)
        {
            double level = Math.Round(35 + (8 * Noise()), 1);
            double slope = Noise();
            trial.Scores[p] = [level, .. Enumerable.Range(1, 3).Select(v => Math.Round(level - (v * (1 + slope)) + (2 * Noise()), 2))];
        }

        trial.Columns =
        [
            new PlainColumn("baseline", [], [.. trial.Scores.Select(s => s[0])]),
            new PlainColumn("age", [], [.. trial.Scores.Select(_ => Math.Round(50 + (20 * Noise()), 1))]),
            new PlainColumn("sex", ["female", "male"], [.. trial.Scores.Select(_ => (double)random.Next(2))]),
            new PlainColumn("months", [], [.. trial.Scores.Select(_ => (double)random.Next(6, 30))]),
        ];
        return trial;
    }

    private static void Change(PlainTrial trial, Func<int, int, double[], double> score)
    {
        for (int p = 0; p < trial.Participants; p++)
        {
            for (int v = 1; v < trial.VisitWeeks.Length; v++)
            {
                trial.Scores[p][v] = score(p, v, trial.Scores[p]);
            }
        }
    }

    private static AnalysisResult Run(Mmrm mmrm, PlainTrial trial)
    {
        TrialData data = trial.ToData();
        return mmrm.CreateWorker(data.Layout).Run(data);
    }

    private static void CheckFailed(MmrmFit fit, string name)
    {
        Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.NotEstimable).Or.EqualTo(AnalysisStatus.NotConverged), name);
        Assert.That(fit.Contrasts.All(c => c.Status == fit.Status && double.IsNaN(c.Estimate) && double.IsNaN(c.PValue)), name);
        Assert.That(fit.MinusTwoLogLikelihood, Is.NaN, name);
    }

    private static void CheckResult(AnalysisResult result, bool isUsable, string name)
    {
        Assert.That(result.Status, Is.EqualTo(isUsable ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable), name);
        Assert.That(double.IsFinite(result.Estimate), Is.EqualTo(isUsable), name);
        Assert.That(result.StandardError > 0 && double.IsFinite(result.StandardError), Is.EqualTo(isUsable), name);
        Assert.That(result.DegreesOfFreedom > 0 && double.IsFinite(result.DegreesOfFreedom), Is.EqualTo(isUsable), name);
        Assert.That(result.PValue is >= 0 and <= 1, Is.EqualTo(isUsable), name);
    }
}
