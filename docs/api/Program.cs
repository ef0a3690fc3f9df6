// Writes the reference of the public types, a page a namespace, from the documentation comments; ends with 1 where a comment is missing or refers to nothing.

using System.CommandLine;
using System.Reflection;
using Tofersen.Simulation.ApiReference;
using Tofersen.Simulation.Parquet;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

var folder = new Option<string>("--out") { Description = "Folder for the pages.", DefaultValueFactory = _ => Path.Combine("artifacts", "api") };
var root = new RootCommand("Reference of the public types of the packages Tofersen.Simulation, Tofersen.Simulation.Reporting and Tofersen.Simulation.Parquet.") { folder };
root.SetAction(parsed => Run(parsed.GetRequiredValue(folder)));
return root.Parse(args).Invoke();

static int Run(string folder)
{
    Assembly[] assemblies = [typeof(Scenario).Assembly, typeof(TextTable).Assembly, typeof(ParquetFiles).Assembly];
    var comments = new Comments(assemblies);
    var pages = new Pages(assemblies, comments);
    try
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in pages.All())
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"--out: {exception.Message}");
        return 2;
    }

    foreach (string problem in comments.Problems)
    {
        Console.Error.WriteLine(problem);
    }

    Console.WriteLine($"{pages.Types} types and {pages.Members} members in {folder}; begin with README.md.");
    return comments.Problems.Count == 0 ? 0 : 1;
}
