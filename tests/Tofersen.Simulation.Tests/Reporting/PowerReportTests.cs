using System.Text.Json;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

public sealed class PowerReportTests
{
    // A log-rank test can never be computed without events; a rank has no true value.
    private static readonly Scenario Scenario = Valor.Preset.Scenario with
    {
        Name = "report, \"=1\"",
        Observation = new ObservationModel(),
        Analyses = [new Ancova { Name = "=ancova, \"28\"", Week = 28 }, new JointRank { Week = 28 }, new LogRank()],
    };

    private PowerResult _result = null!;

    [OneTimeSetUp]
    public void Run() =>
        _result = PowerAnalysis.Run(Scenario, options: new RunOptions { Replicates = 12, Seed = 3, CollectCourses = true });

    [Test]
    public void ToJson_EveryNumber_IsTheResultsToTheLastBit()
    {
        using JsonDocument document = JsonDocument.Parse(PowerReport.ToJson(_result));
        JsonElement[] analyses = [.. document.RootElement.GetProperty("analyses").EnumerateArray()];

        Assert.That(document.RootElement.GetProperty("scenario").GetString(), Is.EqualTo(Scenario.Name));
        Assert.That(analyses, Has.Length.EqualTo(_result.Analyses.Count));
        foreach ((JsonElement json, OperatingCharacteristics a) in analyses.Zip(_result.Analyses))
        {
            Assert.That(json.GetProperty("name").GetString(), Is.EqualTo(a.Name));
            Assert.That(Number(json, "power"), Is.EqualTo(a.Power));
            Assert.That(Number(json, "mcse"), Is.EqualTo(a.MonteCarloError));
            Assert.That(Number(json, "lower"), Is.EqualTo(a.Lower));
            Assert.That(Number(json, "upper"), Is.EqualTo(a.Upper));
            Assert.That(Number(json, "meanEstimate"), Is.EqualTo(a.MeanEstimate));
            Assert.That(Number(json, "trueValue"), Is.EqualTo(a.TrueValue.Value));
            Assert.That(Number(json, "bias"), Is.EqualTo(a.Bias));
            Assert.That(Number(json, "empiricalSe"), Is.EqualTo(a.EmpiricalStandardError));
            Assert.That(Number(json, "modelSe"), Is.EqualTo(a.ModelStandardError));
            Assert.That(Number(json, "coverage"), Is.EqualTo(a.Coverage));
            Assert.That(Number(json, "planned"), Is.EqualTo(a.Planned));
            Assert.That(Number(json, "analysed"), Is.EqualTo(a.Analysed));
            Assert.That(Number(json, "failed"), Is.EqualTo(a.Failed));
            Assert.That(Number(json, "nonConverged"), Is.EqualTo(a.NotConverged));
        }
    }

    [Test]
    public void ToJson_WhatIsNotDefined_IsNull()
    {
        using JsonDocument document = JsonDocument.Parse(PowerReport.ToJson(_result));
        JsonElement analyses = document.RootElement.GetProperty("analyses");
        string[] Nulls(int i) =>
            [.. analyses[i].EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Null).Select(p => p.Name)];

        Assert.That(Nulls(0), Is.Empty, "ancova");
        Assert.That(Nulls(1), Is.EqualTo((string[])["trueValue", "bias", "coverage"]), "joint rank");
        Assert.That(
            Nulls(2),
            Is.EqualTo((string[])["meanEstimate", "trueValue", "bias", "empiricalSe", "modelSe", "coverage"]),
            "log-rank without events");
    }

    [Test]
    public void ToJson_IsIndentedAndEndsWithOneLineFeed() =>
        Assert.That(PowerReport.ToJson(_result), Does.StartWith("{\n  \"scenario\": ").And.EndWith("\n}\n").And.Not.Contain("\r"));

    [Test]
    public void Write_Power_IsTheResultsToTheLastBit()
    {
        using TemporaryFolder folder = Written(_result);
        CsvFile file = CsvFile.Read(folder.At("power.csv"));

        Assert.That(string.Join(" ", file.Columns), Is.EqualTo(
            "analysis alpha power mcse lower upper powerIfFailuresRejected meanEstimate meanEstimateMcse trueValue trueValueMcse bias "
            + "empiricalSe modelSe rmse coverage planned analysed failed nonConverged boundary unit"));
        Assert.That(file.Rows.Select(r => r["analysis"]), Is.EqualTo((string[])["'=ancova, \"28\"", "joint-rank-28", "log-rank"]));
        foreach ((CsvFileRow row, OperatingCharacteristics a) in file.Rows.Zip(_result.Analyses))
        {
            Assert.That(row.Number("alpha"), Is.EqualTo(a.Alpha));
            Assert.That(row.Number("power"), Is.EqualTo(a.Power));
            Assert.That(row.Number("powerIfFailuresRejected"), Is.EqualTo(a.PowerIfFailuresRejected));
            Assert.That(row.Number("meanEstimate"), Is.EqualTo(a.MeanEstimate));
            Assert.That(row.Number("meanEstimateMcse"), Is.EqualTo(a.MeanEstimateMonteCarloError));
            Assert.That(row.Number("trueValueMcse"), Is.EqualTo(a.TrueValue.MonteCarloError));
            Assert.That(row.Number("bias"), Is.EqualTo(a.Bias));
            Assert.That(row.Number("rmse"), Is.EqualTo(a.RootMeanSquaredError));
            Assert.That(row.Number("coverage"), Is.EqualTo(a.Coverage));
            Assert.That(row.Number("failed"), Is.EqualTo(a.Failed));
            Assert.That(row.Number("boundary"), Is.EqualTo(a.Boundary));
        }
    }

    [Test]
    public void Write_Courses_HaveARowForEachArmStratumAndVisit()
    {
        using TemporaryFolder folder = Written(_result);
        CsvFile file = CsvFile.Read(folder.At("courses.csv"));
        CourseSummary courses = _result.Courses!;

        Assert.That(file.Rows, Has.Count.EqualTo(2 * 3 * 9));
        foreach (CsvFileRow row in file.Rows)
        {
            int arm = courses.Layout.ArmNames.ToList().IndexOf(row["arm"]);
            string? stratum = row["stratum"] == "all" ? null : row["stratum"];
            double week = row.Number("week");
            Assert.That(row.Number("participants"), Is.EqualTo(courses.Participants(arm, stratum)));
            Assert.That(row.Number("latentChange"), Is.EqualTo(courses.LatentChange(arm, week, stratum).Mean));
            Assert.That(row.Number("completeChangeSd"), Is.EqualTo(courses.CompleteChange(arm, week, stratum).StandardDeviation));
            Assert.That(row.Number("observed"), Is.EqualTo(courses.ObservedChange(arm, week, stratum).Count));
            Assert.That(row.Number("observedChange"), Is.EqualTo(courses.ObservedChange(arm, week, stratum).Mean));
        }
    }

    [Test]
    public void Write_EndpointsAndConversions_AreThere()
    {
        PowerResult result = PowerAnalysis.Run(
            Atlas.Preset.Scenario, analyses: [], new RunOptions { Replicates = 5, CollectCourses = true, CollectEndpoints = true });
        using TemporaryFolder folder = Written(result);
        CourseSummary courses = result.Courses!;
        CsvFileRow marker = CsvFile.Read(folder.At("courses.csv")).Rows
            .Single(r => r["endpoint"] == "nfl" && r["arm"] == "Tofersen" && r["stratum"] == "all" && r["week"] == "24");
        CsvFileRow year = CsvFile.Read(folder.At("events.csv")).Rows
            .Single(r => r["arm"] == "Placebo" && r["stratum"] == "all" && r["week"] == "52");

        Assert.That(marker.Number("latentChange"), Is.EqualTo(courses.LatentChange(1, 24, endpoint: "nfl").Mean));
        Assert.That(marker.Number("observed"), Is.EqualTo(courses.ObservedChange(1, 24, endpoint: "nfl").Count));
        Assert.That(year.Number("phenoconverted"), Is.EqualTo(courses.SharePhenoconverted(0, 52).Value).And.Positive);
    }

    [Test]
    public void Write_Events_FallFromOneWeekByWeek()
    {
        PowerResult result = PowerAnalysis.Run(
            ReportedTrial.Scenario, analyses: [], new RunOptions { Replicates = 5, CollectCourses = true });
        using TemporaryFolder folder = Written(result);
        CsvFile file = CsvFile.Read(folder.At("events.csv"));

        foreach (IGrouping<(string, string), CsvFileRow> group in file.Rows.GroupBy(r => (r["arm"], r["stratum"])))
        {
            Assert.That(group.Select(r => r.Number("week")), Is.EqualTo(Enumerable.Range(0, 53)));
            foreach (string column in (string[])["freeOfDeathOrVentilation", "freeOfComposite", "inFollowUp"])
            {
                Assert.That(group.First().Number(column), Is.EqualTo(1), column);
                Assert.That(group.Select(r => r.Number(column)), Is.Ordered.Descending.And.All.InRange(0, 1), column);
            }

            CsvFileRow last = group.Last();
            Assert.That(last.Number("freeOfComposite"), Is.LessThanOrEqualTo(last.Number("freeOfDeathOrVentilation")));
        }

        Assert.That(file.Rows.GroupBy(r => (r["arm"], r["stratum"])).Count(), Is.EqualTo(6));
    }

    [Test]
    public void Write_ResultWithoutCourses_WritesNoFilesOfThem()
    {
        using TemporaryFolder folder = Written(_result with { Courses = null });

        Assert.That(folder.Entries, Is.EqualTo((string[])["power.csv", "result.study", "scenario.json"]));
    }

    [Test]
    public void Write_Scenario_ReadsBackEqual()
    {
        using TemporaryFolder folder = Written(_result);

        Scenario written = ScenarioJson.Read(File.ReadAllText(folder.At("scenario.json")));
        Assert.That(written.Name, Is.EqualTo(Scenario.Name));
        Assert.That(written.Design, Is.EqualTo(Scenario.Design).And.TypeOf<ParallelGroup>());
        Assert.That(written.Analyses.Select(a => a.Name), Is.EqualTo(Scenario.Analyses.Select(a => a.Name)));
    }

    private static TemporaryFolder Written(PowerResult result)
    {
        var folder = new TemporaryFolder();
        PowerReport.Write(result, folder.FullName);
        return folder;
    }

    private static double Number(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
