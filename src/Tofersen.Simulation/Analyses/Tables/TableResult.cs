using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>The answer of an analysis of a table.</summary>
/// <param name="Method">The method.</param>
/// <param name="Status">How the fit ended.</param>
/// <param name="Observations">Rows that counted.</param>
/// <param name="Participants">Participants that counted.</param>
/// <param name="Estimates">What the method is about: contrasts of arms, active − control, visit by visit where there are visits; hazard
/// ratios on the log scale.</param>
/// <param name="Coefficients">The model's own coefficients.</param>
/// <param name="Fit">The fit as a whole.</param>
public sealed record TableResult(
    string Method,
    AnalysisStatus Status,
    int Observations,
    int Participants,
    ValueList<TableEstimate> Estimates,
    ValueList<TableEstimate> Coefficients,
    TableFit Fit)
{
    /// <summary>Rows of the table, those that did not count among them.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that the conditions on rows left out.</summary>
    public int ExcludedRows { get; init; }

    /// <summary>Rows, among those that the conditions kept, that are no observations: they lack a value that the method needs.</summary>
    public int IncompleteRows { get; init; }

    /// <summary>Column that tells participants apart; null where none is named or known, and every row is taken for a participant.</summary>
    public string? ParticipantColumn { get; init; }

    /// <summary>The first coefficient of an analysis of covariance that the data cannot tell from those before it, where an estimate is not determined;
    /// null otherwise.</summary>
    public string? ConfoundedTerm { get; init; }
}
