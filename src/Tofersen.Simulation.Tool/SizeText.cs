using System.Globalization;
using System.Text;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>Results of searches for a power for people.</summary>
internal static class SizeText
{
    internal static string Describe(SampleSizeResult result)
    {
        TrialDesign design = result.Scenario.Design;
        StringBuilder text = Begin(
            result, $"participants with power {Plain(result.Target)}, {result.Analysis}, {design.Allocation}, seed {result.Seed}");
        text.Append(Tried(result, "participants"));
        string size = Whole(design.Participants);
        text.Append(result.Status switch
        {
            PowerSearchStatus.Found =>
                $"\n{size} participants: power {Power(result)}. The power crosses {Plain(result.Target)} at {Number(result.Crossing)}, 95 % interval {Number(result.Lower)} to {Number(result.Upper)};\nnumbers of participants are multiples of {result.Multiple}.\n",
            PowerSearchStatus.AlreadyReached => $"\n{size} participants, the fewest that were tried, are enough: power {Power(result)}.\n",
            PowerSearchStatus.OutOfReach => $"\nOut of reach: with {size} participants, the most that were tried, the power is {Power(result)} and {Trend(result)}.\n",
            _ => Undecided(result),
        });
        return End(result, text);
    }

    internal static string Describe(DetectableEffectResult result)
    {
        TrialDesign design = result.Scenario.Design;
        StringBuilder text = Begin(
            result,
            $"{result.Path} with power {Plain(result.Target)}, {result.Analysis}, {Whole(design.Participants)} participants, {design.Allocation}, seed {result.Seed}");
        text.Append(Tried(result, result.Path!));
        string value = Number(result.Value ?? double.NaN);
        string end = Number(result.Rises ? result.Tried[^1].Value : result.Tried[0].Value);
        text.Append(result.Status switch
        {
            PowerSearchStatus.Found =>
                $"\n{result.Path} {value}: power {Power(result)}; 95 % interval {Number(result.Lower)} to {Number(result.Upper)}. The power {(result.Rises ? "rises" : "falls")} with the value.\n",
            PowerSearchStatus.AlreadyReached => $"\n{result.Path} {value}, the end of the range where power is lowest, is enough: power {Power(result)}.\n",
            PowerSearchStatus.OutOfReach =>
                $"\nOut of reach: at {end}, the end of the range where it is highest, the power is {Power(result)} and {Trend(result)}.\n",
            _ => Undecided(result),
        });
        return End(result, text);
    }

    private static StringBuilder Begin(PowerSearchResult result, string what) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{result.Scenario.Name}: {what}\n")
        .Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n\n");

    private static TextTable Tried(PowerSearchResult result, string value)
    {
        bool fails = result.Tried.Any(t => t.Failed > 0);
        var table = new TextTable([value, "simulated trials", "power", .. fails ? ["failed"] : Array.Empty<string>()]);
        foreach (SimulatedPower tried in result.Tried)
        {
            table.Row(
            [
                Number(tried.Value),
                Whole(tried.Replicates),
                TextTable.WithError(tried.Power, tried.MonteCarloError, 3),
                .. fails ? [TextTable.Number(100.0 * tried.Failed / tried.Replicates, 1) + " %"] : Array.Empty<string>(),
            ]);
        }

        return table;
    }

    private static string End(PowerSearchResult result, StringBuilder text)
    {
        if (!result.IsPrecise)
        {
            text.Append(CultureInfo.InvariantCulture, $"The largest cost was used up before the precision of {100 * result.Precision:0.##} % was reached.\n");
        }

        string cost = result.Status == PowerSearchStatus.OutOfReach ? "" : $", {TextTable.Number(result.Cost, 1)} times 10,000 trials at the answer";
        return text.Append($"Simulated: {Whole(result.Replicates)} trials, {Whole(result.SimulatedParticipants)} participants{cost}.\n").ToString();
    }

    private static string Undecided(PowerSearchResult result) =>
        $"\nUndecided: near {Plain(result.Target)} the power hardly changes. At the end of the range where it is highest it is {Power(result)}.\n";

    private static string Trend(PowerSearchResult result) => result.StillRises ? "still rises" : "does not rise any more beyond Monte Carlo error";

    private static string Power(PowerSearchResult result) => TextTable.WithError(result.Power.Value, result.Power.MonteCarloError, 4);

    private static string Plain(double value) => FormattableString.Invariant($"{value}");

    // Four digits, more where whole numbers have them.
    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
