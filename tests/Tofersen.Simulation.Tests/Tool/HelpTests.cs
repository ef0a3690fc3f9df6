using System.CommandLine;
using System.CommandLine.Parsing;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class HelpTests
{
    [TestCase("", "scenario simulate power report sweep compare assurance plan run status merge replay analyse fit check completion")]
    [TestCase("scenario", "list show validate schema")]
    [TestCase("scenario list", "")]
    [TestCase("scenario show", "SCENARIO --sources")]
    [TestCase("scenario validate", "FILE")]
    [TestCase("scenario schema", "")]
    [TestCase("simulate", "SCENARIO --replicate --seed --out")]
    [TestCase("plan", "SCENARIO --analyses --replicates --seed --out --shards --block-size --collect")]
    [TestCase("run", "PLAN --shard --parallelism --no-progress")]
    [TestCase("status", "PLAN --shards --format")]
    [TestCase("merge", "PLAN --format --out --failure-limit")]
    [TestCase("replay", "PLAN --replicate --out")]
    [TestCase("completion", "SHELL bash zsh fish pwsh")]
    [TestCase("power", "SCENARIO --analyses --no-progress --replicates --mcse --seed --parallelism --block-size --format --out --failure-limit")]
    [TestCase("report", "RESULT --out --preset")]
    [TestCase("sweep", "SCENARIO --vary --one-at-a-time --reference --analyses --replicates --mcse --seed --parallelism --block-size --format --out")]
    [TestCase("compare", "SCENARIO SCENARIO2 --analyses --replicates --mcse --seed --parallelism --block-size --format --out")]
    [TestCase("assurance", "SCENARIO --prior --correlation --analyses --replicates --seed --parallelism --block-size --format --out")]
    [TestCase("size", "SCENARIO --analysis --power --precision --minimum --maximum --vary --maximum-cost --seed --parallelism --block-size --format --figure")]
    [TestCase("follow-up", "SCENARIO --analysis --from-week --replicates --seed --parallelism --block-size --format --figure")]
    [TestCase("calibrate", "PRESET --parameters --replicates --seed --format")]
    [TestCase("analyse", "--data FILE.csv --analysis SPEC.json --format")]
    [TestCase("fit", "--data --events --participant --time --score --stratum --pooled --time-unit --arm --until --planned --rates --format")]
    [TestCase("check", "PRESET --replicates --seed --parallelism --block-size --format --figure")]
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

    // Of every command, so that a new one cannot come without.
    [Test]
    public async Task Help_EveryCommand_ShowsExamplesThatItUnderstands()
    {
        RootCommand root = Commands.Make(TextWriter.Null, TextWriter.Null);
        foreach ((string[] path, _) in All(root, []))
        {
            string name = string.Join(' ', path);
            IReadOnlyList<Example> examples = Examples.Of(name);
            string help = (await ToolRun.Of([.. path, "--help"])).Succeeded().Output;

            Assert.That(examples, Is.Not.Empty, name);
            foreach (Example example in examples)
            {
                ParseResult parsed = root.Parse(Words(example.Line));

                Assert.That(help, Does.Contain($"  {example.Line}\n      {example.Does}\n"));
                Assert.That(parsed.Errors, Is.Empty, example.Line);
                Assert.That(example.Line, Does.StartWith($"tofersen-sim {name}".TrimEnd()));
            }
        }
    }

    // With as few trials as go, the analysis that takes no time, and folders of their own.
    [TestCaseSource(nameof(Runnable))]
    public async Task Help_Example_Runs(string line)
    {
        using var folder = new TemporaryFolder();
        string[] words = Words(line);
        for (int w = 1; w < words.Length; w++)
        {
            words[w] = words[w - 1] switch
            {
                "--replicates" => "20",
                "--mcse" => "0.5",
                "--out" => folder.At("out"),
                "--figure" => folder.At("figure.svg"),
                _ => words[w],
            };
        }

        string[] more = words[0] is "power" or "compare" or "sweep" or "assurance" or "follow-up" && !words.Contains("--replicates")
            ? ["--replicates", "20"] : [];
        ToolRun run = await ToolRun.Of([.. words, .. more]);

        // So few trials may lie outside of what was published, which is no mistake of the example; nor may they be enough for the analysis.
        Assert.That(run.ExitCode, Is.EqualTo(0).Or.EqualTo(words[0] == "check" ? 1 : 0), run.Error);
        Assert.That(run.Error, Is.Empty);
    }

    private static IEnumerable<string> Runnable() =>
        from entry in All(Commands.Make(TextWriter.Null, TextWriter.Null), [])
        from example in Examples.Of(string.Join(' ', entry.Path))
        where !Words(example.Line).Any(w => w.EndsWith(".json", StringComparison.Ordinal) || w.EndsWith(".csv", StringComparison.Ordinal) || w == "study")
        where Words(example.Line)[0] is not "size"
        select example.Line;

    // What the shell does with a line, but for where output goes.
    private static string[] Words(string line) => [.. CommandLineParser.SplitCommandLine(line.Split(" > ")[0]).Skip(1)];

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
