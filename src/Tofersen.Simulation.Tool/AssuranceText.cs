using System.Text;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>Results of an assurance for people.</summary>
internal static class AssuranceText
{
    internal static string Describe(AssuranceResult result)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{result.Scenario.Name}: {result.Replicates} simulated trials, each with assumptions of its own, seed {result.Seed}\n"));
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n\n");
        foreach ((Prior prior, double median) in result.Prior.Priors.Zip(result.Medians))
        {
            text.Append(FormattableString.Invariant($"{prior}, median {Short(median)}\n"));
        }

        foreach (PriorCorrelation c in result.Prior.Correlations)
        {
            text.Append(FormattableString.Invariant($"{c.First} and {c.Second} have correlation {c.Correlation}\n"));
        }

        text.Append("\nAssurance: share of trials in which the two-sided test rejects in favour of treatment\n\n");
        text.Append(Successes(result));
        for (int p = 0; p < result.Prior.Priors.Count; p++)
        {
            text.Append($"\nProbability of success by {result.Prior.Priors[p].Name}\n\n");
            text.Append(Parts(result, p));
        }

        return text.ToString();
    }

    private static TextTable Successes(AssuranceResult result)
    {
        var table = new TextTable("analysis", "assurance", "95 % interval", "at the medians", "against treatment", "failed");
        foreach (AnalysisAssurance a in result.Analyses)
        {
            table.Row(
                a.Name,
                TextTable.WithError(a.Success.Value, a.Success.MonteCarloError, 4),
                $"{TextTable.Number(a.Success.Lower, 4)} to {TextTable.Number(a.Success.Upper, 4)}",
                TextTable.WithError(a.SuccessAtMedians.Value, a.SuccessAtMedians.MonteCarloError, 4),
                TextTable.WithError(a.Against.Value, a.Against.MonteCarloError, 4),
                FormattableString.Invariant($"{a.Failed} of {a.Success.Replicates}"));
        }

        return table;
    }

    // One column a part of the prior, since parts are few and analyses may be many.
    private static TextTable Parts(AssuranceResult result, int prior)
    {
        ValueList<PriorPart> parts = result.Analyses[0].Priors[prior].Parts;
        var table = new TextTable(["analysis", .. parts.Select(Heading), "variance explained", "mean given success"]);
        table.Row(["(share of trials)", .. parts.Select(p => TextTable.Number(p.Mass, 3)), "", $"{Short(result.Analyses[0].Priors[prior].Drawn.Mean)} in all"]);
        foreach (AnalysisAssurance a in result.Analyses)
        {
            PriorContribution contribution = a.Priors[prior];
            table.Row(
            [
                a.Name,
                .. contribution.Parts.Select(p => TextTable.WithError(p.Success, p.MonteCarloError, 3)),
                double.IsNaN(contribution.VarianceShare) ? "–" : TextTable.Number(100 * contribution.VarianceShare, 1) + " %",
                contribution.GivenSuccess.Count == 0 ? "–" : Short(contribution.GivenSuccess.Mean),
            ]);
        }

        return table;
    }

    private static string Heading(PriorPart part) =>
        part.Lower == part.Upper ? $"at {Short(part.Lower)}"
        : double.IsInfinity(part.Lower) ? $"up to {Short(part.Upper)}"
        : double.IsInfinity(part.Upper) ? $"above {Short(part.Lower)}"
        : $"{Short(part.Lower)} to {Short(part.Upper)}";

    // Three digits: values of properties have any size.
    private static string Short(double value) => FormattableString.Invariant($"{value:G3}").Replace('-', '−');
}
