using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>power</c> was asked for.</summary>
internal sealed record PowerRequest(string Scenario, string? Analyses, RunOptions Options, bool Json, string? Folder, double FailureLimit);

/// <summary>The command <c>power</c>.</summary>
internal static class PowerCommand
{
    internal static int Run(PowerRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Scenario scenario = ChosenAnalyses.Of(ScenarioFiles.FindWithAnalyses(request.Scenario), request.Analyses);
        RunOptions options = request.Options with { CollectCourses = request.Folder is not null || !request.Json, CollectEndpoints = request.Folder is not null };
        PowerResult result = RunCommand.Into(
            request.Folder,
            () => bar.Show(progress => PowerAnalysis.Run(scenario, analyses: null, options, progress, cancellation)),
            (found, path) => Write(found, path, options.Parallelism, cancellation));
        return Show(result, request.Json, request.FailureLimit, output, error);
    }

    /// <summary>Writes the tables of a result, what <c>report</c> reads, and its figures.</summary>
    internal static void Write(PowerResult result, string folder, int? parallelism, CancellationToken cancellation)
    {
        PowerReport.Write(result, folder);
        FigureFiles.Write(ResultFigures.Of(result, estimates: null, parallelism, cancellation), folder);
    }

    /// <summary>Prints a result and says whether too many analyses failed.</summary>
    internal static int Show(PowerResult result, bool json, double failureLimit, TextWriter output, TextWriter error)
    {
        output.Write(json ? PowerReport.ToJson(result) : PowerText.Describe(result));
        if (!result.IsPrecise)
        {
            error.WriteLine(FormattableString.Invariant(
                $"tofersen-sim: {result.Replicates} replicates were not enough for a Monte Carlo error of {result.Precision}."));
        }

        return FailureLimit.Check(result.Analyses, error, failureLimit);
    }
}
