using System.Globalization;
using System.Text;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>follow-up</c> was asked for.</summary>
internal sealed record FollowUpRequest(string Scenario, string? Analysis, double? FromWeek, RunOptions Options, bool Json, string? Figure);

/// <summary>The command <c>follow-up</c>.</summary>
internal static class FollowUpCommand
{
    internal static int Run(FollowUpRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Scenario scenario = ScenarioFiles.FindWholeTrial(request.Scenario, error);
        FollowUpResult result;
        try
        {
            result = RunCommand.Drawn(
                request.Figure,
                () => bar.Show(progress => FollowUp.Find(scenario, request.Analysis, request.FromWeek, request.Options, progress, cancellation)),
                PowerFigures.ByWeek);
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"{request.Scenario}: {BadInput.MessageOf(exception)}");
        }

        output.Write(request.Json ? FollowUpReport.ToJson(result) : Describe(result));
        return FailureLimit.Check(result.Weeks.Select(w => w.Characteristics), error);
    }

    private static string Describe(FollowUpResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result.Scenario.Name}: power of {result.Analysis} by the end of follow-up, {result.Scenario.Design.Participants} participants, {result.Scenario.Design.Allocation}, {result.Replicates} simulated trials a week, seed {result.Seed}\n");
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n\n");
        var table = new TextTable("week", "power", "below the best, on the same participants", "mean estimate", "empirical SE", "failed");
        foreach (FollowUpWeek week in result.Weeks)
        {
            OperatingCharacteristics a = week.Characteristics;
            table.Row(
                FormattableString.Invariant($"{week.Week}{(week.IsWithoutExtension ? " *" : "")}"),
                TextTable.WithError(a.Power, a.MonteCarloError, 4),
                week.Week == result.BestWeek
                    ? "best" : TextTable.WithError(week.BestAgainstThis.Difference, week.BestAgainstThis.MonteCarloError, 4),
                TextTable.Number(a.MeanEstimate, 3),
                TextTable.Number(a.EmpiricalStandardError, 3),
                FormattableString.Invariant($"{a.Failed} of {a.Planned}"));
        }

        text.Append(table);
        if (result.Weeks.Any(w => w.IsWithoutExtension))
        {
            text.Append("* the placebo-controlled period alone, without an extension\n");
        }

        OperatingCharacteristics best = result.Weeks.First(w => w.Week == result.BestWeek).Characteristics;
        if (best.Lower <= best.Alpha)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNo week has a power above the level of {best.Alpha} beyond Monte Carlo error: which one is best means nothing here.\n");
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"\nHighest power: week {result.BestWeek}. Longest useful follow-up: week {result.LongestUsefulWeek}; no later week is better beyond Monte Carlo error\n(paired tests at 5 % in all, {result.Comparisons} comparisons).\n");
        return text.ToString();
    }
}
