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
    TableFit Fit);
