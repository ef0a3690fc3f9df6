using System.Globalization;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>The commands beside BenchmarkDotNet's own; <c>benchmarks/r/compare.sh</c> and <c>benchmarks/scaling.sh</c> call them.</summary>
internal static class MeasuringCommands
{
    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>Its exit code; null where they name none.</returns>
    internal static int? TryRun(string[] args) => args switch
    {
        ["r-export", var folder, var trials, var simulated] => CompareWithR.Export(folder, Number(trials), Number(simulated)),
        ["r-time", var folder, var trials, var round, var milliseconds] =>
            CompareWithR.Time(folder, Number(trials), Number(round), Number(milliseconds) / 1000.0),
        ["scaling", var folder, .. var curves] => ScalingCommand.Run(folder, ScalingSizes.ForTheRecord, curves),
        ["scaling-small", var folder, .. var curves] => ScalingCommand.Run(folder, ScalingSizes.Small, curves),
        ["scaling-smoke", var folder, .. var curves] => ScalingCommand.Run(folder, ScalingSizes.Smoke, curves),
        ["scaling-threads", var replicates, var rounds, .. var threads] =>
            ScalingChild.Threads(Number(replicates), Number(rounds), [.. threads.Select(Number)]),
        ["scaling-replicates", var replicates] => ScalingChild.Replicates(Number(replicates)),
        _ => null,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
