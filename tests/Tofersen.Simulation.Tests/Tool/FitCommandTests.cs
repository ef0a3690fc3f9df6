using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Calibrations;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class FitCommandTests
{
    private static readonly string[] Answer = ["data", "rates", "strata", "dropout", "warnings", "scenario"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Fit_SimulatedTrial_SaysWhatItReadAndPrintsAScenarioThatReadsBack()
    {
        string trial = await Simulate("valor");

        ToolRun run = (await ToolRun.Of("fit", "--data", Path.Combine(trial, "adqs.csv"), "--events", Path.Combine(trial, "adtte.csv"))).Succeeded();

        string snippet = run.Output[run.Output.IndexOf("\n{", StringComparison.Ordinal)..];
        JsonObject scenario = JsonNode.Parse(snippet)!.AsObject();
        scenario["version"] = 1;
        scenario["base"] = "valor";
        scenario["name"] = "pasted";
        Scenario read = Presets.ReadScenario(scenario.ToJsonString());
        Assert.That(run.Output, Does.Contain("time in MONTH (months)").And.Contain("arm 'Placebo' of ARM").And.Contain("strata in STRATUM"));
        Assert.That(run.Output, Does.Contain("rate mean (points/month)").And.Contain("hazard per week").And.Contain("as EVNTDESC says").And.Not.Contain("NaN"));
        Assert.That(((PopulationModel)read.Population).Strata.Select(s => (s.Name, s.Weight)), Is.EqualTo(((string, double)[])[("fast", 20), ("slow", 16)]));
        Assert.That(((PopulationModel)read.Population).Strata.Select(s => s.DeclineRate), Is.All.TypeOf<LogNormalRate>());
        Assert.That(read.Observation.Events, Is.Not.Empty);
        Assert.That(new TrialSimulator(read).Simulate(1, 0).Participants, Is.EqualTo(108));
    }

    [TestCase("logNormal", "LogNormal")]
    [TestCase("normal", "Normal")]
    public async Task Fit_AsJson_IsOneDocumentWithTheReferenceNumbers(string rates, string model)
    {
        string file = _folder.Write("pro-act.csv", ProAct("skewed60"));

        ToolRun run = (await ToolRun.Of("fit", "--data", file, "--rates", rates, "--format", "json")).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement answer = document.RootElement;
        JsonElement stratum = answer.GetProperty("strata")[0];
        Assert.That(answer.EnumerateObject().Select(p => p.Name), Is.EqualTo(Answer));
        Assert.That(answer.GetProperty("rates").GetString(), Is.EqualTo(rates));
        Assert.That(answer.GetProperty("data").GetProperty("form").GetString(), Is.EqualTo("PRO-ACT"));
        Assert.That(answer.GetProperty("data").GetProperty("skippedRows").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.GetProperty("data").GetProperty("arm").ValueKind, Is.EqualTo(JsonValueKind.Null));
        foreach (ReferenceRow row in ReferenceFile.Read(NaturalHistoryRows.Folder, "expected").Rows.Where(
            r => r.Text("dataset") == "skewed60" && r.Text("rates") == model && r.Text("parameter") != "minusTwoLogLikelihood"))
        {
            double estimate = stratum.GetProperty(row.Text("parameter")).GetProperty("estimate").GetDouble();
            Assert.That(estimate, Is.EqualTo(row.Number("estimate")).Within(1e-5 * row.Number("se")), row.Text("parameter"));
        }
    }

    [Test]
    public async Task Fit_SameFileTwice_GivesTheSameBytes()
    {
        string file = _folder.Write("data.csv", ProAct("sparse40"));
        ToolRun first = await ToolRun.Of("fit", "--data", file, "--format", "json");
        ToolRun second = await ToolRun.Of("fit", "--data", file, "--format", "json");
        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    [Test]
    public async Task Fit_DelayedStart_NeedsTheArmAndStopsAtTheSwitch()
    {
        string file = Path.Combine(await Simulate("valor-ole"), "adqs.csv");
        string refusal = await ToolRun.RefusalOf("fit", "--data", file);
        ToolRun run = (await ToolRun.Of("fit", "--data", file, "--arm", "Delayed start", "--until", "28")).Succeeded();
        ToolRun throughout = await ToolRun.Of("fit", "--data", file, "--arm", "Delayed start");
        Assert.That(throughout.ExitCode, Is.Zero);
        Assert.That(throughout.Error, Does.Match(@"\Atofersen-sim: [^\n]*'Delayed start'[^\n]*--until WEEK[^\n]*\n\z"));
        Assert.That(refusal, Does.Contain("Delayed start, Early start").And.Contain("without treatment"));
        Assert.That(run.Output, Does.Contain("after the last month that counts").And.Contain("arm 'Delayed start'"));
    }

    // A control by its name that went on to a second period on drug.
    [Test]
    public async Task Fit_SecondPeriodOnTreatment_IsToldOf()
    {
        string data = "USUBJID,ARM,MONTH,AVAL,TRT2SDY\n" + string.Concat(
            from p in Enumerable.Range(0, 12)
            from month in Enumerable.Range(0, 5)
            select FormattableString.Invariant($"P{p},Placebo,{month},{40 - (month * (0.4 + (p % 5 * 0.2))) + (p % 3) + (0.1 * ((p + month) % 4))},197\n"));
        ToolRun run = await ToolRun.Of("fit", "--data", _folder.Write("second.csv", data));
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: [^\n]*TRT2SDY[^\n]*--until WEEK[^\n]*\n\z"));
        (await ToolRun.Of("fit", "--data", _folder.Write("first.csv", data.Replace(",197\n", ",\n", StringComparison.Ordinal)))).Succeeded();
    }

    [Test]
    public async Task Fit_NobodyDeclines_SaysSoAndPrintsNoScenario()
    {
        var rows = NaturalHistoryRows.Reference("skewed60");
        string file = _folder.Write("up.csv", Text(rows with { Scores = [.. rows.Scores.Select(s => 48 - s)] }));
        ToolRun run = await ToolRun.Of("fit", "--data", file, "--format", "json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: stratum 'all': [^\n]+\n\z"));
        Assert.That(document.RootElement.GetProperty("scenario").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(document.RootElement.GetProperty("strata")[0].GetProperty("status").GetString(), Is.EqualTo("notEstimable"));
        Assert.That(document.RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()), Has.Some.Contain("normal ones"));
    }

    [TestCase("", "is empty")]
    [TestCase("USUBJID,MONTH,AVAL\n", "no rows")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,x\n", "'AVAL'")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,39\n", "needs 3")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,40\n2,0,40\n2,1,40\n3,0,40\n3,1,40\n", "spread")]
    [TestCase("A,B\n1,2\n", "A, B")]
    public async Task Fit_BadData_IsOneLine(string csv, string message) =>
        Assert.That(await ToolRun.RefusalOf("fit", "--data", _folder.Write("bad.csv", csv)), Does.Contain(message).And.Contain("bad.csv"));

    [TestCase("SUBJID,MONTH,AVAL\n1,0,40\n", "--participant")]
    [TestCase("USUBJID,WHEN,AVAL\n1,0,40\n", "--time COL")]
    [TestCase("USUBJID,ARM,MONTH,AVAL\n1,A,0,40\n2,B,0,40\n", "--arm NAME")]
    [TestCase("USUBJID,ADY,AVAL\n1,0,40\n1,30,39\n2,0,40\n2,30,39\n3,0,40\n3,30,39\n", "--time-unit")]
    [TestCase("USUBJID,ADY,AVAL\n1,21915,40\n1,21945,39\n2,21915,40\n2,21945,38\n3,21915,40\n3,21950,39\n", "such as SAS's")]
    public async Task Fit_ColumnOrArmInDoubt_NamesTheOption(string csv, string message) =>
        Assert.That(await ToolRun.RefusalOf("fit", "--data", _folder.Write("data.csv", csv)), Does.Contain(message));

    [TestCase("--time-unit", "years", "days or studyDays or weeks or months")]
    [TestCase("--rates", "gamma", "logNormal or normal")]
    [TestCase("--until", "0", "above 0")]
    [TestCase("--planned", "NaN", "above 0")]
    [TestCase("--score", "AVALL", "Did you mean 'AVAL'?")]
    [TestCase("--time", " ", "blank")]
    [TestCase("--arm", "", "blank")]
    [TestCase("--arm", "Placebo", "no column")]
    [TestCase("--stratum", "REGION", "'REGION'")]
    [TestCase("--events", "nowhere.csv", "nowhere.csv")]
    [TestCase("--format", "xml", "json")]
    public async Task Fit_BadOption_SaysWhatIsValid(string option, string value, string message)
    {
        string file = _folder.Write("data.csv", Text(NaturalHistoryRows.Reference("sparse40")));
        Assert.That(await ToolRun.RefusalOf("fit", "--data", file, option, value), Does.Contain(message));
    }

    [Test]
    public async Task Fit_NoSuchFile_NamesIt() =>
        Assert.That(await ToolRun.RefusalOf("fit", "--data", _folder.At("none.csv")), Does.Contain("none.csv"));

    private static string Text(NaturalHistoryRows rows)
    {
        var text = new StringBuilder("USUBJID,MONTH,AVAL\n");
        for (int i = 0; i < rows.Scores.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rows.Participants[i]},{rows.Months[i]},{rows.Scores[i]}\n");
        }

        return text.ToString();
    }

    // One row of the older scale only.
    private static string ProAct(string name)
    {
        var rows = NaturalHistoryRows.Reference(name);
        var text = new StringBuilder("subject_id,Mode_of_Administration,ALSFRS_Total,ALSFRS_Delta,ALSFRS_R_Total\n9999,,31,0,\n");
        for (int i = 0; i < rows.Scores.Length; i++)
        {
            double days = rows.Months[i] * (365.25 / 12);
            text.Append(CultureInfo.InvariantCulture, $"{rows.Participants[i]},,,{days:R},{rows.Scores[i]}\n");
        }

        return text.ToString();
    }

    private async Task<string> Simulate(string scenario)
    {
        string folder = _folder.At("trial");
        (await ToolRun.Of("simulate", scenario, "--seed", "3", "--out", folder)).Succeeded();
        return folder;
    }
}
