namespace Tofersen.Simulation.Analyses;

/// <summary>How much worse active participants must have fared after dropout than imputed before a significant effect is lost.</summary>
/// <param name="ActiveDelta">The delta in the active arm at which p reaches alpha, to within 10⁻⁹ of its size; null where the effect
/// is not significant without a delta, or stays significant up to the largest delta tried.</param>
/// <param name="WithoutDelta">The result with a delta of 0 in the active arm.</param>
/// <param name="AtTippingPoint">The result at the tipping point, or at the largest delta tried; that without delta where the effect is
/// not significant.</param>
public sealed record TippingPoint(double? ActiveDelta, AnalysisResult WithoutDelta, AnalysisResult AtTippingPoint);
