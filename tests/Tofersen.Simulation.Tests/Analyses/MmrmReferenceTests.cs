using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>A dense fit in R, itself compared with nlme::gls; see ReferenceData/mmrm/README.md.</summary>
[Category("Reference")]
public sealed class MmrmReferenceTests
{
    private const double Tolerance = 1e-6;
    private const double DegreesOfFreedomTolerance = 1e-5;

    private static readonly string[] Factors = ["stratum", "sex"];
    private static readonly Dictionary<string, TrialData> Trials = [];
    private static readonly Dictionary<string, ILookup<string, ReferenceRow>> Tables = [];

    private static IEnumerable<TestCaseData> Models() =>
        ReferenceFile.Cases("mmrm", "expected-fits", "dataset", "model", "structure", "estimation");

    private static IEnumerable<TestCaseData> RestrictedModels() =>
        Models().Where(c => ((ReferenceRow)c.Arguments[0]!).Text("estimation") == "Reml");

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesTheLikelihoodAndTheCovariance(object model)
    {
        var row = (ReferenceRow)model;
        MmrmFit fit = Fit(row, DegreesOfFreedomMethod.Satterthwaite);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(fit.Structure.ToString(), Is.EqualTo(row.Text("structure")));
            Assert.That(fit.Participants, Is.EqualTo(row.Count("participants")));
            Assert.That(fit.Observations, Is.EqualTo(row.Count("observations")));
            Assert.That(fit.Coefficients, Has.Count.EqualTo(row.Count("columns")));
            Assert.That(fit.Coefficients.Count(c => !double.IsNaN(c.Estimate)), Is.EqualTo(row.Count("rank")));
            Assert.That(fit.MinusTwoLogLikelihood, Nearly.Equal(row.Number("m2ll"), 1e-10));
            foreach (ReferenceRow entry in Rows("expected-sigmas", row))
            {
                int a = entry.Count("first") - 1;
                int b = entry.Count("second") - 1;
                double scale = Math.Sqrt(fit.Covariance[a][a] * fit.Covariance[b][b]);
                Assert.That(fit.Covariance[a][b], Nearly.Equal(entry.Number("sigma"), Tolerance, scale), $"{a}, {b}");
                Assert.That(fit.Covariance[b][a], Is.EqualTo(fit.Covariance[a][b]));
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesTheContrastsAndMeans(object model)
    {
        var row = (ReferenceRow)model;
        MmrmFit fit = Fit(row, DegreesOfFreedomMethod.Satterthwaite);
        using (Assert.EnterMultipleScope())
        {
            foreach (ReferenceRow contrast in Rows("expected-contrasts", row))
            {
                AnalysisResult actual = fit.Contrasts[contrast.Count("visit") - 1];
                CheckTest(actual, contrast, "se");
                Assert.That(actual.Participants, Is.EqualTo(row.Count("participants")));
            }

            foreach (ReferenceRow mean in Rows("expected-means", row))
            {
                Coefficient actual = (mean.Count("arm") == 0 ? fit.ControlMeans : fit.ActiveMeans)[mean.Count("visit") - 1];
                Assert.That(actual.Estimate, Nearly.Equal(mean.Number("estimate"), Tolerance, mean.Number("se")));
                Assert.That(actual.StandardError, Nearly.Equal(mean.Number("se"), Tolerance));
            }

            foreach (ReferenceRow coefficient in Rows("expected-coefficients", row))
            {
                Coefficient actual = fit.Coefficients[coefficient.Count("column") - 1];
                double se = coefficient.Number("se");
                Assert.That(actual.Estimate, Nearly.Equal(coefficient.Number("estimate"), Tolerance, se), actual.Name);
                Assert.That(actual.StandardError, Nearly.Equal(se, Tolerance), actual.Name);
            }

            CheckCovariances(fit, row, "covariance");
        }
    }

    [TestCaseSource(nameof(RestrictedModels))]
    public void Fit_KenwardRogerLinear_GivesTheAdjustedTests(object model) =>
        CheckAdjusted((ReferenceRow)model, DegreesOfFreedomMethod.KenwardRogerLinear, "seLinear", "linear");

    [TestCaseSource(nameof(RestrictedModels))]
    public void Fit_KenwardRoger_GivesTheAdjustedTests(object model) =>
        CheckAdjusted((ReferenceRow)model, DegreesOfFreedomMethod.KenwardRoger, "seFull", "full");

    [TestCaseSource(nameof(Models))]
    public void Fit_ResidualDegreesOfFreedom_AreObservationsLessRank(object model)
    {
        var row = (ReferenceRow)model;
        MmrmFit fit = Fit(row, DegreesOfFreedomMethod.Residual);
        using (Assert.EnterMultipleScope())
        {
            foreach (ReferenceRow contrast in Rows("expected-contrasts", row))
            {
                AnalysisResult actual = fit.Contrasts[contrast.Count("visit") - 1];
                bool isEstimable = !double.IsNaN(contrast.Number("estimate"));
                Assert.That(
                    actual.DegreesOfFreedom, isEstimable ? Is.EqualTo(row.Count("observations") - row.Count("rank")) : Is.NaN);
                Assert.That(actual.StandardError, Nearly.Equal(contrast.Number("se"), Tolerance));
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Run_ReferenceModel_EqualsFit(object model)
    {
        var row = (ReferenceRow)model;
        TrialData data = Trial(row.Text("dataset"));
        int last = data.Visits - 1;
        Mmrm mmrm = Specification(row, DegreesOfFreedomMethod.Satterthwaite);
        MmrmFit fit = mmrm.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            for (int v = 1; v <= last; v++)
            {
                Mmrm atVisit = mmrm with { Week = data.Layout.VisitWeeks[v], ThroughWeek = data.Layout.VisitWeeks[last] };
                Assert.That(atVisit.CreateWorker(data.Layout).Run(data), Is.EqualTo(fit.Contrasts[v - 1]));
            }
        }
    }

    private static void CheckAdjusted(ReferenceRow row, DegreesOfFreedomMethod method, string standardError, string covariance)
    {
        MmrmFit fit = Fit(row, method);
        using (Assert.EnterMultipleScope())
        {
            foreach (ReferenceRow contrast in Rows("expected-contrasts", row))
            {
                CheckTest(fit.Contrasts[contrast.Count("visit") - 1], contrast, standardError);
            }

            CheckCovariances(fit, row, covariance);
        }
    }

    private static void CheckTest(AnalysisResult actual, ReferenceRow expected, string standardError)
    {
        double se = expected.Number(standardError);
        double t = expected.Number("estimate") / se;
        Assert.That(actual.Status, Is.EqualTo(double.IsNaN(t) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
        Assert.That(actual.Estimate, Nearly.Equal(expected.Number("estimate"), Tolerance, se));
        Assert.That(actual.StandardError, Nearly.Equal(se, Tolerance));
        Assert.That(actual.Statistic, Nearly.Equal(t, 2 * Tolerance, 1));
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(expected.Number("df"), DegreesOfFreedomTolerance));
    }

    private static void CheckCovariances(MmrmFit fit, ReferenceRow row, string column)
    {
        foreach (ReferenceRow entry in Rows("expected-covariances", row))
        {
            int a = entry.Count("first") - 1;
            int b = entry.Count("second") - 1;
            double scale = Math.Sqrt(fit.ContrastCovariance[a][a] * fit.ContrastCovariance[b][b]);
            Assert.That(fit.ContrastCovariance[a][b], Nearly.Equal(entry.Number(column), 2 * Tolerance, scale), $"{a}, {b}");
            Assert.That(fit.ContrastCovariance[b][a], Nearly.Equal(fit.ContrastCovariance[a][b], 1e-12, scale));
        }
    }

    internal static MmrmFit Fit(ReferenceRow row, DegreesOfFreedomMethod method) =>
        Specification(row, method).Fit(Trial(row.Text("dataset")));

    private static Mmrm Specification(ReferenceRow row, DegreesOfFreedomMethod method)
    {
        string model = row.Text("model");
        return new Mmrm
        {
            Week = Trial(row.Text("dataset")).Layout.VisitWeeks[^1],
            Covariates = model == "none" ? [] : [.. model.Split('+')],
            Covariance = Enum.Parse<CovarianceStructure>(row.Text("structure")),
            Estimation = Enum.Parse<LikelihoodEstimation>(row.Text("estimation")),
            Response = row.Text("response") == "change" ? AncovaResponse.ChangeFromBaseline : AncovaResponse.Score,
            DegreesOfFreedom = method,
        };
    }

    internal static IEnumerable<ReferenceRow> Rows(string table, ReferenceRow fit)
    {
        lock (Tables)
        {
            if (!Tables.TryGetValue(table, out ILookup<string, ReferenceRow>? rows))
            {
                rows = ReferenceFile.Read("mmrm", table).Rows.ToLookup(Key);
                Tables.Add(table, rows);
            }

            return rows[Key(fit)];
        }
    }

    private static string Key(ReferenceRow row) =>
        string.Join('|', row.Text("dataset"), row.Text("model"), row.Text("structure"), row.Text("estimation"));

    private static TrialData Trial(string name)
    {
        lock (Trials)
        {
            if (!Trials.TryGetValue(name, out TrialData? data))
            {
                data = Read(name).ToData();
                Trials.Add(name, data);
            }

            return data;
        }
    }

    private static PlainTrial Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read("mmrm", name);
        double[] baselines = file.Numbers("s0");
        double[][] visits = [.. file.Columns.Where(c => c[0] == 's' && char.IsDigit(c[1])).Select(file.Numbers)];
        return new PlainTrial
        {
            VisitWeeks = [.. Enumerable.Range(0, visits.Length).Select(v => 4.0 * v)],
            Arms = [.. file.Numbers("arm").Select(arm => (byte)arm)],
            Scores = [.. Enumerable.Range(0, baselines.Length).Select(p => visits.Select(visit => visit[p]).ToArray())],
            Columns =
            [
                new PlainColumn("baseline", [], baselines),
                .. file.Columns.Intersect(["stratum", "sex", "age", "ageMonths"]).Select(column => Factors.Contains(column)
                    ? PlainColumn.Factor(column, file.Texts(column))
                    : new PlainColumn(column, [], file.Numbers(column))),
            ],
        };
    }
}
