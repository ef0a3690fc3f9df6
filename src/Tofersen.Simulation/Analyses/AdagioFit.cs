namespace Tofersen.Simulation.Analyses;

/// <summary>The three hypotheses of ADAGIO in full. Signs: early − delayed start, above 0 in favour of the early one.</summary>
/// <param name="Status">How the fit of the model ended; the numbers count only where it converged.</param>
/// <param name="FirstSlope">Difference of slopes before the switch, in points a month, tested against zero.</param>
/// <param name="EndDifference">Difference at the end, in points, tested against zero.</param>
/// <param name="SecondSlope">Difference of slopes after the switch, in points a month, tested against minus the margin.</param>
/// <param name="All">The three as one test.</param>
public sealed record AdagioFit(
    AnalysisStatus Status, AnalysisResult FirstSlope, AnalysisResult EndDifference, AnalysisResult SecondSlope, AnalysisResult All);
