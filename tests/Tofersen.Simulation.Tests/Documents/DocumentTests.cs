using Tofersen.Simulation.Tests.Conventions;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>Everything that README, docs, the examples' pages and the library's own pages show is compiled, run, and printed as shown.</summary>
/// <remarks>
/// <para>The blocks of a document run in order in one temporary folder. By the language of the fence:</para>
/// <list type="bullet">
/// <item><c>csharp</c>: a whole program; compiled against the two packages and run.</item>
/// <item><c>sh</c>: commands, one a line; <see cref="ShellCommand"/> says which.</item>
/// <item><c>console</c>: commands after '$ ', each followed by what it prints.</item>
/// <item><c>json</c>: a scenario where it has a version, which is read and checked; otherwise the specification of an analysis.</item>
/// <item><c>text</c>: what the block just before it prints. <see cref="ShownOutput"/> says what may differ.</item>
/// <item>Anything else, and whatever should not be run, has <c>&lt;!-- not run: why --&gt;</c> before it; these are listed by a test.</item>
/// </list>
/// <para><c>&lt;!-- saved as: NAME --&gt;</c> before a block puts its text into a file for the blocks after it.</para>
/// <para>With the environment variable TOFERSEN_UPDATE_DOCUMENTS=1 what is shown is replaced by what is printed.</para>
/// </remarks>
[NonParallelizable]
public sealed class DocumentTests
{
    private const string Update = "TOFERSEN_UPDATE_DOCUMENTS";

    private static readonly string[] Folders = ["docs", "examples", "src"];

    private static IEnumerable<string> Documents =>
    [
        "README.md",
        .. Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [TestCaseSource(nameof(Documents))]
    public async Task Document_EveryBlock_DoesWhatItShows(string document)
    {
        string file = Path.Combine(SourceTree.Root, document);
        string[] lines = await File.ReadAllLinesAsync(file);
        using var run = new DocumentRun(document, lines);

        await run.RunAsync();

        if (Environment.GetEnvironmentVariable(Update) == "1" && !run.Updated.SequenceEqual(lines))
        {
            await File.WriteAllTextAsync(file, string.Concat(run.Updated.Select(l => l + "\n")));
            Assert.Inconclusive($"{document} was written anew; look at the difference and commit it.\n{string.Join("\n\n", run.Problems)}");
        }

        Assert.That(run.Problems, Is.Empty, string.Join("\n\n", run.Problems));
    }

    [Test]
    public void Blocks_NotRun_SayWhy()
    {
        MarkdownBlock[] notRun = [.. Blocks().Where(b => b.NotRun is not null)];

        foreach (MarkdownBlock block in notRun)
        {
            TestContext.Out.WriteLine($"{block.Place}: not run: {block.NotRun}");
        }

        Assert.That(notRun.Where(b => b.NotRun!.Length < 10).Select(b => b.Place), Is.Empty);
    }

    // A link to a page or a heading of the repository that is not there.
    [TestCaseSource(nameof(Documents))]
    public void Document_EveryLink_LeadsSomewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(SourceTree.Root, document))!;

        Assert.That(MarkdownLinks.Of(document).Where(link => !MarkdownLinks.Exists(folder, document, link)), Is.Empty);
    }

    private static IEnumerable<MarkdownBlock> Blocks() =>
        Documents.SelectMany(d => MarkdownBlock.Read(d, File.ReadAllLines(Path.Combine(SourceTree.Root, d))));
}
