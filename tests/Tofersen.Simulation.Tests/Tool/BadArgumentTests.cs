namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Arguments that cannot be used: exit code 2, one line on standard error, nothing on standard output.</summary>
public sealed class BadArgumentTests
{
    [Test]
    public async Task Run_NoCommand_PointsToTheHelp() =>
        Assert.That(await ToolRun.RefusalOf(), Does.EndWith("Try 'tofersen-sim --help'."));

    [TestCase("simulation")]
    [TestCase("powr", "valor")]
    public async Task Run_UnknownCommand_NamesIt(params string[] args) =>
        Assert.That(await ToolRun.RefusalOf(args), Does.Contain($"'{args[0]}'").And.EndsWith("Try 'tofersen-sim --help'."));

    [Test]
    public async Task Scenario_UnknownCommand_NamesIt() =>
        Assert.That(
            await ToolRun.RefusalOf("scenario", "lst"), Does.Contain("'lst'").And.EndsWith("Try 'tofersen-sim scenario --help'."));

    [Test]
    public async Task Scenario_NoCommand_PointsToItsHelp() =>
        Assert.That(await ToolRun.RefusalOf("scenario"), Does.EndWith("Try 'tofersen-sim scenario --help'."));

    [TestCase("power", "SCENARIO")]
    [TestCase("check", "PRESET")]
    [TestCase("simulate", "SCENARIO")]
    public async Task Command_MissingArgument_NamesIt(string command, string argument) =>
        Assert.That(
            await ToolRun.RefusalOf(command),
            Does.Contain(argument).Or.Contain("--out").And.EndsWith($"Try 'tofersen-sim {command} --help'."));

    [TestCase("show", "SCENARIO")]
    [TestCase("validate", "FILE")]
    public async Task Scenario_MissingArgument_NamesIt(string command, string argument) =>
        Assert.That(
            await ToolRun.RefusalOf("scenario", command),
            Does.Contain(argument).And.EndsWith($"Try 'tofersen-sim scenario {command} --help'."));

    [TestCase("power valor --replicate 3", "--replicate")]
    [TestCase("power valor extra", "extra")]
    [TestCase("check valor --out x", "--out")]
    [TestCase("scenario list --format json", "--format")]
    [TestCase("scenario show valor --seed 2", "--seed")]
    [TestCase("simulate valor --out x --parallelism 2", "--parallelism")]
    public async Task Command_UnknownOptionOrArgument_NamesIt(string line, string unknown) =>
        Assert.That(await ToolRun.RefusalOf(line.Split(' ')), Does.Contain($"'{unknown}'"));

    [TestCase("simulate valor", "'--out' is required")]
    [TestCase("simulate valor --out", "--out")]
    [TestCase("power valor --out", "--out")]
    [TestCase("power valor --replicates", "--replicates")]
    [TestCase("power valor --format", "--format")]
    [TestCase("power valor --replicates 2 --replicates 3", "--replicates")]
    public async Task Command_OptionWithoutOrWithTwoValues_NamesIt(string line, string named) =>
        Assert.That(await ToolRun.RefusalOf(line.Split(' ')), Does.Contain(named));

    [TestCase("--replicates", "0", "[1, 100000000]")]
    [TestCase("--replicates", "-1", "[1, 100000000]")]
    [TestCase("--replicates", "100000001", "[1, 100000000]")]
    [TestCase("--replicates", "-2147483648", "[1, 100000000]")]
    [TestCase("--parallelism", "-1", "[0, 1024]")]
    [TestCase("--parallelism", "1025", "[0, 1024]")]
    [TestCase("--block-size", "0", "[1, 1000000]")]
    [TestCase("--block-size", "1000001", "[1, 1000000]")]
    public async Task MonteCarloOption_OutOfRange_NamesValueAndRange(string option, string value, string range)
    {
        foreach (string command in (string[])["power", "check"])
        {
            Assert.That(
                await ToolRun.RefusalOf(command, "valor", option, value),
                Does.StartWith($"tofersen-sim: {option} is {value}; it must lie in {range}."));
        }
    }

    [Test]
    public async Task Simulate_NegativeReplicate_NamesValueAndRange() =>
        Assert.That(
            await ToolRun.RefusalOf("simulate", "valor", "--out", "x", "--replicate", "-1"),
            Does.StartWith("tofersen-sim: --replicate is -1; it must be at least 0."));

    [TestCase("--replicates", "2147483648")]
    [TestCase("--replicates", "99999999999999999999")]
    [TestCase("--replicates", "many")]
    [TestCase("--replicates", "1e4")]
    [TestCase("--replicates", "10.0")]
    [TestCase("--parallelism", "two")]
    [TestCase("--block-size", "1,000")]
    [TestCase("--seed", "-1")]
    [TestCase("--seed", "18446744073709551616")]
    [TestCase("--seed", "x")]
    [TestCase("--failure-limit", "x")]
    [TestCase("--failure-limit", "10%")]
    [TestCase("--failure-limit", "")]
    public async Task Option_NoNumber_NamesOptionAndValue(string option, string value) =>
        Assert.That(
            await ToolRun.RefusalOf("power", "valor", option, value), Does.Contain(option).And.Contain($"'{value}'"));

    [TestCase("NaN")]
    [TestCase("-0.1")]
    [TestCase("1.0000001")]
    [TestCase("Infinity")]
    [TestCase("1e999")]
    public async Task FailureLimit_OutOfRange_NamesTheRange(string value) =>
        Assert.That(
            await ToolRun.RefusalOf("power", "valor", "--failure-limit", value),
            Does.StartWith($"tofersen-sim: --failure-limit is '{value}'; it must lie in [0, 1]."));

    [TestCase("xml")]
    [TestCase("JSON")]
    [TestCase("")]
    public async Task Format_Unknown_NamesTheChoices(string value) =>
        Assert.That(
            await ToolRun.RefusalOf("power", "valor", "--format", value), Does.Contain("text").And.Contain("json"));

    [TestCase("power")]
    [TestCase("check")]
    public async Task Command_UnknownScenario_NamesThePresets(string command)
    {
        foreach (string name in (string[])["valour", "", "no/such/file.json"])
        {
            Assert.That(
                await ToolRun.RefusalOf(command, name),
                Does.StartWith($"tofersen-sim: There is no preset and no file '{name}'; the presets are phase-1-2, valor, valor-ole, valor-ole-148, valor-ole-chain, atlas, sod1-natural-history, general-als, general-als-edaravone."));
        }
    }

    [TestCase("")]
    [TestCase("  ")]
    public async Task Out_Blank_IsRefused(string folder)
    {
        using var files = new TemporaryFolder();
        string scenario = files.Write("s.json", ToolRun.QuickScenario);

        Assert.That(await ToolRun.RefusalOf("power", scenario, "--replicates", "2", "--out", folder), Does.Contain("--out"));
        Assert.That(await ToolRun.RefusalOf("simulate", scenario, "--out", folder), Does.Contain("--out"));
    }
}
