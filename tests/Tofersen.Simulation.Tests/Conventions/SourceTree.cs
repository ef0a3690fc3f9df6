using System.Reflection;
using System.Runtime.CompilerServices;
using Tofersen.Simulation.Parquet;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>The sources that the tests were built from, and the assemblies that ship.</summary>
internal static class SourceTree
{
    private const string Solution = "Tofersen.Simulation.sln";

    internal static Assembly Core => typeof(Scenario).Assembly;

    internal static Assembly Reporting => typeof(TextTable).Assembly;

    internal static Assembly Tool => typeof(CommandLine).Assembly;

    internal static Assembly Parquet => typeof(ParquetFiles).Assembly;

    internal static Assembly[] Assemblies => [Core, Reporting, Parquet, Tool];

    /// <summary>The folder that holds the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>The source files of a project under src, with paths relative to it.</summary>
    internal static IEnumerable<(string Path, string[] Lines)> Files(string project)
    {
        string folder = Path.Combine(Root, "src", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(folder, f).Replace('\\', '/'), File: f))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => (f.Path, File.ReadAllLines(f.File)));
    }

    // A build on a server maps the paths of sources, so the place of the tests' assembly is tried as well.
    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        foreach (string start in (string[])[thisFile, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Solution)))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException($"{Solution} is above neither the source of this test nor its assembly.");
    }
}
