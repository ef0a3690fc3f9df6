namespace Tofersen.Simulation.Tests.Documents;

/// <summary>The test of the documents sees what it is meant to see.</summary>
[NonParallelizable]
public sealed class DocumentRunTests
{
    [Test]
    public async Task Run_ShownAsPrinted_FindsNothing() =>
        Assert.That(await ProblemsOf("```csharp\nConsole.WriteLine(6 * 7);\n```\n\n```text\n42\n```"), Is.Empty);

    [Test]
    public async Task Run_ShownOtherwise_SaysWhatWasPrinted() =>
        Assert.That(await ProblemsOf("```csharp\nConsole.WriteLine(6 * 7);\n```\n\n```text\n43\n```"), Has.One.Contains("42"));

    [Test]
    public async Task Run_CSharpThatDoesNotCompile_NamesTheLine() =>
        Assert.That(await ProblemsOf("one\n\n```csharp\nint a = 1;\nint b = c;\n```"), Has.One.Contains("page.md:5"));

    [Test]
    public async Task Run_CSharpThatThrows_IsAProblem() =>
        Assert.That(await ProblemsOf("```csharp\nthrow new InvalidOperationException(\"of all things\");\n```"), Has.One.Contains("of all things"));

    [Test]
    public async Task Run_ScenarioThatIsWrong_NamesThePath() =>
        Assert.That(await ProblemsOf("```json\n{ \"version\": 1, \"base\": \"valor\", \"effect\": { \"maxReduction\": 7 } }\n```"), Has.One.Contains("effect.maxReduction"));

    [Test]
    public async Task Run_SpecificationThatIsWrong_IsAProblem() =>
        Assert.That(await ProblemsOf("```json\n{ \"method\": \"ancova\", \"respond\": \"CHG\" }\n```"), Has.One.Contains("respond"));

    [Test]
    public async Task Run_FileOfABlock_IsThereForTheNext() =>
        Assert.That(
            await ProblemsOf("<!-- saved as: a.json -->\n```json\n{ \"version\": 1, \"base\": \"valor\", \"name\": \"a\" }\n```\n\n```console\n$ tofersen-sim scenario validate a.json\n…\n```"),
            Is.Empty);

    [Test]
    public async Task Run_CommandThatFails_IsAProblem() =>
        Assert.That(await ProblemsOf("```sh\ntofersen-sim power nothing-like-it\n```"), Has.One.Contains("exit code 2"));

    [TestCase("```text\nwhat is this the output of?\n```")]
    [TestCase("```yaml\na: b\n```")]
    [TestCase("```\nno language\n```")]
    [TestCase("```sh\nrm -rf study\n```")]
    public async Task Run_BlockThatCannotBeRun_MustSaySo(string page)
    {
        Assert.That(await ProblemsOf(page), Has.One.Contains("not run: why"));
        Assert.That(await ProblemsOf("<!-- not run: it is an illustration -->\n" + page), Is.Empty);
    }

    [TestCase("a\nb\nc", "a\nb\nc", true)]
    [TestCase("a\nb\nc", "a\nb", false)]
    [TestCase("a\n…\nc", "a\nb\nb\nc", true)]
    [TestCase("a\n…\nc", "a\nb\nc\nd", false)]
    [TestCase("…\nc\n…", "a\nb\nc\nd", true)]
    [TestCase("a  \nb", "a\nb  ", true)]
    [TestCase("Done. 1.2 s.", "Done. 13.4 s.", true)]
    [TestCase("plan 630532b55dd4.", "plan 0123456789ab.", true)]
    [TestCase("power 0.352", "power 0.351", false)]
    public void Matches_Lines_AreEqualButForWhatVariesAndWhatIsLeftOut(string shown, string printed, bool expected) =>
        Assert.That(ShownOutput.Matches(shown.Split('\n'), [.. ShownOutput.LinesOf(printed)]), Is.EqualTo(expected));

    private static async Task<List<string>> ProblemsOf(string page)
    {
        using var run = new DocumentRun("page.md", page.Split('\n'));
        await run.RunAsync();
        return run.Problems;
    }
}
