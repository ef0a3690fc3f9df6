namespace Tofersen.Simulation.Analyses;

/// <summary>A delayed-start analysis in full. Signs: early − delayed start, above 0 in favour of the early one.</summary>
/// <param name="Status">How the fit of the model ended; the numbers count only where it converged.</param>
/// <param name="FirstDifference">Δ1 with its test.</param>
/// <param name="SecondDifference">Δ2 with its test.</param>
/// <param name="Retained">Δ2 − kΔ1 with its test.</param>
/// <param name="Sequence">The two steps of Liu-Seifert as one test.</param>
/// <param name="Covariance">Covariance of Δ1 and Δ2.</param>
/// <param name="GapRetention">Δ2/Δ1 with its confidence set after Fieller, at the degrees of freedom of Δ1 or Δ2, whichever are
/// fewer.</param>
/// <param name="MonthsSaved">Time saved at the end of the trial.</param>
/// <param name="Model">The model.</param>
public sealed record DelayedStartFit(
    AnalysisStatus Status,
    AnalysisResult FirstDifference,
    AnalysisResult SecondDifference,
    AnalysisResult Retained,
    AnalysisResult Sequence,
    double Covariance,
    RatioInterval GapRetention,
    TimeSaved MonthsSaved,
    MmrmFit Model);
