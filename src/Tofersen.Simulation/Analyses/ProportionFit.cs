namespace Tofersen.Simulation.Analyses;

/// <summary>A comparison of proportions with its parts.</summary>
/// <remarks>Participants in strata with one arm only count here but not in the effects.</remarks>
/// <param name="Test">The analysis's own result: common difference, Cochran–Mantel–Haenszel test, Newcombe interval.</param>
/// <param name="ControlParticipants">Participants of the control arm.</param>
/// <param name="ControlCount">Those with the outcome.</param>
/// <param name="ActiveParticipants">Participants of the active arm.</param>
/// <param name="ActiveCount">Those with the outcome.</param>
/// <param name="ChiSquare">Cochran–Mantel–Haenszel χ² with one degree of freedom; NaN where there is no variation.</param>
/// <param name="RiskDifference">Mantel–Haenszel common difference of proportions with Sato's variance: normal test and
/// interval.</param>
/// <param name="LogOddsRatio">Natural logarithm of the Mantel–Haenszel common odds ratio with the variance of Robins, Breslow and Greenland
/// 1986 (doi 10.2307/2531052): normal test and interval.</param>
public sealed record ProportionFit(
    AnalysisResult Test,
    int ControlParticipants,
    int ControlCount,
    int ActiveParticipants,
    int ActiveCount,
    double ChiSquare,
    AnalysisResult RiskDifference,
    AnalysisResult LogOddsRatio);
