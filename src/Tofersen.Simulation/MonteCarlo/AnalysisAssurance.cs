using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How likely an analysis is to succeed when the assumptions are uncertain.</summary>
public sealed record AnalysisAssurance
{
    /// <summary>Name of the analysis.</summary>
    public required string Name { get; init; }

    /// <summary>Two-sided significance level.</summary>
    public required double Alpha { get; init; }

    /// <summary>Assurance: probability that the two-sided test rejects in favour of treatment. Failed analyses do not.</summary>
    public required SimulatedProbability Success { get; init; }

    /// <summary>Probability that it rejects against treatment.</summary>
    public required SimulatedProbability Against { get; init; }

    /// <summary>Probability of success on the same participants with every prior at its median.</summary>
    public required SimulatedProbability SuccessAtMedians { get; init; }

    /// <summary>Replicates whose analysis gave numbers.</summary>
    public required int Analysed { get; init; }

    /// <summary>Replicates whose analysis gave none: not estimable or not converged.</summary>
    public int Failed => Success.Replicates - Analysed;

    /// <summary>Those among the failed that did not converge.</summary>
    public required int NotConverged { get; init; }

    /// <summary>How success depends on each prior, in order.</summary>
    public required ValueList<PriorContribution> Priors { get; init; }
}
