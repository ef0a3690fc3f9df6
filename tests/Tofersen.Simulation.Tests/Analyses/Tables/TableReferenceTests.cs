using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Analyses.Tables;

/// <summary>From a CSV file and a specification in JSON to the answer, against R. ReferenceData/tables/make.R makes data and answers.</summary>
[Category("Reference")]
public sealed class TableReferenceTests
{
    private const string Mmrm = """ "method":"mmrm","response":"CHG","participant":"USUBJID","arm":"ARM","control":"Placebo" """;

    private const string Slope = """ "method":"randomSlope","response":"AVAL","participant":"USUBJID","time":"MONTH","arm":"ARM" """;

    private const string Times = """ "time":"AVAL","event":"EVENT" """;

    // Relative to the standard error: 10⁻⁹ where R has a closed form or a Newton iteration to the end.
    private const double Exact = 1e-9;

    private const double Iterated = 1e-6;

    internal static IEnumerable<TestCaseData> Analyses()
    {
        static TestCaseData Case(string name, string file, double tolerance, string json) =>
            new TestCaseData(name, file, tolerance, "{" + json + "}").SetArgDisplayNames(name);

        yield return Case("ancova", "wide", Exact, """
            "method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE","SEX"]
            """);
        yield return Case("ancova-interactions", "wide", Exact, """
            "method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE*SEX","SITE","ARM*SEX"]
            """);
        yield return Case("ancova-number-by-arm", "wide", Exact, """
            "method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE*ARM","AGE"]
            """);
        yield return Case("ancova-where", "wide", Exact, """
            "method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE","SITE"],
            "where":[{"column":"STUDY","value":"101"},{"column":"SEX","value":"female"}]
            """);
        yield return Case("ancova-no-arm", "wide", Exact, """
            "method":"ancova","response":"CHG","arm":null,"covariates":["BASE*SITE"]
            """);
        yield return Case("mmrm", "long", Iterated, Mmrm + """
            ,"visit":"WEEK","covariates":["BASE*WEEK","SEX"],"covariance":"unstructured","degreesOfFreedom":"satterthwaite","estimation":"reml"
            """);
        yield return Case("mmrm-ml", "long", Iterated, Mmrm + """
            ,"visit":"AVISIT","covariates":["BASE*AVISIT","SEX"],"estimation":"ml"
            """);
        yield return Case("mmrm-ar1", "long", Iterated, Mmrm + ""","visit":"AVISIT","covariates":["BASE"],"covariance":"ar1" """);
        yield return Case("mmrm-cs", "long", Iterated, Mmrm + """
            ,"visit":"WEEK","covariates":["BASE","SEX*WEEK"],"covariance":"compoundSymmetry"
            """);
        yield return Case("mmrm-kenward-roger", "long", Iterated, Mmrm + """
            ,"visit":"WEEK","covariates":["BASE","SEX*WEEK"],"covariance":"compoundSymmetry","degreesOfFreedom":"kenwardRogerLinear"
            """);
        yield return Case("mmrm-varying", "long", Iterated, Mmrm + ""","visit":"WEEK","covariates":["BASE","PAIN","CARER*SEX"] """);
        yield return Case("mmrm-control", "long", Iterated, """
            "method":"mmrm","response":"CHG","participant":"USUBJID","visit":"WEEK","arm":"ARM","covariates":["BASE"]
            """);
        yield return Case("mmrm-no-arm", "long", Iterated, """
            "method":"mmrm","response":"CHG","participant":"USUBJID","visit":"WEEK","arm":null,"covariates":["BASE","WEEK*SEX"]
            """);
        yield return Case("delayed-start", "long", Iterated, Mmrm.Replace("mmrm", "delayedStart", StringComparison.Ordinal) + """
            ,"visit":"AVISIT","covariates":["BASE*AVISIT"],"firstVisit":"Week 8","secondVisit":"Week 16","retention":0.4
            """);
        yield return Case("slope", "slopes", Iterated, Slope + ""","control":"Placebo","covariates":[],"commonBaseline":true """);
        yield return Case("slope-main-effect", "slopes", Iterated, Slope + ""","covariates":["MONTH*SEX"],"commonBaseline":false """);
        yield return Case("slope-ml", "slopes", Iterated, Slope + ""","covariates":["SEX"],"estimation":"ml" """);
        yield return Case("cox", "events", 1e-8, Times + ""","method":"cox","arm":"ARM","control":"Placebo","covariates":["AGE","SEX"] """);
        yield return Case("cox-strata", "events", 1e-8, Times + """
            ,"method":"cox","arm":"ARM","control":"Placebo","covariates":["AGE"],"strata":["REGION","SEX"],"ties":"breslow"
            """);
        yield return Case("cox-interaction", "events", 1e-8, Times + """
            ,"method":"cox","arm":"ARM","control":"Placebo","covariates":["AGE","ARM*SEX"]
            """);
        yield return Case("cox-no-arm", "events", 1e-8, Times + ""","method":"cox","arm":null,"covariates":["AGE*SEX"] """);
        yield return Case("log-rank", "events", Exact, Times + ""","method":"logRank","arm":"ARM","control":"Placebo" """);
        yield return Case("log-rank-strata", "events", Exact, Times + """
            ,"method":"logRank","arm":"ARM","control":"Placebo","covariates":[],"strata":["REGION"],"ties":"efron"
            """);
        yield return Case("joint-rank", "ranks", Exact, """
            "method":"jointRank","change":"CHG","deathTime":"DTHDY","arm":"ARM","control":"Placebo","covariates":["BASE","SEX"]
            """);
    }

    [TestCaseSource(nameof(Analyses))]
    public void Analyse_FileAndSpecification_MatchesReference(string name, string file, double tolerance, string json)
    {
        TableResult result = Analyse(file, json);
        ReferenceRow fit = ReferenceFile.Read("tables", "fits").Rows.Single(r => r.Text("analysis") == name);
        ReferenceRow[] expected = [.. ReferenceFile.Read("tables", "expected").Rows.Where(r => r.Text("analysis") == name)];
        ReferenceRow[] estimates = [.. expected.Where(r => r.Text("kind") != "coefficient")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Observations, Is.EqualTo(fit.Count("observations")));
            Assert.That(result.Participants, Is.EqualTo(fit.Count("participants")));
            Assert.That(
                result.Estimates.Take(estimates.Length).Select(e => (e.Name, e.Visit ?? string.Empty)),
                Is.EqualTo(estimates.Select(r => (r.Text("name"), r.Text("visit")))));
            foreach ((TableEstimate actual, ReferenceRow row) in result.Estimates.Zip(estimates))
            {
                Compare(actual, row, tolerance);
            }

            Dictionary<string, ReferenceRow> coefficients =
                expected.Where(r => r.Text("kind") == "coefficient").ToDictionary(r => Normal(r.Text("name")));
            if (coefficients.Count > 0)
            {
                Assert.That(result.Coefficients.Select(c => Normal(c.Name)), Is.EquivalentTo(coefficients.Keys));
                foreach (TableEstimate actual in result.Coefficients.Where(c => coefficients.ContainsKey(Normal(c.Name))))
                {
                    Compare(actual, coefficients[Normal(actual.Name)], tolerance);
                }
            }

            CompareFit(result.Fit, fit, name, tolerance);
        }
    }

    internal static TableResult Analyse(string file, string json) => AnalysisJson.Read(json).Analyse(TableReader.ReadFile(PathOf(file)));

    private static void Compare(TableEstimate actual, ReferenceRow row, double tolerance)
    {
        string name = $"{actual.Name} {actual.Visit}";
        double standardError = row.Number("se");
        double scale = double.IsNaN(standardError) ? 0 : standardError;
        Assert.That(actual.Estimate, Nearly.Equal(row.Number("estimate"), tolerance, scale), name);
        if (row.Text("kind") == "value")
        {
            return;
        }

        // The degrees of freedom and what follows from them: numeric derivatives on the other side.
        double loose = tolerance < Iterated ? tolerance * 10 : 1e-4;
        Assert.That(actual.Statistic, Nearly.Equal(row.Number("statistic"), tolerance, 1), name);
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(row.Number("df"), loose), name);
        Assert.That(actual.PValue, Nearly.Equal(row.Number("p"), loose), name);
        if (!double.IsNaN(standardError))
        {
            Assert.That(actual.StandardError, Nearly.Equal(standardError, tolerance), name);
            Assert.That(actual.Lower, Nearly.Equal(row.Number("lower"), loose, standardError), name);
            Assert.That(actual.Upper, Nearly.Equal(row.Number("upper"), loose, standardError), name);
        }
    }

    private static void CompareFit(TableFit fit, ReferenceRow expected, string name, double tolerance)
    {
        if (!double.IsNaN(expected.Number("minusTwoLogLikelihood")))
        {
            Assert.That(fit.MinusTwoLogLikelihood, Nearly.Equal(expected.Number("minusTwoLogLikelihood"), 1e-9));
        }

        if (!double.IsNaN(expected.Number("residualVariance")))
        {
            Assert.That(fit.ResidualVariance, Nearly.Equal(expected.Number("residualVariance"), tolerance * 10));
        }

        foreach (ReferenceRow cell in ReferenceFile.Read("tables", "covariances").Rows.Where(r => r.Text("analysis") == name))
        {
            double value = fit.Covariance![cell.Count("row") - 1][cell.Count("column") - 1];
            Assert.That(value, Nearly.Equal(cell.Number("value"), 1e-5, 0.1), "covariance");
        }
    }

    // R may name the factors of a product in another order, and lists leave out commas.
    internal static string Normal(string name) =>
        string.Join(':', name.Replace(",", string.Empty, StringComparison.Ordinal).Split(':').Order(StringComparer.Ordinal));

    private static string PathOf(string file) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "ReferenceData", "tables", file + ".csv");
}
