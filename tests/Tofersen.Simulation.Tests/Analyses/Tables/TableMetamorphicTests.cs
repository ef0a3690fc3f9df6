using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Analyses.Tables;

/// <summary>What must not change an answer, and what must change it in a known way.</summary>
public sealed class TableMetamorphicTests
{
    private static readonly string[] Specifications =
    [
        """{"method":"ancova","response":"CHG","arm":"ARM","covariates":["BASE","SEX"],"where":[{"column":"WEEK","value":"8"}]}""",
        """{"method":"mmrm","response":"CHG","participant":"USUBJID","visit":"WEEK","arm":"ARM","covariates":["BASE*WEEK"]}""",
        """{"method":"randomSlope","response":"CHG","participant":"USUBJID","time":"WEEK","arm":"ARM","covariates":["BASE"]}""",
        """
        {"method":"jointRank","change":"CHG","deathTime":"DTHDY","arm":"ARM","covariates":["BASE"],
         "where":[{"column":"WEEK","value":"12"}]}
        """,
        """{"method":"cox","time":"T","event":"E","arm":"ARM","covariates":["BASE"],"where":[{"column":"WEEK","value":"4"}]}""",
        """{"method":"logRank","time":"T","event":"E","arm":"ARM","where":[{"column":"WEEK","value":"4"}]}""",
        """
        {"method":"delayedStart","response":"CHG","participant":"USUBJID","visit":"WEEK","arm":"ARM","firstVisit":"4",
         "secondVisit":"12"}
        """,
    ];

    [TestCaseSource(nameof(Specifications))]
    public void Analyse_RowsAndColumnsReordered_GivesTheSameAnswer(string json)
    {
        ITableAnalysis analysis = AnalysisJson.Read(json);
        string[] lines = Lines("Placebo", "Tofersen");
        int[] columns = [8, 2, 0, 5, 1, 7, 3, 6, 4];
        IEnumerable<string> reordered = lines.Skip(1).OrderBy(line => (uint)StableHash(line)).Prepend(lines[0])
            .Select(line => line.Split(',')).Select(cells => string.Join(',', columns.Select(c => cells[c])));
        TableResult plain = analysis.Analyse(TableReader.ReadText(string.Join('\n', lines)));
        TableResult other = analysis.Analyse(TableReader.ReadText(string.Join('\n', reordered)));
        Assert.That(plain.Status, Is.EqualTo(AnalysisStatus.Converged));
        AssertSame(plain, other, 1);
    }

    [TestCaseSource(nameof(Specifications))]
    public void Analyse_OtherControl_TurnsTheSign(string json)
    {
        AnalysisTable table = TableReader.ReadText(string.Join('\n', Lines("Placebo", "Tofersen")));
        TableResult first = With(json, "Placebo").Analyse(table);
        TableResult second = With(json, "Tofersen").Analyse(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Estimates[0].Name, Does.StartWith("Tofersen - Placebo"));
            Assert.That(second.Estimates[0].Name, Does.StartWith("Placebo - Tofersen"));
            Assert.That(second.Estimates[0].Statistic, Nearly.Equal(-first.Estimates[0].Statistic, 1e-6, 1e-3));
            Assert.That(second.Estimates[0].Estimate, Nearly.Equal(-first.Estimates[0].Estimate, 1e-6, 1e-3));
        }
    }

    [TestCaseSource(nameof(Specifications))]
    public void Analyse_ArmsAsNumbers_GivesTheSameAnswer(string json)
    {
        TableResult texts = With(json, "Placebo").Analyse(TableReader.ReadText(string.Join('\n', Lines("Placebo", "Tofersen"))));
        TableResult numbers = With(json, "0").Analyse(TableReader.ReadText(string.Join('\n', Lines("0", "1"))));
        TableResult padded = With(json, "00").Analyse(TableReader.ReadText(string.Join('\n', Lines("00", "01"))));
        Assert.That(numbers.Estimates[0].Name, Does.StartWith("1 - 0"));
        AssertSame(texts, numbers, 1, names: false);
        AssertSame(texts, padded, 1, names: false);
    }

    [TestCaseSource(nameof(Specifications))]
    public void Analyse_Twice_GivesTheSameBits(string json)
    {
        ITableAnalysis analysis = AnalysisJson.Read(json);
        AnalysisTable table = TableReader.ReadText(string.Join('\n', Lines("Placebo", "Tofersen")));
        string first = TableReport.ToJson(analysis.Analyse(table));
        string second = TableReport.ToJson(AnalysisJson.Read(json).Analyse(table));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Analyse_TextVisits_AreInNaturalOrder()
    {
        string[] lines = [.. Lines("Placebo", "Tofersen").Select((line, i) => i == 0
            ? line
            : string.Join(',', line.Split(',').Select((cell, c) => c == 1 ? "Week " + cell : cell)))];
        TableResult result = AnalysisJson.Read(Specifications[1]).Analyse(TableReader.ReadText(string.Join('\n', lines)));
        Assert.That(result.Estimates.Select(e => e.Visit), Is.EqualTo((string[])["Week 4", "Week 8", "Week 12"]));
    }

    [Test]
    public void Analyse_ColumnNamesWithSigns_AreColumns()
    {
        string[] lines = Lines("Placebo", "Tofersen");
        lines[0] = lines[0].Replace("ARM", "TRT:P", StringComparison.Ordinal).Replace("WEEK", "WK*", StringComparison.Ordinal)
            .Replace("BASE", "BASE:1", StringComparison.Ordinal);
        AnalysisTable renamed = TableReader.ReadText(string.Join('\n', lines));
        string json = Specifications[1].Replace("ARM", "TRT:P", StringComparison.Ordinal).Replace("\"WEEK\"", "\"WK*\"", StringComparison.Ordinal)
            .Replace("BASE*WEEK", "BASE:1", StringComparison.Ordinal);
        TableResult result = AnalysisJson.Read(json).Analyse(renamed);
        TableResult plain = AnalysisJson.Read(Specifications[1].Replace("BASE*WEEK", "BASE", StringComparison.Ordinal))
            .Analyse(TableReader.ReadText(string.Join('\n', Lines("Placebo", "Tofersen"))));
        AssertSame(plain, result, 1);
    }

    private static void AssertSame(TableResult expected, TableResult actual, double sign, bool names = true)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Status, Is.EqualTo(expected.Status));
            Assert.That(actual.Observations, Is.EqualTo(expected.Observations));
            Assert.That(actual.Estimates, Has.Count.EqualTo(expected.Estimates.Count));
            foreach ((TableEstimate a, TableEstimate b) in actual.Estimates.Zip(expected.Estimates))
            {
                Assert.That(names ? a.Name : b.Name, Is.EqualTo(b.Name));
                Assert.That(a.Estimate, Nearly.Equal(sign * b.Estimate, 1e-6, b.StandardError), b.Name);
                Assert.That(a.StandardError, Nearly.Equal(b.StandardError, 1e-6), b.Name);
                Assert.That(a.DegreesOfFreedom, Nearly.Equal(b.DegreesOfFreedom, 1e-5), b.Name);
            }
        }
    }

    private static ITableAnalysis With(string json, string control) =>
        AnalysisJson.Read(json.Replace("\"arm\":\"ARM\"", $"\"arm\":\"ARM\",\"control\":\"{control}\"", StringComparison.Ordinal));

    /// <summary>Forty participants at three visits, and outcomes that are the same in all rows of each.</summary>
    private static string[] Lines(string control, string active)
    {
        var random = new Random(4);
        double Noise() => random.NextDouble() + random.NextDouble() - 1;
        var lines = new List<string> { "USUBJID,WEEK,ARM,SEX,BASE,CHG,DTHDY,T,E" };
        for (int p = 0; p < 40; p++)
        {
            double own = 3 * Noise();
            double slope = 0.3 * Noise();
            bool isActive = p % 3 != 0;
            double last = Math.Round(5 + (20 * random.NextDouble()), 1);
            bool dies = random.NextDouble() < 0.6;
            int baseline = random.Next(28, 46);
            foreach (int week in (int[])[4, 8, 12])
            {
                double change = Math.Round(own + ((slope - (isActive ? 0.2 : 0.4)) * week) + Noise(), 2);
                lines.Add(FormattableString.Invariant(
                    $"P{p},{week},{(isActive ? active : control)},{(p % 2 == 0 ? "F" : "M")},{baseline},{change},{(dies && p % 5 == 0 ? last * 7 : "")},{last},{(dies ? 1 : 0)}"));
            }
        }

        return [.. lines];
    }

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 486187739) + c));
}
