namespace Tofersen.Simulation.Tests.Tool;

/// <summary>A slip of the pen is answered with the name that was meant, wherever names are given.</summary>
public sealed class NearestNameInErrorsTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [TestCase("powr", "'power'")]
    [TestCase("power valr", "'valor'")]
    [TestCase("power valor --replicats 5", "'--replicates'")]
    [TestCase("power --replicats 5", "'--replicates'")]
    [TestCase("scenario lsit", "'list'")]
    [TestCase("power valor --format jsno", "'json'")]
    [TestCase("power valor --analyses ancova-2", "'ancova-28'")]
    [TestCase("compare valor valor-ole --analyses slope-28", "'slopes-28'")]
    [TestCase("size valor --analysis slope-28", "'slopes-28'")]
    [TestCase("follow-up valor --analysis slope-28", "'slopes-28'")]
    [TestCase("check valor-olee", "'valor-ole'")]
    [TestCase("plan valor --collect course --out x", "'courses'")]
    [TestCase("sweep valor --vary effect.maxReductoin=0.2", "'maxReduction'")]
    [TestCase("sweep valor --vary effect.maxReduction=0.2 --reference effect.maxReductoin=0.2", "'effect.maxReduction'")]
    [TestCase("sweep valor --vary design.participant=60", "'participants'")]
    [TestCase("assurance valor --prior desing.participants~uniform(60,70)", "'design'")]
    [TestCase("size valor --analysis slopes-28 --vary effect.maxReductoin=0.1:0.9", "'maxReduction'")]
    [TestCase("calibrate valro --parameters x.json", "'valor'")]
    public async Task Run_NearlyRightName_IsAskedAbout(string line, string meant) =>
        Assert.That(await ToolRun.RefusalOf(line.Split(' ')), Does.Contain($"Did you mean {meant}?"));

    [TestCase("nothingLikeIt")]
    [TestCase("x")]
    public async Task Run_NameThatIsNotNear_IsNotGuessed(string name) =>
        Assert.That(await ToolRun.RefusalOf("power", name), Does.Contain("the presets are").And.Not.Contain("Did you mean"));

    [TestCase("\"analyses\": [ { \"method\": \"ancvoa\", \"week\": 28 } ]", "'ancova'")]
    [TestCase("\"analyses\": [ { \"method\": \"ancova\", \"wek\": 28 } ]", "'week'")]
    [TestCase("\"effect\": { \"type\": \"slopeReducton\" }", "'slopeReduction'")]
    [TestCase("\"observation\": { \"rounding\": \"hole\" }", null)]
    [TestCase("\"efect\": { }", "'effect'")]
    [TestCase("\"population\": { \"strata\": { \"fats\": { \"residualSd\": 1 } } }", "'fast'")]
    public async Task Power_FileWithASlip_AsksAboutIt(string property, string? meant)
    {
        string file = _files.Write("s.json", $$"""{ "version": 1, "base": "valor", {{property}} }""");

        string refusal = await ToolRun.RefusalOf("power", file);

        Assert.That(refusal, meant is null ? Does.Not.Contain("Did you mean") : Does.Contain($"Did you mean {meant}?"));
    }
}
