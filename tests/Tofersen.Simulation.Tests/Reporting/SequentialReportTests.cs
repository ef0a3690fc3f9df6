using System.Text.Json;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>What becomes of a trial at its looks, as text, JSON and CSV.</summary>
public sealed class SequentialReportTests
{
    private static readonly Scenario Scenario = TestScenarios.Rich with
    {
        Name = "looks",
        Design = TestScenarios.Rich.Design with { Enrolment = new UniformEnrolment { Weeks = 60 } },
        Analyses = [new Ancova { Week = 28 }, new Ancova { Name = "=end", Week = 52 }],
        Sequential = new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [0.4, 1],
                Alpha = 0.1,
                Efficacy = new Pocock(),
                Futility = new FixedFutility { Z = [0] },
            },
            Looks = [new SequentialLook { Timing = new CalendarTiming { Weeks = 60 } }],
            Analysis = "ancova-28",
            Reestimation = new BlindedReestimation
            {
                PlannedParticipants = 100,
                MinimumParticipants = 60,
                Weeks = 50,
                Week = 28,
                Difference = 4,
                Power = 0.8,
            },
        },
    };

    private PowerResult _result = null!;

    [OneTimeSetUp]
    public void Run() => _result = PowerAnalysis.Run(Scenario, options: new RunOptions { Replicates = 40, Seed = 5, CollectCourses = false });

    [Test]
    public void ToJson_Plan_AddsTheLooksToTheLastBit()
    {
        SequentialResult result = _result.Sequential!;
        using JsonDocument document = JsonDocument.Parse(PowerReport.ToJson(_result));
        JsonElement json = document.RootElement.GetProperty("sequential");

        Assert.That(document.RootElement.EnumerateObject().Select(p => p.Name).TakeLast(2), Is.EqualTo((string[])["sequential", "version"]));
        Assert.That(Number(json, "rejection"), Is.EqualTo(result.Rejection.Value));
        Assert.That(Number(json, "rejectionMcse"), Is.EqualTo(result.Rejection.MonteCarloError));
        Assert.That(Number(json, "participants"), Is.EqualTo(result.Participants.Mean));
        Assert.That(Number(json, "participantsSd"), Is.EqualTo(result.Participants.StandardDeviation));
        Assert.That(Number(json, "durationWeeks"), Is.EqualTo(result.DurationWeeks.Mean));
        Assert.That(Number(json, "bias"), Is.EqualTo(result.Bias.Value));
        Assert.That(Number(json, "maximumParticipants"), Is.EqualTo(108));
        Assert.That(Number(json.GetProperty("reestimation"), "participants"), Is.EqualTo(result.Reestimation!.Participants.Mean));
        JsonElement[] looks = [.. json.GetProperty("looks").EnumerateArray()];
        Assert.That(looks, Has.Length.EqualTo(2));
        for (int k = 0; k < 2; k++)
        {
            Assert.That(looks[k].GetProperty("analysis").GetString(), Is.EqualTo("ancova-28"));
            Assert.That(Number(looks[k], "efficacy"), Is.EqualTo(result.Looks[k].Efficacy.Value));
            Assert.That(Number(looks[k], "futility"), Is.EqualTo(result.Looks[k].Futility.Value));
            Assert.That(Number(looks[k], "plannedEfficacyZ"), Is.EqualTo(result.Looks[k].PlannedEfficacyZ));
            Assert.That(Number(looks[k], "meanEstimateIfEfficacy"), Is.EqualTo(result.Looks[k].EfficacyEstimates.Mean));
            Assert.That(Number(looks[k], "bias"), Is.EqualTo(result.Looks[k].Bias));
            Assert.That(looks[k].GetProperty("meanInformation").ValueKind, Is.EqualTo(JsonValueKind.Null), "not measured");
        }

        Assert.That(looks[1].GetProperty("plannedFutilityZ").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void Write_Plan_HasOneRowALookAndOneOfTheWholeTrial()
    {
        using var folder = new TemporaryFolder();
        PowerReport.Write(_result, folder.FullName);
        string[][] rows = [.. File.ReadAllLines(Path.Combine(folder.FullName, "sequential.csv")).Select(line => line.Split(','))];
        string Cell(int row, string column) => rows[row][Array.IndexOf(rows[0], column)];

        Assert.That(rows, Has.Length.EqualTo(4));
        Assert.That(rows.Select(r => r.Length), Is.All.EqualTo(rows[0].Length));
        Assert.That(rows.Skip(1).Select(r => r[0]), Is.EqualTo((string[])["1", "2", "all"]));
        SequentialResult result = _result.Sequential!;
        Assert.That(Value(Cell(1, "efficacy")), Is.EqualTo(result.Looks[0].Efficacy.Value));
        Assert.That(Value(Cell(2, "meanEstimate")), Is.EqualTo(result.Looks[1].Estimates.Mean));
        Assert.That(Value(Cell(3, "efficacy")), Is.EqualTo(result.Rejection.Value));
        Assert.That(Value(Cell(3, "participants")), Is.EqualTo(result.Participants.Mean));
        Assert.That(Value(Cell(3, "reached")), Is.EqualTo(result.Reached.Mean));
        Assert.That(Value(Cell(3, "bias")), Is.EqualTo(result.Bias.Value));
    }

    [Test]
    public void Write_NoPlan_WritesNoSuchFile()
    {
        using var folder = new TemporaryFolder();
        PowerReport.Write(_result with { Sequential = null }, folder.FullName);
        Assert.That(Path.Combine(folder.FullName, "sequential.csv"), Does.Not.Exist);
    }

    [Test]
    public async Task Power_Plan_PrintsATableOfLooks()
    {
        using var files = new TemporaryFolder();
        string scenario = files.Write("looks.json", ScenarioJson.Write(Scenario));

        ToolRun run = (await ToolRun.Of("power", scenario, "--replicates", "20")).Succeeded();

        Assert.That(run.Output, Does.Contain("Looks: probability of stopping at each"));
        Assert.That(run.Output, Does.Contain("efficacy z").And.Contain("rejects in favour of treatment").And.Contain("of at most 108"));
        Assert.That(run.Output, Does.Contain("set by the blinded standard deviation"));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static double Value(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
