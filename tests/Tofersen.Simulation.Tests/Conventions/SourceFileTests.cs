using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>Rules for source files that no analyser checks.</summary>
public sealed partial class SourceFileTests
{
    private static readonly string[] Projects = ["Tofersen.Simulation", "Tofersen.Simulation.Reporting", "Tofersen.Simulation.Parquet", "Tofersen.Simulation.Tool"];

    [TestCaseSource(nameof(Projects))]
    public void Files_AreAtMostFourHundredLinesLong(string project) =>
        Assert.That(
            SourceTree.Files(project).Where(f => f.Lines.Length > 400).Select(f => $"{f.Path}: {f.Lines.Length}"), Is.Empty);

    [TestCaseSource(nameof(Projects))]
    public void Namespaces_FollowFolders(string project)
    {
        foreach ((string path, string[] lines) in SourceTree.Files(project))
        {
            string[] folders = path.Split('/')[..^1];
            string? declared = lines.FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal));

            // The program itself is written in statements without a namespace.
            if (path != "Program.cs")
            {
                Assert.That(declared, Is.EqualTo($"namespace {string.Join('.', [project, .. folders])};"), path);
            }
        }
    }

    // The clock, the console and randomness without a seed would make two runs differ.
    [Test]
    public void Core_UsesNoConsoleClockOrUnseededRandomness() =>
        Assert.That(
            SourceTree.Files("Tofersen.Simulation").SelectMany(f => f.Lines
                .Select((line, i) => (line, Place: $"{f.Path}:{i + 1}: {line.Trim()}"))
                .Where(l => !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Forbidden().IsMatch(l.line))
                .Select(l => l.Place)),
            Is.Empty);

    // The runtime's own vector functions, unlike LaneFunctions, give other last bits on other machines.
    [Test]
    public void Core_UsesNoVectorFunctionsWhoseBitsDependOnTheMachine() =>
        Assert.That(
            SourceTree.Files("Tofersen.Simulation").SelectMany(f => f.Lines
                .Where(l => DependsOnMachine().IsMatch(l))
                .Select(l => $"{f.Path}: {l.Trim()}")),
            Is.Empty);

    // A folder may use the ones above it in the list of the design, never the ones below.
    [Test]
    public void Core_Folders_UseOnlyThoseBeforeThem()
    {
        string[] order =
        [
            "Common", "Randomness", "Populations", "Treatments", "Trajectories", "Designs", "Observations", "Analyses",
            "Scenarios", "MonteCarlo", "Calibrations",
        ];
        var wrong = new List<string>();
        foreach ((string path, string[] lines) in SourceTree.Files("Tofersen.Simulation").Where(f => f.Path.Contains('/')))
        {
            string folder = path.Split('/')[0];
            Assert.That(order, Has.Member(folder), "a new folder has its place in the order");
            wrong.AddRange(lines
                .Select(l => Using().Match(l))
                .Where(m => m.Success && Array.IndexOf(order, m.Groups[1].Value) > Array.IndexOf(order, folder))
                .Select(m => $"{path} uses {m.Groups[1].Value}"));
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void PublicTypes_EachHaveAFileOfTheirName()
    {
        string[] files =
        [
            .. Projects.SelectMany(p => SourceTree.Files(p).Select(f => $"{p}/{f.Path}".Replace('/', '.'))),
        ];
        IEnumerable<string> expected = SourceTree.Assemblies
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => !t.IsNested)
            .Select(t => t.FullName!.Split('`')[0] + ".cs")
            .Distinct();

        Assert.That(expected.Except(files), Is.Empty);
    }

    [GeneratedRegex(@"\bConsole\b|\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bGuid\.NewGuid\b|\bRandom\.Shared\b|\bnew Random\(|\bStopwatch\b|\bTimeProvider\b")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\bVector(128|256|512)?\.(Exp|Log|Log2|Sin|Cos|SinCos|Hypot)\(|\bMultiplyAddEstimate\b|Reciprocal(Sqrt)?Estimate\b|\bTensorPrimitives\b")]
    private static partial Regex DependsOnMachine();

    [GeneratedRegex(@"^using (?:static )?Tofersen\.Simulation\.(\w+)")]
    private static partial Regex Using();
}
