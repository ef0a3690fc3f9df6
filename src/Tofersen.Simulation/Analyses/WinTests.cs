namespace Tofersen.Simulation.Analyses;

/// <summary>Win statistics with their tests, by one kind of variance.</summary>
/// <remarks>Normal tests and intervals. Not estimable where the statistic is infinite (nobody lost, or nobody won), where it has no
/// variation, and where a stratum has one participant only in an arm.</remarks>
/// <param name="LogWinRatio">Natural logarithm of wins over losses.</param>
/// <param name="LogWinOdds">Natural logarithm of (wins + ties / 2) over (losses + ties / 2).</param>
/// <param name="NetBenefit">(Wins − losses) over all pairs.</param>
public sealed record WinTests(AnalysisResult LogWinRatio, AnalysisResult LogWinOdds, AnalysisResult NetBenefit);
