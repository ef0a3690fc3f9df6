using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Checks the power that is to be reached.</summary>
internal static class PowerTarget
{
    /// <summary>The level of an analysis, which must be below the power.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static double LevelBelow(double power, IAnalysis analysis, string parameter) => analysis.Alpha < power
        ? analysis.Alpha
        : throw new ArgumentException(
            FormattableString.Invariant(
                $"A power of {power} is not above the level of '{analysis.Name}', {analysis.Alpha}, which it has without any effect."),
            parameter);
}
