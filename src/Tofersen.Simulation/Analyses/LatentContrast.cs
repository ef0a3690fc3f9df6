using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A difference between arms in a weighted sum of mean latent scores at scheduled visits: the true value that an
/// estimate is judged against.</summary>
/// <remarks>Strategy: hypothetical. Everybody counts at every visit, as if nobody had died, left or missed a visit and everybody
/// had followed the arm's planned treatment.</remarks>
/// <param name="Weights">Weight of each scheduled visit, the baseline first.</param>
/// <param name="Strata">Strata that count, by position; empty for all.</param>
public sealed record LatentContrast(ValueList<double> Weights, ValueList<int> Strata);
