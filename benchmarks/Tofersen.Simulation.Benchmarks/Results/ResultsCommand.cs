namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>The command <c>budgets</c>: turns what several runs left behind into the pages that are committed.</summary>
internal static class ResultsCommand
{
    private const string Usage =
        "Usage: budgets FOLDER [BENCHMARKS]. FOLDER holds the artifacts of one or more runs, BENCHMARKS budgets.json and results/ (default: benchmarks).";

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length is 0 or > 2)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        string benchmarks = arguments.Length > 1 ? arguments[1] : "benchmarks";
        string budgetsFile = Path.Combine(benchmarks, "budgets.json");
        if (!Directory.Exists(arguments[0]) || !File.Exists(budgetsFile))
        {
            Console.Error.WriteLine($"There is no folder '{arguments[0]}' or no file '{budgetsFile}'. {Usage}");
            return 2;
        }

        MeasuredRuns runs = MeasuredRuns.Read(arguments[0]);
        if (runs.All.Count == 0)
        {
            Console.Error.WriteLine($"'{arguments[0]}' holds no reports (*-report-brief.json).");
            return 2;
        }

        var date = DateOnly.FromDateTime(DateTime.Today);
        string results = Path.Combine(benchmarks, "results");
        Write(Path.Combine(results, $"{date:yyyy-MM-dd}-budgets.md"), ResultsPages.Budgets(Budget.Read(budgetsFile), runs, date));
        Write(Path.Combine(results, $"{date:yyyy-MM-dd}.md"), ResultsPages.Tables(runs, date));
        return 0;
    }

    private static void Write(string path, string page)
    {
        File.WriteAllText(path, page);
        Console.WriteLine(path);
    }
}
