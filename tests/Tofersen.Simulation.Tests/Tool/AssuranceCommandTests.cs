using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class AssuranceCommandTests
{
    private static readonly string[] Priors =
    [
        "--prior", "effect.maxReduction~normal(0.5,0.2,min=0,max=1)", "--prior", "design.participants~discrete(80:1,120:1)", "--replicates", "60",
    ];

    private TemporaryFolder _files = null!;

    private string Quick => _files.Write("quick.json", ToolRun.QuickScenario);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Assurance_Json_HoldsPriorsAnalysesAndParts()
    {
        ToolRun run = (await ToolRun.Of(
            ["assurance", Quick, .. Priors, "--correlation", "effect.maxReduction,design.participants=0.5", "--format", "json"])).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.That(root.GetProperty("priors")[0].GetProperty("distribution").GetString(), Is.EqualTo("normal(0.5,0.2,min=0,max=1)"));
        Assert.That(root.GetProperty("correlations")[0].GetProperty("correlation").GetDouble(), Is.EqualTo(0.5));
        JsonElement analysis = root.GetProperty("analyses").EnumerateArray().Single();
        Assert.That(analysis.GetProperty("planned").GetInt32(), Is.EqualTo(60));
        foreach ((int prior, int parts) in (ReadOnlySpan<(int, int)>)[(0, 5), (1, 2)])
        {
            JsonElement[] all = [.. analysis.GetProperty("priors")[prior].GetProperty("parts").EnumerateArray()];
            Assert.That(all, Has.Length.EqualTo(parts));
            Assert.That(
                all.Sum(p => p.GetProperty("contribution").GetDouble()), Is.EqualTo(analysis.GetProperty("assurance").GetDouble()).Within(1e-14));
        }
    }

    [Test]
    public async Task Assurance_AnyThreadsAndBlockSize_GivesTheSameBytesAndFiles()
    {
        foreach ((string threads, string block) in ((string, string)[])[("1", "1"), ("2", "7"), ("5", "1000")])
        {
            ToolRun run = (await ToolRun.Of(
                ["assurance", Quick, .. Priors, "--format", "json", "--parallelism", threads, "--block-size", block, "--out", _files.At(threads)]))
                .Succeeded();
            await File.WriteAllTextAsync(_files.At(threads, "out.json"), run.Output);
        }

        foreach (string file in (string[])["out.json", "assurance.csv", "priors.csv", "scenario.json"])
        {
            byte[] expected = await File.ReadAllBytesAsync(_files.At("1", file));
            Assert.That(await File.ReadAllBytesAsync(_files.At("2", file)), Is.EqualTo(expected), file);
            Assert.That(await File.ReadAllBytesAsync(_files.At("5", file)), Is.EqualTo(expected), file);
        }

        Assert.That(await File.ReadAllLinesAsync(_files.At("1", "priors.csv")), Has.Length.EqualTo(8));
    }

    [Test]
    public async Task Assurance_Text_SaysWhatItIs()
    {
        string text = (await ToolRun.Of(["assurance", Quick, .. Priors])).Succeeded().Output;

        Assert.That(text, Does.StartWith("quick: 60 simulated trials, each with assumptions of its own, seed 1\n").And.Contain("no evidence about a medicine"));
        Assert.That(text, Does.Contain("effect.maxReduction ~ normal(0.5,0.2,min=0,max=1), median 0.5"));
        Assert.That(text, Does.Contain("at 80").And.Contain("at 120").And.Contain("0 to 0.33"));
        Assert.That(text, Does.Not.Contain("NaN"));
    }

    [TestCase("effect.maxReduction~normal(0.9,0.05)", "Cut the prior off")]
    [TestCase("effect.maxReduction~uniform(0,2)", "Must lie in [-1, 1]")]
    [TestCase("effect.maxReductio~uniform(0,1)", "Did you mean 'maxReduction'")]
    [TestCase("effect.maxReduction~norm(0,1)", "no distribution 'norm'")]
    [TestCase("effect.maxReduction=0.5", "path~distribution")]
    [TestCase("analyses.joint-rank.week~uniform(0,1)", "not over the analyses")]
    public async Task Assurance_BadPrior_IsRefused(string prior, string message) =>
        Assert.That(await ToolRun.RefusalOf("assurance", Quick, "--prior", prior, "--replicates", "200"), Does.Contain(message));

    [TestCase("effect.maxReduction=0.5", "PATH,PATH=R")]
    [TestCase("effect.maxReduction,design.participants=much", "PATH,PATH=R")]
    [TestCase("effect.maxReduction,effect.lagWeeks=0.5", "There is no prior 'effect.lagWeeks'")]
    [TestCase("effect.maxReduction,design.participants=1", "above -1 and below 1")]
    public async Task Assurance_BadCorrelation_IsRefused(string correlation, string message) =>
        Assert.That(await ToolRun.RefusalOf(["assurance", Quick, .. Priors, "--correlation", correlation]), Does.Contain(message));

    [Test]
    public async Task Assurance_NoPrior_IsRefused() => Assert.That(await ToolRun.RefusalOf("assurance", Quick), Does.Contain("--prior"));
}
