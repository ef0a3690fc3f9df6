namespace Tofersen.Simulation.Analyses;

/// <summary>A log-rank test with its parts.</summary>
/// <param name="Test">The test.</param>
/// <param name="ObservedControl">Events in the control or delayed-start arm.</param>
/// <param name="ObservedActive">Events in the active or early-start arm.</param>
/// <param name="ExpectedControl">Expected events in the control arm, were the hazards equal.</param>
/// <param name="ExpectedActive">Expected events in the active arm.</param>
/// <param name="Variance">Hypergeometric variance of observed − expected.</param>
public sealed record LogRankFit(
    AnalysisResult Test,
    int ObservedControl,
    int ObservedActive,
    double ExpectedControl,
    double ExpectedActive,
    double Variance);
