using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;

namespace Tofersen.Simulation.Analyses;

/// <summary>A difference between arms in a weighted sum of mean scores at scheduled visits, computed from the latent courses: the true
/// value that an estimate is judged against.</summary>
/// <remarks>Without strategies everybody counts at every visit, as if nobody had died, left or missed a visit and everybody had followed
/// the arm's planned treatment: hypothetical for what ends follow-up, treatment policy for a planned switch. With strategies events are
/// simulated and each score after one is what its strategy makes of it.</remarks>
/// <param name="Weights">Weight of each scheduled visit, the baseline first.</param>
/// <param name="Strata">Strata that count, by position; empty for all.</param>
public sealed record LatentContrast(ValueList<double> Weights, ValueList<int> Strata)
{
    /// <summary>Strategies for intercurrent events; null for the ones above.</summary>
    public Estimand? Strategies { get; init; }

    /// <summary>Position of the arm whose scores count positively.</summary>
    public int ActiveArm { get; init; } = TrialDesign.ActiveArm;

    /// <summary>Position of the arm whose scores are subtracted.</summary>
    public int ControlArm { get; init; } = TrialDesign.ControlArm;

    /// <summary>Name of the endpoint whose latent values count; null for the ALSFRS-R total.</summary>
    public string? Endpoint { get; init; }
}
