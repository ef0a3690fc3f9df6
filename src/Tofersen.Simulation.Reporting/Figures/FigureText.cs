using System.Globalization;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Sentences and limits that figures have in common.</summary>
internal static class FigureText
{
    /// <summary>Standard errors on each side of a 95 % normal interval.</summary>
    internal const double Limit = 1.959963984540054;

    internal const string Simulated = "Simulated data: no evidence about a medicine.";

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was simulated, and that it was.</summary>
    internal static string Trials(PowerResult result) =>
        Invariant($"{Simulated} {result.Replicates:N0} trials of {result.Scenario.Design.Participants:N0} participants, seed {result.Seed}.");

    /// <summary>A share as a percentage.</summary>
    internal static string Percent(double share, int decimals = 1) => TextTable.Number(100 * share, decimals) + " %";

    /// <summary>A power with its Monte Carlo error.</summary>
    internal static string Power(OperatingCharacteristics analysis) => Percent(analysis.Power, analysis.MonteCarloError, analysis.Lower, analysis.Upper);

    internal static string Percent(double share, double error, double lower, double upper) =>
        $"{Percent(share)} ± {Percent(error)} (95 % interval {Percent(lower)} to {Percent(upper)})";

    /// <summary>A week as people write it.</summary>
    internal static string Week(double week) => Invariant($"week {week:0.##}");

    internal static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    internal static CourseSummary Courses(PowerResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Courses ?? throw new ArgumentException("The result holds no courses; run it with RunOptions.CollectCourses.", nameof(result));
    }

    /// <summary>Ticks at visits.</summary>
    internal static FigureAxis Weeks(TrialLayout layout) => new()
    {
        Label = "Weeks since randomisation",
        Minimum = 0,
        Maximum = layout.VisitWeeks[^1],
        Ticks = [.. layout.VisitWeeks.Select(w => new AxisTick(w, Invariant($"{w:0.##}")))],
    };
}
