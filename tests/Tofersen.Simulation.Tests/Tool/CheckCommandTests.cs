using System.Text.Json;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class CheckCommandTests
{
    private static readonly string[] Keys = ["scenario", "seed", "replicates", "targets"];

    private static readonly string[] TargetKeys =
        ["name", "kind", "published", "minimum", "maximum", "simulated", "mcse", "inside", "source"];

    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Check_Preset_ExitsWithZeroAndShowsEveryTarget()
    {
        ToolRun run = (await ToolRun.Of("check", "valor", "--replicates", "2000")).Succeeded();

        int count = Valor.Preset.Targets.Count;
        Assert.That(run.Output, Does.StartWith("valor: published beside simulated, 2000 simulated trials, seed 1\n"));
        Assert.That(run.Output, Does.EndWith($"\n{count} of {count} inside their tolerance.\n"));
        Assert.That(run.Output, Does.Not.Contain("OUTSIDE").And.Contain("no evidence about a medicine"));
        foreach (CalibrationTarget target in Valor.Preset.Targets)
        {
            Assert.That(run.Output, Does.Contain(target.Name));
        }
    }

    [Test]
    public async Task Check_NoEffect_ExitsWithOneAndSaysWhatIsOutside()
    {
        string file = _files.Write("null.json", """{ "version": 1, "base": "valor-ole", "effect": { "type": "none" } }""");

        ToolRun run = await ToolRun.Of("check", file, "--replicates", "500");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, Does.Contain("OUTSIDE"));
    }

    [Test]
    public async Task Check_Json_IsOneDocumentWithItsKeysInOrder()
    {
        ToolRun run = await ToolRun.Of("check", "valor", "--replicates", "200", "--seed", "3", "--format", "json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.That(root.EnumerateObject().Select(p => p.Name), Is.EqualTo(Keys));
        Assert.That(root.GetProperty("seed").GetInt32(), Is.EqualTo(3));
        JsonElement[] targets = [.. root.GetProperty("targets").EnumerateArray()];
        Assert.That(targets.Select(t => t.GetProperty("name").GetString()), Is.EqualTo(Valor.Preset.Targets.Select(t => t.Name)));
        foreach (JsonElement target in targets)
        {
            Assert.That(target.EnumerateObject().Select(p => p.Name), Is.EqualTo(TargetKeys));
            double simulated = target.GetProperty("simulated").GetDouble();
            bool inside = simulated >= target.GetProperty("minimum").GetDouble()
                && simulated <= target.GetProperty("maximum").GetDouble();
            Assert.That(target.GetProperty("inside").GetBoolean(), Is.EqualTo(inside));
        }
    }

    [Test]
    public async Task Check_AnyThreads_GivesTheSameBytes()
    {
        string[] common = ["check", "valor", "--replicates", "100", "--format", "json"];
        ToolRun one = await ToolRun.Of([.. common, "--parallelism", "1", "--block-size", "7"]);
        ToolRun five = await ToolRun.Of([.. common, "--parallelism", "5", "--block-size", "1"]);

        Assert.That(five.Output, Is.EqualTo(one.Output));
    }

    // A stratum of which no trial has anybody: its means are not defined, which JSON writes as null.
    [TestCase("text")]
    [TestCase("json")]
    public async Task Check_ValueThatIsNotDefined_IsOutsideAndNoCrash(string format)
    {
        string file = _files.Write("one.json", """
            { "version": 1, "base": "valor", "population": { "strata": { "slow": { "weight": 1e-9 } } } }
            """);

        ToolRun run = await ToolRun.Of("check", file, "--replicates", "3", "--format", format);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain(format == "json" ? "\"simulated\": null" : "–").And.Not.Contain("NaN"));
    }

    [Test]
    public async Task Check_ScenarioWithoutPreset_IsRefused()
    {
        string file = _files.Write("own.json", ScenarioJson.Write(Valor.Preset.Scenario));

        Assert.That(await ToolRun.RefusalOf("check", file), Does.Contain(file).And.Contain("is not a preset"));
    }

    [TestCase(""" "design": { "switchWeeks": 24 } """)]
    [TestCase(""" "population": { "strata": { "slow": { "name": "others" } } } """)]
    [TestCase(""" "design": { "type": "parallelGroup", "participants": 108, "visitWeeks": [0, 28] }, "analyses": [] """)]
    public async Task Check_OtherStrataSwitchOrDesign_IsRefused(string change)
    {
        string file = _files.Write("s.json", $$"""{ "version": 1, "base": "valor-ole", {{change}} }""");

        Assert.That(
            await ToolRun.RefusalOf("check", file, "--replicates", "2"),
            Does.Contain(file).And.Contain("its strata (fast, slow), its kind of design, its switch and its doses"));
    }

    [Test]
    public void Check_Cancelled_Throws() =>
        Assert.That(
            () => CheckCommand.Run(
                "valor", new RunOptions(), json: true, figure: null, new ProgressBar(TextWriter.Null, isWanted: false), TextWriter.Null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
}
