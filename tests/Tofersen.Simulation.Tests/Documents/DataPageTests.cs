using System.Text.RegularExpressions;
using Tofersen.Simulation.Tests.Conventions;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>The columns that the page on data tells of are those that are written.</summary>
public sealed partial class DataPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "data.md"));

    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task ResultFiles_OfARunWithLooksAndASweep_HaveTheColumnsOfThePage()
    {
        string looks = _files.Write("looks.json", LooksInCommandsTests.Looks);
        string quick = _files.Write("quick.json", ToolRun.QuickScenario);
        (await ToolRun.Of("power", looks, "--replicates", "20", "--out", _files.At("power"))).Succeeded();
        (await ToolRun.Of("sweep", quick, "--vary", "effect.maxReduction=0.2,0.6", "--one-at-a-time", "--replicates", "20", "--out", _files.At("sweep"))).Succeeded();
        using (Assert.EnterMultipleScope())
        {
            foreach (string path in Directory.GetFiles(_files.FullName, "*.csv", SearchOption.AllDirectories))
            {
                string name = Path.GetFileName(path);
                IEnumerable<string> written = Header(path).Where(c => c != "effect.maxReduction");
                Assert.That(written, Is.EqualTo(Documented(name)), name);
            }
        }

        Assert.That(
            Directory.GetFiles(_files.FullName, "*.csv", SearchOption.AllDirectories).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["power.csv", "courses.csv", "events.csv", "sequential.csv", "sweep.csv", "tornado.csv"]));
    }

    [TestCase("valor-ole")]
    [TestCase("phase-1-2")]
    [TestCase("atlas")]
    public async Task SimulatedFiles_EveryColumn_IsOnThePage(string preset)
    {
        (await ToolRun.Of("simulate", preset, "--out", _files.At("trial"))).Succeeded();
        string[] rows = [.. Page.Where(l => l.StartsWith("| all |", StringComparison.Ordinal) || l.StartsWith("| `ad", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            foreach (string path in Directory.GetFiles(_files.At("trial"), "ad*.csv"))
            {
                string told = string.Join(' ', rows.Where(r => r.StartsWith("| all", StringComparison.Ordinal) || r.Split('|')[1].Contains($"`{Path.GetFileName(path)}`", StringComparison.Ordinal)));
                string[] names = [.. Quoted().Matches(told).Select(m => m.Groups[1].Value)];
                Assert.That(
                    Header(path).Select(c => c.StartsWith("CHGW", StringComparison.Ordinal) ? "CHGW…" : c).Distinct(),
                    Is.SubsetOf(names),
                    Path.GetFileName(path));
            }
        }
    }

    private static string[] Header(string path) => File.ReadLines(path).First().Split(',');

    // The names of the first column of the table under the line that begins with the file's name.
    private static string[] Documented(string file) =>
    [
        .. Page.SkipWhile(l => !l.StartsWith($"`{file}`", StringComparison.Ordinal)).SkipWhile(l => !l.StartsWith("| ---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => l.StartsWith('|'))
            .SelectMany(l => Quoted().Matches(l.Split('|')[1]).Select(m => m.Groups[1].Value)),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
