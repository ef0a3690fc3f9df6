using System.CommandLine;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class HelpTests
{
    [TestCase("", "scenario simulate power report sweep compare assurance plan run status merge replay analyse fit check")]
    [TestCase("scenario", "list show validate schema")]
    [TestCase("scenario list", "")]
    [TestCase("scenario show", "SCENARIO --sources")]
    [TestCase("scenario validate", "FILE")]
    [TestCase("scenario schema", "")]
    [TestCase("simulate", "SCENARIO --replicate --seed --out")]
    [TestCase("plan", "SCENARIO --replicates --seed --out --shards --block-size --collect")]
    [TestCase("run", "PLAN --shard --parallelism")]
    [TestCase("status", "PLAN --shards --format")]
    [TestCase("merge", "PLAN --format --out --failure-limit")]
    [TestCase("replay", "PLAN --replicate --out")]
    [TestCase("power", "SCENARIO --replicates --mcse --seed --parallelism --block-size --format --out --failure-limit")]
    [TestCase("report", "RESULT --out --preset")]
    [TestCase("sweep", "SCENARIO --vary --one-at-a-time --reference --analyses --replicates --mcse --seed --parallelism --block-size --format --out")]
    [TestCase("compare", "SCENARIO SCENARIO2 --analyses --replicates --mcse --seed --parallelism --block-size --format --out")]
    [TestCase("assurance", "SCENARIO --prior --correlation --analyses --replicates --seed --parallelism --block-size --format --out")]
    [TestCase("analyse", "--data FILE.csv --analysis SPEC.json --format")]
    [TestCase("fit", "--data --events --participant --time --score --stratum --pooled --time-unit --arm --until --planned --rates --format")]
    [TestCase("check", "PRESET --replicates --seed --parallelism --block-size --format")]
    public async Task Help_Command_MentionsWhatItTakes(string command, string expected)
    {
        string[] names = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

        ToolRun run = (await ToolRun.Of([.. names, "--help"])).Succeeded();

        foreach (string name in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.That(run.Output, Does.Contain(name));
        }
    }

    [Test]
    public async Task Help_EveryCommand_DescribesEveryOptionAndArgument()
    {
        foreach ((string[] path, Command command) in All(Commands.Make(TextWriter.Null, TextWriter.Null), []))
        {
            ToolRun run = (await ToolRun.Of([.. path, "--help"])).Succeeded();

            IEnumerable<Symbol> symbols = [command, .. command.Options, .. command.Arguments, .. command.Subcommands];
            foreach (Symbol symbol in symbols.Where(s => !s.Hidden))
            {
                Assert.That(symbol.Description, Is.Not.Null.And.Not.Empty, symbol.Name);
                Assert.That(run.Output, Does.Contain(symbol.Description), $"{string.Join(' ', path)} {symbol.Name}");
            }
        }
    }

    [Test]
    public async Task Help_Options_ShowTheirDefaults()
    {
        string help = (await ToolRun.Of("power", "--help")).Output;

        Assert.That(help, Does.Match(@"--replicates .*\[default: 10000\]").And.Match(@"--seed .*\[default: 1\]"));
        Assert.That(help, Does.Match(@"--block-size .*\[default: 64\]").And.Match(@"--failure-limit .*\[default: 0\.1\]"));
    }

    [Test]
    public async Task Help_WholeTool_SaysThatItIsNoEvidenceAboutAMedicine() =>
        Assert.That((await ToolRun.Of("--help")).Output, Does.Contain("no evidence about a medicine"));

    [Test]
    public async Task Version_IsThatOfTheLibrary()
    {
        ToolRun run = (await ToolRun.Of("--version")).Succeeded();

        Assert.That(run.Output, Does.Match(@"\A\d+\.\d+\.\d+[^\r\n]*\n\z"));
    }

    private static IEnumerable<(string[] Path, Command Command)> All(Command command, string[] path) =>
        [(path, command), .. command.Subcommands.SelectMany(c => All(c, [.. path, c.Name]))];
}
