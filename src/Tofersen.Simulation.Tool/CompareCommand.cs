using System.Text;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>compare</c> was asked for.</summary>
internal sealed record CompareRequest(string First, string? Second, string? Analyses, RunOptions Options, bool Json, string? Folder);

/// <summary>The command <c>compare</c>.</summary>
internal static class CompareCommand
{
    internal static int Run(CompareRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // Only power is compared, which needs no true values.
        RunOptions options = request.Options with { CollectCourses = false, TrueValues = false };
        Scenario first = ScenarioFiles.FindWholeTrial(request.First, error);
        Scenario? second = request.Second is null ? null : ScenarioFiles.FindWholeTrial(request.Second, error);
        (string First, string Second)[] pairs = second is null ? PairsWithin(first, request.Analyses) : PairsBetween(first, second, request.Analyses);
        ComparedPower[] compared = BadInput.Of(() => RunCommand.Into(
            request.Folder,
            () => bar.Show(progress => second is null
                ? Within(PowerAnalysis.Run(first, analyses: null, options, progress, cancellation), pairs)
                : Between(DesignComparison.Run(first, second, options, progress, cancellation), Labels(request, first, second), pairs)),
            ComparisonReport.Write));
        output.Write(request.Json ? ComparisonReport.ToJson(options.Seed, compared) : Describe(compared, options.Seed, second is not null) + (request.Analyses is null && second is not null ? LeftOut(first, second) : ""));
        return FailureLimit.Check(compared.SelectMany(c => (OperatingCharacteristics[])[c.First, c.Second]), error);
    }

    private static ComparedPower[] Within(PowerResult result, (string First, string Second)[] pairs) =>
    [
        .. pairs.Select(pair => new ComparedPower(
            result.Scenario.Name, Find(result, pair.First), result.Scenario.Name, Find(result, pair.Second), result.Compare(pair.First, pair.Second))),
    ];

    private static ComparedPower[] Between(DesignComparison result, (string First, string Second) labels, (string First, string Second)[] pairs) =>
    [
        .. pairs.Select(pair => new ComparedPower(
            labels.First,
            Find(result.First, pair.First),
            labels.Second,
            Find(result.Second, pair.Second),
            result.Compare(pair.First, pair.Second))),
    ];

    // Two files may hold scenarios of one name, copies of one preset perhaps: then the files tell them apart.
    private static (string First, string Second) Labels(CompareRequest request, Scenario first, Scenario second) =>
        first.Name == second.Name && request.First != request.Second
            ? ($"{first.Name} ({request.First})", $"{second.Name} ({request.Second})")
            : (first.Name, second.Name);

    private static OperatingCharacteristics Find(PowerResult result, string analysis) => result.Analyses.First(a => a.Name == analysis);

    // Each analysis with each one after it.
    private static (string First, string Second)[] PairsWithin(Scenario scenario, string? chosen)
    {
        string[] names = chosen is null ? [.. scenario.Analyses.Select(a => a.Name)] : ChosenAnalyses.Names(chosen);
        foreach (string name in names)
        {
            ChosenAnalyses.Check(scenario, name);
        }

        return names.Length > 1
            ? [.. names.SelectMany((first, i) => names.Skip(i + 1).Select(second => (first, second)))]
            : throw new BadInputException(
                $"One scenario needs at least two analyses to compare; '{scenario.Name}' has {ChosenAnalyses.NamesOf(scenario)}.");
    }

    private static (string First, string Second)[] PairsBetween(Scenario first, Scenario second, string? chosen)
    {
        if (chosen is null)
        {
            string[] common = [.. first.Analyses.Select(a => a.Name).Intersect(second.Analyses.Select(a => a.Name))];
            return common.Length > 0
                ? [.. common.Select(name => (name, name))]
                : throw new BadInputException(
                    $"'{first.Name}' and '{second.Name}' have no analysis of one name; pair them, --analyses a=b. There are {ChosenAnalyses.NamesOf(first)} and {ChosenAnalyses.NamesOf(second)}.");
        }

        (string First, string Second)[] pairs =
            [.. ChosenAnalyses.Names(chosen).Select(name => name.Split('=', 2)).Select(sides => (sides[0].Trim(), sides[^1].Trim()))];
        foreach ((string one, string two) in pairs)
        {
            ChosenAnalyses.Check(first, one);
            ChosenAnalyses.Check(second, two);
        }

        return pairs;
    }

    // Analyses that one scenario alone has cannot be paired by name.
    private static string LeftOut(Scenario first, Scenario second)
    {
        string[] lines =
        [
            .. new[] { (Of: first, Other: second), (Of: second, Other: first) }
                .Select(pair => (pair.Of.Name, Alone: pair.Of.Analyses.Select(a => a.Name).Except(pair.Other.Analyses.Select(a => a.Name)).ToArray()))
                .Where(side => side.Alone.Length > 0)
                .Select(side => $"Not compared, since only {side.Name} has them: {string.Join(", ", side.Alone)}.\n"),
        ];
        return lines.Length == 0 ? "" : "\n" + string.Concat(lines) + "Pairs of other names: --analyses a=b.\n";
    }

    private static string Describe(ComparedPower[] compared, ulong seed, bool isOfTwo)
    {
        var text = new StringBuilder();
        string names = isOfTwo ? $"{compared[0].FirstScenario} and {compared[0].SecondScenario}" : compared[0].FirstScenario;
        text.Append(FormattableString.Invariant($"{names}: {compared[0].Comparison.Replicates} simulated trials, seed {seed}\n"));
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n");
        text.Append(isOfTwo
            ? "Both scenarios have the same random numbers: where they have the same participants, too, the difference is known better than the powers."
            : "Both analyses see the same trials, so that the difference is known better than the powers.");
        text.Append(" p is McNemar's, exact.\n\n");
        var table = new TextTable("first", "second", "power, first", "power, second", "difference", "p", "both", "first only", "second only", "neither");
        foreach (ComparedPower c in compared)
        {
            table.Row(
                c.First.Name,
                c.Second.Name,
                TextTable.WithError(c.First.Power, c.First.MonteCarloError, 4),
                TextTable.WithError(c.Second.Power, c.Second.MonteCarloError, 4),
                TextTable.WithError(c.Comparison.Difference, c.Comparison.MonteCarloError, 4),
                TextTable.PValue(c.Comparison.PValue),
                Count(c.Comparison.Both),
                Count(c.Comparison.FirstOnly),
                Count(c.Comparison.SecondOnly),
                Count(c.Comparison.Neither));
        }

        return text.Append(table).ToString();
    }

    private static string Count(long count) => FormattableString.Invariant($"{count}");
}
