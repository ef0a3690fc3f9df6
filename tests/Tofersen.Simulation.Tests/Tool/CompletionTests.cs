using System.Diagnostics;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Completion as bash does it, and what the program offers to any shell.</summary>
public sealed class CompletionTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [TestCase("tofersen-sim comp", "compare completion")]
    [TestCase("tofersen-sim scenario v", "validate")]
    [TestCase("tofersen-sim power valor-ole", "valor-ole valor-ole-148 valor-ole-chain")]
    [TestCase("tofersen-sim compare valor atl", "atlas")]
    [TestCase("tofersen-sim check gen", "general-als general-als-edaravone")]
    [TestCase("tofersen-sim power valor --repl", "--replicates")]
    [TestCase("tofersen-sim power valor --format ", "json text")]
    [TestCase("tofersen-sim plan valor --collect e", "everything")]
    [TestCase("tofersen-sim size valor --analysis slo", "slopes-28")]
    [TestCase("tofersen-sim power valor --analyses slo", "slopes-28")]
    [TestCase("tofersen-sim power valor --analyses slopes-28,log", "slopes-28,log-rank-28")]
    [TestCase("tofersen-sim sweep valor --vary effect.max", "effect.maxReduction=")]
    [TestCase("tofersen-sim assurance valor --prior effect.max", "effect.maxReduction~")]
    [TestCase("tofersen-sim sweep valor --vary population.strata.fast.residual", "population.strata.fast.residualSd=")]
    [TestCase("tofersen-sim sweep valor --vary a=1 --form", "--format")]
    [TestCase("tofersen-sim assurance valor --correlation a,b=0.5 --prior", "--prior")]
    [TestCase("tofersen-sim completion f", "fish")]
    public async Task Suggest_UnfinishedLine_OffersWhatMayFollow(string line, string expected)
    {
        ToolRun run = (await ToolRun.Of($"[suggest:{line.Length}]", line)).Succeeded();

        string word = line[(line.LastIndexOf(' ') + 1)..];
        Assert.That(
            run.Output.Split('\n').Where(offer => offer.Length > 0 && offer.StartsWith(word, StringComparison.Ordinal)), Is.EquivalentTo(expected.Split(' ')));
    }

    [TestCase("tofersen-sim power ")]
    [TestCase("tofersen-sim ")]
    public async Task Suggest_Help_HasNoSlashes(string line) =>
        Assert.That(
            (await ToolRun.Of($"[suggest:{line.Length}]", line)).Succeeded().Output.Split('\n'), Has.None.StartsWith("/").And.Member("--help"));

    [Test]
    public async Task Suggest_ResultOfAReport_OffersFolders()
    {
        Directory.CreateDirectory(_files.At("result"));
        Directory.CreateDirectory(_files.At(".hidden"));
        string line = "tofersen-sim report " + _files.FullName.TrimEnd('/') + "/";

        string[] offers = (await ToolRun.Of($"[suggest:{line.Length}]", line)).Succeeded().Output.Split('\n');

        Assert.That(offers.Where(o => o.StartsWith('/')), Is.EqualTo((string[])[_files.At("result")]));
    }

    [Test]
    public async Task Suggest_ScenarioThatIsNone_OffersNothing()
    {
        const string Line = "tofersen-sim power nowhere.json --analyses a";

        Assert.That((await ToolRun.Of($"[suggest:{Line.Length}]", Line)).Succeeded().Output.Trim(), Is.Empty);
    }

    // The words are as bash breaks lines: at '=' too.
    [TestCase("tofersen-sim po", "tofersen-sim po", "power")]
    [TestCase("tofersen-sim power valor-ole-1", "tofersen-sim power valor-ole-1", "valor-ole-148")]
    [TestCase("tofersen-sim power valor --analyses slopes-28,log", "tofersen-sim power valor --analyses slopes-28,log", "slopes-28,log-rank-28")]
    [TestCase("tofersen-sim sweep valor --vary effect.max", "tofersen-sim sweep valor --vary effect.max", "effect.maxReduction=")]
    [TestCase("/usr/bin/../tofersen-sim scenario sch", "/usr/bin/../tofersen-sim scenario sch", "schema")]
    [TestCase("tofersen-sim power trial", "tofersen-sim power trial", "")]
    public async Task Bash_Script_CompletesTheWord(string line, string words, string expected)
    {
        if (!Requirements.HasPrograms("bash"))
        {
            Requirements.Missing("bash, whose completion is tested");
        }

        _files.Write("completion.bash", (await ToolRun.Of("completion", "bash")).Succeeded().Output);
        string[] split = words.Split(' ');
        string tool = $"{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"} {Path.Combine(TestContext.CurrentContext.TestDirectory, "tofersen-sim.dll")}";
        string script = $$"""
            set -eu
            {{split[0]}}() { {{tool}} "$@"; }
            . {{_files.At("completion.bash")}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{words}}) COMP_CWORD={{split.Length - 1}}
            _tofersen_sim
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        Assert.That(Bash(script), Is.EqualTo(expected));
    }

    [TestCase("bash", "complete ")]
    [TestCase("zsh", "#compdef tofersen-sim\n")]
    [TestCase("fish", "complete --command tofersen-sim")]
    [TestCase("pwsh", "Register-ArgumentCompleter ")]
    public async Task Completion_Shell_PrintsItsScript(string shell, string expected)
    {
        string script = (await ToolRun.Of("completion", shell)).Succeeded().Output;

        Assert.That(script, Does.Contain(expected).And.Contain("[suggest:").And.Not.Contain("\r").And.EndWith("\n"));
    }

    [Test]
    public async Task Completion_UnknownShell_NamesTheNearest() =>
        Assert.That(await ToolRun.RefusalOf("completion", "bahs"), Does.Contain("bash, zsh, fish or pwsh. Did you mean 'bash'?"));

    private static string Bash(string script)
    {
        var start = new ProcessStartInfo("bash") { ArgumentList = { "--norc", "-c", script }, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That((process.ExitCode, error.Result), Is.EqualTo((0, "")));
        return output.Trim();
    }
}
