using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Delayed-start analysis of a table: one mixed model for repeated measures, and contrasts across two visits.</summary>
/// <remarks>Estimates, in this order: the difference at the first visit Δ1, at the second Δ2, and Δ2 − kΔ1; with more than two arms one
/// set for each against the control, which starts late.</remarks>
public sealed record TableDelayedStart : TableAnalysis
{
    /// <inheritdoc/>
    public override string Method => "delayedStart";

    /// <summary>The mixed model; its arm, control, level and rows are those of this analysis.</summary>
    public required TableMmrm Model { get; init => field = Require.NotNull(value); }

    /// <summary>Visit at the end of the placebo-controlled period.</summary>
    public required string FirstVisit { get; init => field = Require.Text(value); }

    /// <summary>Visit at the end of the trial.</summary>
    public required string SecondVisit { get; init => field = Require.Text(value); }

    /// <summary>Share k of the first difference, from 0 to 1; 0.5 by default.</summary>
    public double Retention { get; init => field = Require.Probability(value); } = 0.5;

    private protected override string? NamedParticipant => Model.Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        TableMmrm model = Model with { Arm = RequiredArm, Control = Control, Alpha = Alpha };
        TableMmrm.FittedTable fit = model.Fit(table);
        int first = VisitAt(fit, FirstVisit, nameof(FirstVisit));
        int second = VisitAt(fit, SecondVisit, nameof(SecondVisit));
        if (second <= first)
        {
            throw new AnalysisDataException(
                $"secondVisit '{SecondVisit}' must come after firstVisit '{FirstVisit}'; column '{Model.Visit}' has {Names.List(fit.VisitNames)}.");
        }

        var estimates = new List<TableEstimate>();
        for (int arm = 1; arm < fit.ArmNames.Length; arm++)
        {
            string name = $"{fit.ArmNames[arm]} - {fit.ArmNames[0]}";
            double[] firstDifference = fit.Difference(arm, first);
            double[] secondDifference = fit.Difference(arm, second);
            double[] retained = [.. secondDifference.Zip(firstDifference, (b, a) => b - (Retention * a))];
            estimates.Add(TableEstimate.Of(name, fit.VisitNames[first], fit.Test(firstDifference)));
            estimates.Add(TableEstimate.Of(name, fit.VisitNames[second], fit.Test(secondDifference)));
            estimates.Add(TableEstimate.Of(
                FormattableString.Invariant($"{name}: {fit.VisitNames[second]} - {Retention} * {fit.VisitNames[first]}"),
                null,
                fit.Test(retained)));
        }

        bool isDetermined = estimates.Exists(e => !double.IsNaN(e.Estimate));
        return new TableResult(
            Method,
            fit.Status == AnalysisStatus.Converged && !isDetermined ? AnalysisStatus.NotEstimable : fit.Status,
            fit.Observations,
            fit.Participants,
            [.. estimates],
            fit.Coefficients(),
            fit.Fit());
    }

    private int VisitAt(TableMmrm.FittedTable fit, string visit, string property)
    {
        int at = Array.IndexOf(fit.VisitNames, fit.VisitColumn.Normal(visit));
        return at >= 0
            ? at
            : throw new AnalysisDataException(
                $"{char.ToLowerInvariant(property[0])}{property[1..]} is '{visit}'; column '{Model.Visit}' has {Names.List(fit.VisitNames)}.");
    }
}
