using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Analyses.Tables;

public sealed class TableJointRankTests
{
    private static readonly TableJointRank Analysis = new()
    {
        Arm = "arm",
        Control = "0",
        Change = "change",
        DeathTime = "deathDay",
        Covariates = ["baseline"],
    };

    private static IEnumerable<TestCaseData> Horizon() => ReferenceFile.Cases("joint-rank", "summary-horizon", "dataset");

    [TestCaseSource(nameof(Horizon))]
    [Category("Reference")]
    public void Analyse_ReferenceTables_MatchesReference(object item)
    {
        var row = (ReferenceRow)item;
        string name = row.Text("dataset");
        ReferenceRow wins = Row("win-statistics", name, "none");
        ReferenceRow stratified = Row("win-statistics", name, "baseline");
        AnalysisTable table = Read(name);
        TableResult result = Analysis.Analyse(table);
        TableResult byStrata = (Analysis with { Strata = ["baselineClass"] }).Analyse(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Participants, Is.EqualTo(row.Count("n")));
            Assert.That(result.Estimates, Has.Count.EqualTo(6));
            Assert.That(result.Estimates[0].Statistic, Nearly.Equal(row.Number("Z"), 1e-12));
            Assert.That(result.Estimates[0].PValue, Nearly.Equal(row.Number("p"), 1e-10));
            Assert.That(result.Estimates[1].StandardError, Nearly.Equal(row.Number("ancovaSe"), 1e-10));
            Assert.That(result.Estimates[1].Statistic, Nearly.Equal(row.Number("ancovaT"), 1e-10, 1));
            Assert.That(result.Estimates[2].Estimate, Nearly.Equal(Finite(row.Number("winRatio")), 1e-12));
            Assert.That(result.Estimates[2].Statistic, Nearly.Equal(wins.Number("logWinRatio") / wins.Number("logWinRatioSe"), 1e-9, 1e-3));
            Assert.That(result.Estimates[3].Estimate, Nearly.Equal(Finite(row.Number("winOdds")), 1e-12));
            Assert.That(
                result.Estimates[3].StandardError, Nearly.Equal(row.Number("winOdds") * wins.Number("logWinOddsSe"), 1e-10));
            Assert.That(result.Estimates[4].Estimate, Nearly.Equal(row.Number("netBenefit"), 1e-12));
            Assert.That(result.Estimates[4].StandardError, Nearly.Equal(wins.Number("netBenefitSe"), 1e-10));
            Assert.That(byStrata.Estimates[0].Statistic, Nearly.Equal(stratified.Number("Z"), 1e-12));
            Assert.That(byStrata.Estimates[3].Estimate, Nearly.Equal(stratified.Number("netBenefit"), 1e-12));
            if (!double.IsNaN(row.Number("pExact")) && result.Status == AnalysisStatus.Converged)
            {
                Assert.That(result.Estimates[5].PValue, Nearly.Equal(row.Number("pExact"), 1e-12));
            }
        }
    }

    [Test]
    public void Analyse_WorkedExample_GivesPublishedValues()
    {
        TableResult result = Analysis.Analyse(Read("horizon-worked12"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Estimates[0].Name, Is.EqualTo("1 - 0: unadjusted"));
            Assert.That(result.Estimates[0].Statistic, Is.EqualTo(1.952211008).Within(5e-10));
            Assert.That(result.Estimates[1].Estimate, Is.EqualTo(3.521126761).Within(5e-10));
            Assert.That(result.Estimates[1].DegreesOfFreedom, Is.EqualTo(9));
            Assert.That(result.Estimates[2].Estimate, Is.EqualTo(5.8).Within(1e-12));
            Assert.That(result.Estimates[2].Lower, Is.LessThan(5.8).And.GreaterThan(0));
            Assert.That(result.Estimates[3].Estimate, Is.EqualTo(5.363636).Within(5e-7));
            Assert.That(result.Estimates[4].Estimate, Is.EqualTo(0.685714).Within(5e-7));
            Assert.That(result.Estimates[5].PValue, Is.EqualTo(0.0530303).Within(5e-8));
            Assert.That(result.Coefficients.Select(c => c.Name), Is.EqualTo((string[])["(Intercept)", "baseline", "arm1"]));
            Assert.That(result.Fit.ResidualVariance, Is.EqualTo(1.332625468 * 1.332625468).Within(1e-8));
        }
    }

    [Test]
    public void Analyse_TextArms_ComparesWithTheControl()
    {
        AnalysisTable table = Table(["Tofersen", "Tofersen", "Placebo", "Placebo"], [1, 2, 0, 1], [double.NaN, double.NaN, 3, 5]);
        TableResult result = (Analysis with { Control = "Placebo", Covariates = [] }).Analyse(table);
        TableResult turned = (Analysis with { Control = "Tofersen", Covariates = [] }).Analyse(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Estimates[4].Name, Is.EqualTo("Tofersen - Placebo: net benefit"));
            Assert.That(result.Estimates[4].Estimate, Is.EqualTo(1));
            Assert.That(result.Estimates[2].Estimate, Is.NaN, "nobody lost");
            Assert.That(turned.Estimates[0].Statistic, Is.EqualTo(-result.Estimates[0].Statistic).Within(1e-14));
        }
    }

    [Test]
    public void Analyse_RowsWithoutOutcomeOrCovariate_DoNotCount()
    {
        AnalysisTable table = Table(
            ["a", "a", "a", "b", "b", "b"], [1, 2, double.NaN, 0, -1, 4], [double.NaN, double.NaN, double.NaN, double.NaN, 3, double.NaN]);
        TableResult result = (Analysis with { Control = "b", Covariates = ["baseline"] }).Analyse(table);
        Assert.That(result.Participants, Is.EqualTo(4));
    }

    [Test]
    public void Analyse_BadData_SaysWhatIsWrong()
    {
        AnalysisTable table = Table(["a", "b", "c"], [1, 2, 3], [double.NaN, double.NaN, double.NaN]);
        TableJointRank analysis = Analysis with { Control = null, Covariates = [] };
        using (Assert.EnterMultipleScope())
        {
            Check(() => analysis.Analyse(table), "a, b, c");
            Check(() => (analysis with { Change = "CHG" }).Analyse(table), "'CHG'");
            Check(() => (analysis with { DeathTime = "arm" }).Analyse(table), "'arm', the time of death");
            Check(() => (analysis with { Arm = null }).Analyse(table), "needs an arm");
            Check(() => (analysis with { Control = "d" }).Analyse(table), "'d'");
            Check(() => (analysis with { Strata = ["site"] }).Analyse(table), "'site'");
            Check(
                () => analysis.Analyse(Table(["a", "b"], [double.NaN, double.NaN], [double.NaN, double.NaN])), "'change' or 'deathDay'");
            Check(() => analysis.Analyse(Table(["a", "a"], [1, 2], [double.NaN, double.NaN])), "one arm");
        }
    }

    [Test]
    public void Read_Json_GivesTheSpecification()
    {
        ITableAnalysis read = AnalysisJson.Read(
            """
            {"method":"jointRank","change":"change","deathTime":"deathDay","arm":"arm","control":"0","covariates":["baseline"],"strata":["site"]}
            """);
        Assert.That(read, Is.EqualTo(Analysis with { Strata = ["site"] }));
    }

    private static void Check(Func<TableResult> action, string content) =>
        Assert.That(action, Throws.TypeOf<AnalysisDataException>().With.Message.Contains(content));

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static ReferenceRow Row(string file, string dataset, string strata) =>
        ReferenceFile.Read("joint-rank", file).Rows.Single(r => r.Text("dataset") == dataset && r.Text("strata") == strata);

    private static AnalysisTable Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read("joint-rank", name);
        return AnalysisTable.FromColumns(
        [
            .. file.Columns.Select(column => TableColumn.OfNumbers(column, file.Numbers(column))),
            TableColumn.OfTexts(
                "baselineClass", [.. file.Numbers("baseline").Select(b => b < 34 ? "low" : b < 40 ? "middle" : "high")]),
        ]);
    }

    private static AnalysisTable Table(string[] arms, double[] changes, double[] deaths) => AnalysisTable.FromColumns(
    [
        TableColumn.OfTexts("arm", arms),
        TableColumn.OfNumbers("change", changes),
        TableColumn.OfNumbers("deathDay", deaths),
        TableColumn.OfNumbers("baseline", [.. arms.Select((_, i) => i == 5 ? double.NaN : 30 + (i * i % 7))]),
    ]);
}
