using System.Reflection;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>The public surface of each package equals its text file, so that a change of it is seen in a review.</summary>
public sealed class PublicApiTests
{
    private const string Update = "TOFERSEN_UPDATE_PUBLIC_API";

    private static IEnumerable<TestCaseData> Packages =>
        SourceTree.Assemblies.Select(a => new TestCaseData(a).SetArgDisplayNames(a.GetName().Name!));

    [TestCaseSource(nameof(Packages))]
    public void PublicApi_Package_EqualsItsFile(Assembly assembly)
    {
        string name = $"PublicApi.{assembly.GetName().Name}.txt";
        string file = Path.Combine(SourceTree.Root, "tests", "Tofersen.Simulation.Tests", "Conventions", name);
        string[] actual = [.. PublicApiText.Of(assembly)];
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(file, string.Concat(actual.Select(l => l + "\n")));
            Assert.Inconclusive($"{name} was written anew; look at the difference and commit it.");
        }

        string[] expected = File.Exists(file) ? File.ReadAllLines(file) : [];
        Assert.That(actual.SequenceEqual(expected), Difference(name, expected, actual));
    }

    private static string Difference(string name, string[] expected, string[] actual) =>
        $"The public surface differs from {name}. If that is meant, run the tests once with the environment variable {Update}=1, "
        + "commit the file and tell of it in the CHANGELOG.\n"
        + string.Join("\n", Marked(expected, actual));

    /// <summary>Lines that one side has and the other lacks, each below its type.</summary>
    private static IEnumerable<string> Marked(string[] expected, string[] actual)
    {
        string[] before = [.. WithTypes(expected)];
        string[] after = [.. WithTypes(actual)];
        return before.Except(after).Select(l => (Line: l, Mark: "- "))
            .Concat(after.Except(before).Select(l => (Line: l, Mark: "+ ")))
            .OrderBy(l => l.Line, StringComparer.Ordinal)
            .Select(l => l.Mark + l.Line);
    }

    private static IEnumerable<string> WithTypes(string[] lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            bool isMember = line.StartsWith(' ');
            type = isMember ? type : line.Split(" : ")[0];
            yield return isMember ? $"{type}: {line.Trim()}" : line;
        }
    }
}
