using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>ANCOVA after multiple imputation of a table: the same numbers as from a trial, and one clear line where the table does not
/// fit.</summary>
public sealed class TableImputationTests
{
    private static readonly TableAncovaWithImputation Analysis = new()
    {
        Response = "AVAL",
        Participant = "USUBJID",
        Visit = "AVISIT",
        AtVisit = "Week 16",
        Arm = "ARM",
        Control = "Placebo",
        Covariates = ["BASE", "SEX"],
        Imputation = new MultipleImputation { Imputations = 10, Predictors = ["BASE"] },
    };

    [TestCase(ImputationMethod.Monotone)]
    [TestCase(ImputationMethod.Chained)]
    public void Analyse_LongTable_EqualsTheAnalysisOfTheTrial(ImputationMethod method)
    {
        (AnalysisTable table, PlainTrial trial) = Data(missing: true);
        MultipleImputation imputation = Analysis.Imputation with { Method = method };
        TableResult result = (Analysis with { Imputation = imputation }).Analyse(table);
        AncovaWithImputationFit expected = new AncovaWithImputation
        {
            Week = 16,
            Response = AncovaResponse.Score,
            Covariates = ["BASE", "SEX"],
            Imputation = imputation,
        }.Fit(trial.ToData());
        TableEstimate arm = result.Estimates.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(expected.ImputedParticipants, Is.GreaterThan(3));
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Participants, Is.EqualTo(40));
            Assert.That(arm.Name, Is.EqualTo("Tofersen - Placebo"));
            Assert.That(arm.Visit, Is.EqualTo("Week 16"));
            Assert.That(arm.Estimate, Is.EqualTo(expected.Arm.Estimate));
            Assert.That(arm.StandardError, Is.EqualTo(expected.Arm.StandardError));
            Assert.That(arm.Upper, Is.EqualTo(expected.Arm.Upper));
            Assert.That(result.Coefficients, Has.Count.EqualTo(4));
            Assert.That(result.Coefficients[^1].PValue, Nearly.Equal(arm.PValue, 1e-9));
        }
    }

    [Test]
    public void Analyse_NothingMissing_IsTheAnalysisOfCovariance()
    {
        (AnalysisTable table, _) = Data(missing: false);
        TableResult result = Analysis.Analyse(table);
        TableResult expected = new TableAncova
        {
            Response = "AVAL",
            Arm = "ARM",
            Control = "Placebo",
            Covariates = ["BASE", "SEX"],
            Where = [new RowCondition("AVISIT", "Week 16")],
        }.Analyse(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Estimates[0].Estimate, Nearly.Equal(expected.Estimates[0].Estimate, 1e-12));
            Assert.That(result.Estimates[0].PValue, Nearly.Equal(expected.Estimates[0].PValue, 1e-9));
            Assert.That(result.Coefficients, Has.Count.EqualTo(4));
        }
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        yield return new TestCaseData(Analysis with { AtVisit = "Week 20" }, "'Week 20'");
        yield return new TestCaseData(Analysis with { Covariates = ["AVAL"] }, "'AVAL' changes");
        yield return new TestCaseData(Analysis with { Imputation = new MultipleImputation { ByStratum = true } }, "strata");
        yield return new TestCaseData(Analysis with { Imputation = new MultipleImputation() }, "'baseline'");
        yield return new TestCaseData(
            Analysis with { Imputation = new MultipleImputation { AfterDeath = ImputationAfterDeath.Exclude } }, "Deaths");
        yield return new TestCaseData(
            Analysis with
            {
                Imputation = new MultipleImputation
                {
                    Method = ImputationMethod.Chained,
                    Reference = ReferenceBasedImputation.CopyReference,
                },
            },
            "monotone");
        yield return new TestCaseData(Analysis with { Arm = "USUBJID", Control = null }, "40 arms");
    }

    [TestCaseSource(nameof(Misfits))]
    public void Analyse_Misfit_SaysWhat(TableAncovaWithImputation analysis, string part) =>
        Assert.That(
            () => analysis.Analyse(Data(missing: true).Table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains(part));

    [Test]
    public void Analyse_MoreStrataThanFit_SaysHowMany()
    {
        int[] rows = [.. Enumerable.Range(0, 600)];
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            TableColumn.OfNumbers("ID", [.. rows.Select(i => (double)i)]),
            TableColumn.OfNumbers("SITE", [.. rows.Select(i => (double)(i % 300))]),
            TableColumn.OfTexts("ARM", [.. rows.Select(i => i % 2 == 0 ? "A" : "B")]),
            TableColumn.OfTexts("VISIT", [.. rows.Select(_ => "1")]),
            TableColumn.OfNumbers("Y", [.. rows.Select(i => i % 7 == 0 ? double.NaN : i % 11)]),
        ]);
        var analysis = new TableAncovaWithImputation
        {
            Response = "Y",
            Participant = "ID",
            Visit = "VISIT",
            AtVisit = "1",
            Arm = "ARM",
            Stratum = "SITE",
            Imputation = new MultipleImputation { ByStratum = true, Predictors = [] },
        };
        Assert.That(
            () => analysis.Analyse(table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains("'SITE'").And.Message.Contains("300"));
    }

    // A baseline without a change is no visit, but who was seen at it alone still takes part.
    [Test]
    public void Analyse_VisitWithoutResponses_KeepsItsParticipants()
    {
        AnalysisTable Table(bool baseline)
        {
            var random = new Random(5);
            var rows = new List<(int Id, string Visit, double Y)>();
            for (int i = 0; i < 30; i++)
            {
                int seen = i < 3 ? 0 : i < 8 ? 1 : 2;
                rows.Add((i, baseline ? "0" : "4", baseline || seen == 0 ? double.NaN : random.NextDouble()));
                if (baseline)
                {
                    rows.Add((i, "4", seen == 0 ? double.NaN : random.NextDouble()));
                }

                rows.Add((i, "8", seen < 2 ? double.NaN : random.NextDouble()));
            }

            return AnalysisTable.FromColumns(
            [
                TableColumn.OfNumbers("ID", [.. rows.Select(r => (double)r.Id)]),
                TableColumn.OfTexts("VISIT", [.. rows.Select(r => r.Visit)]),
                TableColumn.OfTexts("ARM", [.. rows.Select(r => r.Id % 2 == 0 ? "A" : "B")]),
                TableColumn.OfNumbers("Y", [.. rows.Select(r => r.Y)]),
            ]);
        }

        var analysis = new TableAncovaWithImputation
        {
            Response = "Y",
            Participant = "ID",
            Visit = "VISIT",
            AtVisit = "8",
            Arm = "ARM",
            Imputation = new MultipleImputation { Predictors = [], Imputations = 5 },
        };
        TableResult result = analysis.Analyse(Table(baseline: true));
        Assert.That(result.Participants, Is.EqualTo(30));
        Assert.That(result.Estimates[0], Is.EqualTo(analysis.Analyse(Table(baseline: false)).Estimates[0]));
    }

    [TestCase("ARM")]
    [TestCase("SITE")]
    public void Analyse_ColumnThatChangesWithinAParticipant_IsNamed(string changing)
    {
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            TableColumn.OfNumbers("ID", [1, 1, 2, 2]),
            TableColumn.OfTexts("VISIT", ["1", "2", "1", "2"]),
            TableColumn.OfTexts("ARM", ["A", changing == "ARM" ? "B" : "A", "B", "B"]),
            TableColumn.OfTexts("SITE", ["x", changing == "SITE" ? "y" : "x", "x", "x"]),
            TableColumn.OfNumbers("Y", [1, 2, 3, 4]),
        ]);
        var analysis = new TableAncovaWithImputation
        {
            Response = "Y",
            Participant = "ID",
            Visit = "VISIT",
            AtVisit = "2",
            Arm = "ARM",
            Stratum = "SITE",
            Imputation = new MultipleImputation { Predictors = [] },
        };
        Assert.That(
            () => analysis.Analyse(table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains($"'{changing}' changes").And.Message.Contains("'1'"));
    }

    [Test]
    public void Analyse_ClippedScoresOfChanges_AreRefused()
    {
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            TableColumn.OfNumbers("ID", [1, 2, 3, 4]),
            TableColumn.OfTexts("VISIT", ["1", "1", "1", "1"]),
            TableColumn.OfTexts("ARM", ["A", "B", "A", "B"]),
            TableColumn.OfNumbers("CHG", [1, -2, 3, double.NaN]),
        ]);
        var analysis = new TableAncovaWithImputation
        {
            Response = "CHG",
            Participant = "ID",
            Visit = "VISIT",
            AtVisit = "1",
            Arm = "ARM",
            Imputation = new MultipleImputation { Predictors = [], Scores = ImputedScores.Clipped },
        };
        Assert.That(
            () => analysis.Analyse(table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains("'CHG'").And.Message.Contains("-2").And.Message.Contains("asDrawn"));
    }

    [Test]
    public void Read_Specification_GivesTheAnalysis()
    {
        const string json = """
            {"method":"ancovaWithImputation","response":"AVAL","participant":"USUBJID","visit":"AVISIT","atVisit":"Week 16",
             "arm":"ARM","control":"Placebo","covariates":["BASE","SEX"],"imputation":{"imputations":10,"predictors":["BASE"]}}
            """;
        Assert.That(AnalysisJson.Read(json), Is.EqualTo(Analysis));
    }

    private static (AnalysisTable Table, PlainTrial Trial) Data(bool missing)
    {
        var random = new Random(77);
        double[] weeks = [0, 4, 8, 16];
        double[][] scores =
        [
            .. Enumerable.Range(0, 40).Select(_ =>
            {
                int seen = missing && random.Next(3) == 0 ? random.Next(1, 4) : 4;
                double baseline = Math.Round(30 + (10 * random.NextDouble()), 1);
                return Enumerable.Range(0, 4).Select(v => v == 0 ? baseline
                    : v < seen ? Math.Round(baseline - (v * random.NextDouble() * 2), 1)
                    : double.NaN).ToArray();
            }),
        ];
        byte[] arms = [.. Enumerable.Range(0, 40).Select(p => (byte)(p % 2))];
        double[] sex = [.. Enumerable.Range(0, 40).Select(p => (double)(p / 2 % 2))];
        var trial = new PlainTrial
        {
            VisitWeeks = weeks,
            Arms = arms,
            Scores = scores,
            Columns =
            [
                new PlainColumn("BASE", [], [.. scores.Select(s => s[0])]), new PlainColumn("SEX", ["F", "M"], sex),
            ],
        };

        // One row a visit after baseline; a missing one is an empty response or no row at all.
        (int Participant, int Visit)[] rows =
        [
            .. Enumerable.Range(0, 40).SelectMany(p => Enumerable.Range(1, 3).Select(v => (p, v)))
                .Where(r => !double.IsNaN(scores[r.p][r.v]) || r.p % 2 == 0 || r.v == 1),
        ];
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            TableColumn.OfNumbers("USUBJID", [.. rows.Select(r => 100.0 + r.Participant)]),
            TableColumn.OfTexts("AVISIT", [.. rows.Select(r => FormattableString.Invariant($"Week {weeks[r.Visit]}"))]),
            TableColumn.OfTexts("ARM", [.. rows.Select(r => arms[r.Participant] == 0 ? "Placebo" : "Tofersen")]),
            TableColumn.OfTexts("SEX", [.. rows.Select(r => sex[r.Participant] == 0 ? "F" : "M")]),
            TableColumn.OfNumbers("BASE", [.. rows.Select(r => scores[r.Participant][0])]),
            TableColumn.OfNumbers("AVAL", [.. rows.Select(r => scores[r.Participant][r.Visit])]),
        ]);
        return (table, trial);
    }
}
