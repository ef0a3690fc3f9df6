using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>R's coxph; see ReferenceData/cox/README.md.</summary>
[Category("Reference")]
public sealed class CoxReferenceTests
{
    private static readonly string[] Keys = ["dataset", "covariates", "strata", "ties"];

    private static IEnumerable<TestCaseData> Models() => ReferenceFile.Cases("cox", "models", Keys);

    private static IEnumerable<TestCaseData> Separated() => ReferenceFile.Cases("cox", "separated", "dataset", "covariates");

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesLikelihoodsAndTests(object model)
    {
        var row = (ReferenceRow)model;
        CoxFit fit = Specification(row).Fit(Read(row.Text("dataset")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Participants, Is.EqualTo(row.Count("n")));
            Assert.That(fit.Events, Is.EqualTo(row.Count("events")));
            Assert.That(fit.LogLikelihoodAtZero, Nearly.Equal(row.Number("logLikZero"), 1e-10));
            Assert.That(fit.LogLikelihood, Nearly.Equal(row.Number("logLik"), 1e-10));
            CheckTest(fit.LikelihoodRatio, row, "likelihoodRatio", "pLikelihoodRatio");
            CheckTest(fit.Wald, row, "wald", "pWald");
            CheckTest(fit.Score, row, "score", "pScore");
            Assert.That(fit.GradientNorm, Is.LessThan(1e-7 * row.Count("events")));
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesCoefficientsAndCovariance(object model)
    {
        var row = (ReferenceRow)model;
        CoxFit fit = Specification(row).Fit(Read(row.Text("dataset")));
        ReferenceRow[] coefficients = [.. Matching("coefficients", row)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Coefficients.Select(c => c.Name), Is.EqualTo(coefficients.Select(c => c.Text("name"))));
            foreach (ReferenceRow expected in coefficients)
            {
                Coefficient actual = fit.Coefficients[expected.Count("position")];
                Assert.That(actual.Estimate, Nearly.Equal(expected.Number("estimate"), 1e-7, expected.Number("se")));
                Assert.That(actual.StandardError, Nearly.Equal(expected.Number("se"), 1e-7));
            }

            foreach (ReferenceRow expected in Matching("covariances", row))
            {
                (int i, int j) = (expected.Count("row"), expected.Count("column"));
                double scale = fit.Coefficients[i].StandardError * fit.Coefficients[j].StandardError;
                Assert.That(
                    fit.Covariance[(i * coefficients.Length) + j], Nearly.Equal(expected.Number("value"), 1e-7, scale));
                Assert.That(
                    fit.Covariance[(j * coefficients.Length) + i], Nearly.Equal(expected.Number("value"), 1e-7, scale));
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Run_ReferenceModel_GivesEachTestOfTheArm(object model)
    {
        var row = (ReferenceRow)model;
        TrialData data = Read(row.Text("dataset"));
        using (Assert.EnterMultipleScope())
        {
            foreach (CoxTest test in Enum.GetValues<CoxTest>())
            {
                AnalysisResult result = (Specification(row) with { Test = test }).CreateWorker(data.Layout).Run(data);
                double se = row.Number("se");
                double margin = 1.959963984540054 * se;
                Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
                Assert.That(result.Participants, Is.EqualTo(row.Count("n")));
                Assert.That(result.Estimate, Nearly.Equal(row.Number("estimate"), 1e-8, se));
                Assert.That(result.StandardError, Nearly.Equal(se, 1e-8));
                Assert.That(result.Statistic, Nearly.Equal(row.Number("z" + test), 1e-7, 1), test.ToString());
                Assert.That(result.Lower, Nearly.Equal(row.Number("estimate") - margin, 1e-8, margin));
                Assert.That(result.Upper, Nearly.Equal(row.Number("estimate") + margin, 1e-8, margin));
            }
        }
    }

    [TestCaseSource(nameof(Separated))]
    public void Run_Separation_KeepsScoreAndLikelihoodRatioTests(object model)
    {
        var row = (ReferenceRow)model;
        TrialData data = Read("separated-" + row.Text("dataset"));
        var cox = new CoxRegression { Covariates = Covariates(row) };
        AnalysisResult Run(CoxTest test) => (cox with { Test = test }).CreateWorker(data.Layout).Run(data);
        bool isInfinite = double.IsNaN(row.Number("estimate"));
        AnalysisResult wald = Run(CoxTest.Wald);
        AnalysisResult score = Run(CoxTest.Score);
        AnalysisResult ratio = Run(CoxTest.LikelihoodRatio);
        CoxFit fit = cox.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wald.Status, Is.EqualTo(isInfinite ? AnalysisStatus.NotEstimable : AnalysisStatus.Boundary));
            Assert.That(wald.Estimate, Nearly.Equal(row.Number("estimate"), 1e-7));
            Assert.That(wald.StandardError, Nearly.Equal(row.Number("se"), 1e-7));
            Assert.That(score.Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(score.Statistic, Nearly.Equal(row.Number("zScore"), 1e-7));
            Assert.That(ratio.Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(ratio.Statistic, Nearly.Equal(row.Number("zLikelihoodRatio"), 1e-7));
            foreach (AnalysisResult result in (AnalysisResult[])[score, ratio])
            {
                Assert.That(result.Estimate, Nearly.Equal(row.Number(isInfinite ? "oneStep" : "estimate"), 1e-7));
                Assert.That(result.StandardError, Nearly.Equal(row.Number(isInfinite ? "oneStepSe" : "se"), 1e-7));
            }

            Assert.That(fit.LogLikelihood, Nearly.Equal(row.Number("logLik"), 1e-9));
            Assert.That(
                fit.Coefficients[^1].Estimate,
                isInfinite
                    ? Is.EqualTo(row.Number("sign") * double.PositiveInfinity)
                    : Nearly.Equal(row.Number("estimate"), 1e-7));
            Assert.That(fit.Coefficients.Any(c => double.IsInfinity(c.Estimate)), Is.True);
        }
    }

    [Test]
    public void Fit_CollinearColumn_IsAliasedAsInR()
    {
        PlainTrial trial = ReadTrial("continuous108");
        double[] age = trial.Columns.Single(c => c.Name == "age").Values;
        trial.Columns.Add(new PlainColumn("ageMonths", [], [.. age.Select(a => 12 * a)]));
        trial.Columns.Add(new PlainColumn("again", [], [.. trial.Arms.Select(arm => 1.0 - arm)]));
        CoxFit fit = new CoxRegression { Covariates = ["age", "ageMonths", "site"] }.Fit(trial.ToData());
        IReadOnlyList<ReferenceRow> rows = ReferenceFile.Read("cox", "aliased").Rows;
        using (Assert.EnterMultipleScope())
        {
            for (int j = 0; j < rows.Count; j++)
            {
                double expected = rows[j].Number("estimate");
                double error = double.IsNaN(expected) ? double.NaN : rows[j].Number("se");
                Assert.That(fit.Coefficients[j].Name, Is.EqualTo(rows[j].Text("name")));
                Assert.That(fit.Coefficients[j].Estimate, Nearly.Equal(expected, 1e-7));
                Assert.That(fit.Coefficients[j].StandardError, Nearly.Equal(error, 1e-7));
            }

            Assert.That(fit.Wald.DegreesOfFreedom, Is.EqualTo(4));
            Assert.That(
                new CoxRegression { Covariates = ["age", "again"] }.Fit(trial.ToData()).Arm.Status,
                Is.EqualTo(AnalysisStatus.NotEstimable));
        }
    }

    private static void CheckTest(CoxModelTest test, ReferenceRow row, string statistic, string p)
    {
        Assert.That(test.DegreesOfFreedom, Is.EqualTo(row.Count("df")), statistic);
        Assert.That(test.ChiSquare, Nearly.Equal(row.Number(statistic), 1e-7, 1), statistic);

        // summary.coxph rounds Wald's statistic to two decimals before it takes p.
        double expected = statistic == "wald" ? double.NaN : row.Number(p);
        Assert.That(test.PValue, double.IsNaN(expected) ? Is.InRange(0, 1) : Nearly.Equal(expected, 1e-6, 1e-4), p);
    }

    internal static IEnumerable<ReferenceRow> Matching(string file, ReferenceRow model) =>
        ReferenceFile.Read("cox", file).Rows.Where(r => Keys.All(key => r.Text(key) == model.Text(key)));

    internal static CoxRegression Specification(ReferenceRow row) => new()
    {
        Covariates = Covariates(row),
        StratifyBy = row.Text("strata") switch { "none" => [], "stratum" => ["stratum"], _ => ["stratum", "site"] },
        Ties = row.Text("ties") == "efron" ? TieHandling.Efron : TieHandling.Breslow,
    };

    internal static Simulation.Common.ValueList<string> Covariates(ReferenceRow row) => row.Text("covariates") switch
    {
        "none" => [],
        "number" or "age" => ["age"],
        "factor" or "site" => ["site"],
        _ => ["age", "score", "stratum", "site"],
    };

    internal static TrialData Read(string name) => ReadTrial(name).ToData();

    private static PlainTrial ReadTrial(string name)
    {
        ReferenceFile file = ReferenceFile.Read("cox", name);
        PlainTrial trial = PlainTrial.OfTimes(
            [.. file.Numbers("arm").Select(arm => (byte)arm)],
            file.Numbers("time"),
            [.. file.Numbers("event").Select(e => e == 1 ? EventKind.Death : EventKind.OtherWithdrawal)]);
        trial.Columns =
        [
            PlainColumn.Factor("stratum", file.Texts("stratum")),
            PlainColumn.Factor("site", file.Texts("site")),
            new PlainColumn("age", [], file.Numbers("age")),
            new PlainColumn("score", [], file.Numbers("score")),
        ];
        return trial;
    }
}
