using System.Text;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>What becomes of a trial at its looks, for people.</summary>
internal static class SequentialText
{
    internal static string Describe(SequentialResult result)
    {
        var text = new StringBuilder();
        text.Append("\nLooks: probability of stopping at each, of all trials; one-sided, in favour of treatment.\n");
        text.Append("Estimates and bias are those of the trials that ended at the look; 'if efficacy' of those that ended there with efficacy.\n\n");
        text.Append(Looks(result)).Append('\n');
        text.Append("futility ignored: the futility boundary was crossed, did not bind, and the trial went on; not held: the trial had not stopped, and ended before the look came up.\n\n");
        text.Append(Whole(result));
        if (result.Reestimation is { } reestimation)
        {
            text.Append("\nNumber of participants set by the blinded standard deviation\n\n").Append(Review(reestimation));
        }

        return text.ToString();
    }

    private static TextTable Looks(SequentialResult result)
    {
        var table = new TextTable(
            "look", "analysis", "week", "information", "planned efficacy z", "planned futility z", "efficacy", "futility", "futility ignored",
            "mean estimate", "if efficacy", "bias", "not held", "failed");
        for (int k = 0; k < result.Looks.Count; k++)
        {
            SequentialLookResult look = result.Looks[k];
            double information = look.Information.Count > 0 ? look.Information.Mean : look.PlannedInformation;
            table.Row(
                k == result.Looks.Count - 1 ? "end" : FormattableString.Invariant($"{k + 1}"),
                look.Analysis,
                TextTable.Number(look.Weeks.Mean, 1),
                TextTable.Number(information, 3),
                TextTable.Number(look.PlannedEfficacyZ, 3),
                TextTable.Number(look.PlannedFutilityZ, 3),
                TextTable.WithError(look.Efficacy.Value, look.Efficacy.MonteCarloError, 4),
                TextTable.WithError(look.Futility.Value, look.Futility.MonteCarloError, 4),
                TextTable.WithError(look.FutilityIgnored.Value, look.FutilityIgnored.MonteCarloError, 4),
                TextTable.WithError(look.Estimates.Mean, look.Estimates.MonteCarloError, 3),
                TextTable.WithError(look.EfficacyEstimates.Mean, look.EfficacyEstimates.MonteCarloError, 3),
                TextTable.Number(look.Bias, 3),
                Count(look.NotHeld, result.Replicates),
                Count(look.Failed, result.Replicates));
        }

        return table;
    }

    private static TextTable Whole(SequentialResult result) => new TextTable("whole trial", "value")
        .Row("rejects in favour of treatment", TextTable.WithError(result.Rejection.Value, result.Rejection.MonteCarloError, 4))
        .Row("stops before its end", TextTable.WithError(result.EarlyStopping.Value, result.EarlyStopping.MonteCarloError, 4))
        .Row(
            FormattableString.Invariant($"participants enrolled, of at most {result.MaximumParticipants}"),
            TextTable.WithError(result.Participants.Mean, result.Participants.MonteCarloError, 1))
        .Row(
            FormattableString.Invariant($"participants who came to week {result.ReachedWeek}"),
            TextTable.WithError(result.Reached.Mean, result.Reached.MonteCarloError, 1))
        .Row("weeks from the first day of enrolment", TextTable.WithError(result.DurationWeeks.Mean, result.DurationWeeks.MonteCarloError, 1))
        .Row("mean estimate at the end", result.Estimates.Count > 0 ? TextTable.WithError(result.Estimates.Mean, result.Estimates.MonteCarloError, 3) : "looks estimate different things")
        .Row("bias at the end, each trial against its own look's true value", TextTable.WithError(result.Bias.Value, result.Bias.MonteCarloError, 3));

    private static TextTable Review(ReestimationResult result) => new TextTable("new number", "value")
        .Row("mean", TextTable.WithError(result.Participants.Mean, result.Participants.MonteCarloError, 1))
        .Row("standard deviation", TextTable.Number(result.Participants.StandardDeviation, 1))
        .Row("share at the minimum", TextTable.WithError(result.ShareAtMinimum.Value, result.ShareAtMinimum.MonteCarloError, 3))
        .Row("share at the maximum", TextTable.WithError(result.ShareAtMaximum.Value, result.ShareAtMaximum.MonteCarloError, 3))
        .Row("share in which more had entered", TextTable.WithError(result.ShareOvertaken.Value, result.ShareOvertaken.MonteCarloError, 3))
        .Row("pooled standard deviation", TextTable.WithError(result.PooledSd.Mean, result.PooledSd.MonteCarloError, 3))
        .Row("stopped before", Count(result.NotHeld, result.Held + result.Failed + result.NotHeld))
        .Row("without a standard deviation", Count(result.Failed, result.Held + result.Failed + result.NotHeld));

    private static string Count(int count, int of) => FormattableString.Invariant($"{count} of {of}");
}
