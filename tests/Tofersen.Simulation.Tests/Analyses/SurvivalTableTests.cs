using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The analyses of the time to an event in tables, against the same numbers of R as those of trials.</summary>
[Category("Reference")]
public sealed class SurvivalTableTests
{
    private static readonly string[] Texts = ["stratum", "site"];

    private static IEnumerable<TestCaseData> Cox() =>
        ReferenceFile.Cases("cox", "models", "dataset", "covariates", "strata", "ties");

    private static IEnumerable<TestCaseData> Separated() => ReferenceFile.Cases("cox", "separated", "dataset", "covariates");

    private static IEnumerable<TestCaseData> LogRank() => ReferenceFile.Cases("log-rank", "expected", "dataset", "analysis");

    private static IEnumerable<TestCaseData> Means() => ReferenceFile.Cases("restricted-mean", "expected", "dataset", "horizon");

    private static IEnumerable<TestCaseData> RankPreserving() =>
        ReferenceFile.Cases("rank-preserving", "expected", "dataset", "test", "recensoring", "stratified");

    [TestCaseSource(nameof(Cox))]
    public void TableCox_ReferenceModel_GivesEstimateAndCoefficients(object model)
    {
        var row = (ReferenceRow)model;
        AnalysisTable table = Read("cox", row.Text("dataset"));
        TableCox cox = CoxOf(row) with
        {
            Strata = row.Text("strata") switch { "none" => [], "stratum" => ["stratum"], _ => ["stratum", "site"] },
            Ties = row.Text("ties") == "efron" ? TieHandling.Efron : TieHandling.Breslow,
        };
        double se = row.Number("se");
        ReferenceRow[] coefficients =
        [
            .. ReferenceFile.Read("cox", "coefficients").Rows.Where(r =>
                ((string[])["dataset", "covariates", "strata", "ties"]).All(key => r.Text(key) == row.Text(key))),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (CoxTest test in Enum.GetValues<CoxTest>())
            {
                TableResult result = (cox with { Test = test }).Analyse(table);
                TableEstimate estimate = result.Estimates.Single();
                Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
                Assert.That(result.Participants, Is.EqualTo(row.Count("n")));
                Assert.That(estimate.Name, Is.EqualTo("1 - 0"));
                Assert.That(estimate.Estimate, Nearly.Equal(row.Number("estimate"), 1e-8, se));
                Assert.That(estimate.StandardError, Nearly.Equal(se, 1e-8));
                // Beside an estimate the statistic has its sign, as coxph's z; the file's is positive in favour of treatment.
                Assert.That(estimate.Statistic, Nearly.Equal(-row.Number("z" + test), 1e-7, 1));
                Assert.That(result.Fit.MinusTwoLogLikelihood!.Value, Nearly.Equal(-2 * row.Number("logLik"), 1e-10));
                Assert.That(
                    result.Coefficients.Select(c => c.Name),
                    Is.EqualTo(coefficients.Select(c => c.Text("name") is "arm" ? "arm1" : c.Text("name").Replace(":", "", StringComparison.Ordinal))));
                foreach ((TableEstimate actual, ReferenceRow expected) in result.Coefficients.Zip(coefficients))
                {
                    double error = expected.Number("se");
                    Assert.That(actual.Estimate, Nearly.Equal(expected.Number("estimate"), 1e-7, error));
                    Assert.That(actual.StandardError, Nearly.Equal(error, 1e-7));
                    Assert.That(actual.Statistic, Nearly.Equal(expected.Number("estimate") / error, 1e-7, 1));
                }
            }
        }
    }

    [TestCaseSource(nameof(Separated))]
    public void TableCox_Separation_KeepsScoreAndLikelihoodRatioTests(object model)
    {
        var row = (ReferenceRow)model;
        AnalysisTable table = Read("cox", "separated-" + row.Text("dataset"));
        bool isInfinite = double.IsNaN(row.Number("estimate"));
        TableResult wald = CoxOf(row).Analyse(table);
        TableResult score = (CoxOf(row) with { Test = CoxTest.Score }).Analyse(table);
        TableResult ratio = (CoxOf(row) with { Test = CoxTest.LikelihoodRatio }).Analyse(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wald.Status, Is.EqualTo(isInfinite ? AnalysisStatus.NotEstimable : AnalysisStatus.Boundary));
            Assert.That(wald.Estimates[0].Estimate, Nearly.Equal(row.Number("estimate"), 1e-7));
            Assert.That(wald.Coefficients.Any(c => double.IsInfinity(c.Estimate)), Is.True);
            Assert.That(score.Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(score.Estimates[0].Statistic, Nearly.Equal(-row.Number("zScore"), 1e-7));
            Assert.That(ratio.Estimates[0].Statistic, Nearly.Equal(-row.Number("zLikelihoodRatio"), 1e-7));
        }
    }

    [TestCaseSource(nameof(LogRank))]
    public void TableLogRank_ReferenceTest_GivesSignedZ(object test)
    {
        var row = (ReferenceRow)test;
        TableResult result = new TableLogRank
        {
            Time = "time",
            Event = "event",
            Arm = "arm",
            Control = "0",
            Strata = row.Text("analysis") == "stratified" ? ["stratum"] : [],
        }.Analyse(Read("log-rank", row.Text("dataset")));
        double z = row.Number("z");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(double.IsNaN(z) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
            Assert.That(result.Estimates.Single().Statistic, Nearly.Equal(z, 1e-10));
            Assert.That(result.Estimates[0].PValue, Nearly.Equal(row.Number("p"), 1e-9));
        }
    }

    [TestCaseSource(nameof(Means))]
    public void TableRestrictedMean_ReferenceTrial_GivesTheDifference(object test)
    {
        var row = (ReferenceRow)test;
        TableResult result = new TableRestrictedMean
        {
            Time = "time",
            Event = "event",
            Arm = "arm",
            Horizon = row.Number("horizon"),
        }.Analyse(Read("restricted-mean", row.Text("dataset")));
        double se = row.Number("se");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(double.IsNaN(se) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
            Assert.That(result.Estimates.Single().Estimate, Nearly.Equal(row.Number("difference"), 1e-10, se));
            Assert.That(result.Estimates[0].StandardError, Nearly.Equal(se, 1e-10));
        }
    }

    [TestCaseSource(nameof(RankPreserving))]
    public void TableRankPreserving_ReferenceTrial_GivesPsi(object test)
    {
        var row = (ReferenceRow)test;
        ReferenceFile file = ReferenceFile.Read("rank-preserving", row.Text("dataset"));
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            .. ((string[])["time", "event", "arm", "censoring"]).Select(name => TableColumn.OfNumbers(name, file.Numbers(name))),
            TableColumn.OfNumbers("rx", [.. file.Rows.Select(r => r.Number("treated") / r.Number("time"))]),
            TableColumn.OfTexts("stratum", file.Texts("stratum")),
        ]);
        TableResult result = new TableRankPreserving
        {
            Time = "time",
            Event = "event",
            Arm = "arm",
            Control = "0",
            TreatedFraction = "rx",
            Censoring = "censoring",
            Strata = row.Count("stratified") == 1 ? ["stratum"] : [],
            Test = Enum.Parse<RankPreservingTest>(row.Text("test")),
            Recensoring = Enum.Parse<Recensoring>(row.Text("recensoring")),
        }.Analyse(table);
        TableEstimate psi = result.Estimates.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(psi.Name, Is.EqualTo("psi"));
            Assert.That(psi.Estimate, Nearly.Equal(row.Number("psi"), 1e-8, 1));
            Assert.That(psi.PValue, Nearly.Equal(row.Number("p"), 1e-8));
            Assert.That(psi.Upper, Nearly.Equal(row.Number("upper"), 1e-8, 1));
            Assert.That(
                result.Coefficients.Single().Estimate, Nearly.Equal(row.Number("logHazardRatio"), 1e-7, row.Number("coxSe")));
        }
    }

    // Which arm is called the control turns the test round, not ψ, which is about treatment.
    [Test]
    public void TableRankPreserving_ArmsExchanged_GivesTheSamePsi()
    {
        ReferenceRow row = ReferenceFile.Read("rank-preserving", "expected").Rows.First(r => r.Text("recensoring") == "None");
        ReferenceFile file = ReferenceFile.Read("rank-preserving", row.Text("dataset"));
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            .. ((string[])["time", "event", "arm"]).Select(name => TableColumn.OfNumbers(name, file.Numbers(name))),
            TableColumn.OfNumbers("rx", [.. file.Rows.Select(r => r.Number("treated") / r.Number("time"))]),
        ]);
        var analysis = new TableRankPreserving { Time = "time", Event = "event", Arm = "arm", Control = "0", TreatedFraction = "rx" };
        TableEstimate psi = analysis.Analyse(table).Estimates.Single();
        TableEstimate exchanged = (analysis with { Control = "1" }).Analyse(table).Estimates.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(psi.StandardError, Is.Positive);
            Assert.That(exchanged.Estimate, Is.EqualTo(psi.Estimate).Within(1e-9));
            Assert.That(exchanged.StandardError, Is.EqualTo(psi.StandardError).Within(1e-9));
            Assert.That(exchanged.Lower, Is.EqualTo(psi.Lower).Within(1e-9));
            Assert.That(exchanged.Upper, Is.EqualTo(psi.Upper).Within(1e-9));
            Assert.That(exchanged.Statistic, Is.EqualTo(-psi.Statistic).Within(1e-9));
        }
    }

    // A model with the arm in a product is that with the covariate moved to its mean, where the arm's own coefficient is the contrast.
    [Test]
    public void TableCox_ArmInAProduct_ComparesAtTheMean()
    {
        ReferenceFile file = ReferenceFile.Read("cox", "days228");
        double[] age = file.Numbers("age");
        AnalysisTable Table(double shift) => AnalysisTable.FromColumns(
        [
            .. ((string[])["time", "event", "arm"]).Select(name => TableColumn.OfNumbers(name, file.Numbers(name))),
            TableColumn.OfNumbers("age", [.. age.Select(a => a - shift)]),
        ]);
        var cox = new TableCox { Time = "time", Event = "event", Arm = "arm", Covariates = ["age*arm"] };
        TableResult result = cox.Analyse(Table(0));
        TableResult centred = cox.Analyse(Table(age.Average()));
        TableEstimate arm = centred.Coefficients.Single(c => c.Name == "arm1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Coefficients.Select(c => c.Name), Is.EqualTo((string[])["age", "arm1", "age:arm1"]));
            Assert.That(result.Estimates[0].Estimate, Nearly.Equal(arm.Estimate, 1e-9, arm.StandardError));
            Assert.That(result.Estimates[0].StandardError, Nearly.Equal(arm.StandardError, 1e-9));
            Assert.That(result.Estimates[0].Statistic, Nearly.Equal(arm.Statistic, 1e-8, 1));
        }
    }

    [Test]
    public void TableCox_NoArm_FitsTheCovariatesAlone()
    {
        TableResult result = new TableCox { Time = "time", Event = "event", Covariates = ["age", "site"] }
            .Analyse(Read("cox", "days228"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Estimates, Is.Empty);
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Coefficients.Select(c => c.Name), Is.EqualTo((string[])["age", "siteb", "sitec"]));
        }
    }

    // CNSR of an ADaM data set is 0 for an event and any positive number for a censoring.
    [Test]
    public void Tables_CensoredColumn_IsTheEventColumnTurned()
    {
        string[] arms = ["a", "b", "a", "b", "a", "b"];
        AnalysisTable events = Table([1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 0], arms);
        AnalysisTable censored = Table([1, 2, 3, 4, 5, 6], [0, 0, 2, 0, 0, 1], arms);
        var logRank = new TableLogRank { Time = "t", Event = "e", Arm = "arm" };
        Assert.That(
            (logRank with { Event = null, Censored = "e" }).Analyse(censored).Estimates[0],
            Is.EqualTo(logRank.Analyse(events).Estimates[0]));
    }

    [Test]
    public void Tables_RowsWithoutAValue_DoNotCount()
    {
        AnalysisTable table = Table([1, 2, double.NaN, 4, 5], [1, 1, 1, 0, 1], ["a", "b", "a", "b", ""]);
        TableResult result = new TableLogRank { Time = "t", Event = "e", Arm = "arm" }.Analyse(table);
        Assert.That(result.Participants, Is.EqualTo(3));
    }

    [Test]
    public void Tables_BadData_ThrowsNamingColumnAndRow()
    {
        string[] arms = ["a", "b", "a", "b"];
        AnalysisTable negative = Table([1, 2, -3, 4], [1, 1, 1, 0], arms);
        AnalysisTable badEvent = Table([1, 2, 3, 4], [1, 2, 1, 0], arms);
        AnalysisTable oneArm = Table([1, 2, 3, 4], [1, 0, 1, 0], ["a", "a", "a", "a"]);
        AnalysisTable good = Table([1, 2, 3, 4], [1, 1, 1, 0], arms);
        var logRank = new TableLogRank { Time = "t", Event = "e", Arm = "arm" };
        var rpsft = new TableRankPreserving { Time = "t", Event = "e", Arm = "arm", TreatedFraction = "t" };
        using (Assert.EnterMultipleScope())
        {
            AssertThrows(() => logRank.Analyse(negative), "'t'", "-3", "row 3");
            AssertThrows(() => logRank.Analyse(badEvent), "'e'", "2", "row 2");
            AssertThrows(() => (logRank with { Event = null }).Analyse(good), "'event'", "'censored'");
            AssertThrows(() => (logRank with { Censored = "e" }).Analyse(good), "'event'", "'censored'", "both");
            AssertThrows(
                () => (logRank with { Event = null, Censored = "e" }).Analyse(Table([1, 2, 3, 4], [1, 0, -1, 0], arms)), "'e'", "-1", "row 3");
            AssertThrows(() => logRank.Analyse(oneArm), "'arm'", "two");
            AssertThrows(() => (logRank with { Arm = null }).Analyse(good), "needs an arm");
            AssertThrows(() => (logRank with { Control = "c" }).Analyse(good), "'c'");
            AssertThrows(() => (logRank with { Time = "time" }).Analyse(good), "'time'");
            AssertThrows(() => (logRank with { Time = "arm" }).Analyse(good), "'arm'", "the time", "number");
            AssertThrows(() => rpsft.Analyse(good), "'t'", "between 0 and 1", "row 2");
            AssertThrows(() => (rpsft with { TreatedFraction = "e", Censoring = "e" }).Analyse(good), "'e'", "row 2");
            AssertThrows(() => new TableCox { Time = "t", Event = "e" }.Analyse(good), "arm or a covariate");
            AssertThrows(
                () => new TableCox { Time = "t", Event = "e", Arm = "arm", Covariates = ["e*arm"], Test = CoxTest.Score }.Analyse(good),
                "score",
                "'arm'");
        }
    }

    private static void AssertThrows(Action action, params string[] contents)
    {
        AnalysisDataException? exception = Assert.Throws<AnalysisDataException>(action);
        foreach (string content in contents)
        {
            Assert.That(exception?.Message, Does.Contain(content));
        }
    }

    private static AnalysisTable Table(double[] times, double[] events, string[] arms) => AnalysisTable.FromColumns(
        [TableColumn.OfNumbers("t", times), TableColumn.OfNumbers("e", events), TableColumn.OfTexts("arm", arms)]);

    private static TableCox CoxOf(ReferenceRow row) => new()
    {
        Time = "time",
        Event = "event",
        Arm = "arm",
        Control = "0",
        Covariates = row.Text("covariates") switch
        {
            "none" => [],
            "number" or "age" => ["age"],
            "factor" or "site" => ["site"],
            _ => ["age", "score", "stratum", "site"],
        },
    };

    private static AnalysisTable Read(string folder, string name)
    {
        ReferenceFile file = ReferenceFile.Read(folder, name);
        return AnalysisTable.FromColumns(file.Columns.Select(column => Texts.Contains(column)
            ? TableColumn.OfTexts(column, file.Texts(column))
            : TableColumn.OfNumbers(column, file.Numbers(column))));
    }
}
