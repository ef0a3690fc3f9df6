using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>An analysis of a trial: a specification that can be applied to data. Implement it to bring one of your own.</summary>
/// <remarks>Effects are active − control, or early − delayed start. Implementations are immutable.</remarks>
public interface IAnalysis
{
    /// <summary>Name in results; unique in a scenario.</summary>
    string Name { get; }

    /// <summary>Two-sided significance level, above 0 and below 1: the analysis rejects where p is below it.</summary>
    double Alpha { get; }

    /// <summary>Names of the endpoints besides the ALSFRS-R total that the analysis looks at; none by default. A power analysis simulates no
    /// others.</summary>
    ValueList<string> Endpoints => [];

    /// <summary>Whether the analysis looks at adverse events; not by default. A power analysis does not simulate them otherwise.</summary>
    bool LooksAtAdverseEvents => false;

    /// <summary>Prepares the analysis for trials of one shape.</summary>
    /// <param name="layout">The shape: visits, arms, strata, covariates.</param>
    /// <returns>A worker that owns its scratch memory, for one thread at a time.</returns>
    /// <exception cref="ArgumentException">The analysis names a visit, covariate or stratum that the shape does not
    /// have.</exception>
    IAnalysisWorker CreateWorker(TrialLayout layout);

    /// <summary>The contrast of latent scores that the estimate is meant to hit, for bias and coverage.</summary>
    /// <param name="layout">The shape.</param>
    /// <returns>The contrast; null where the estimate is not one of mean scores, such as a rank or a hazard ratio.</returns>
    LatentContrast? Estimand(TrialLayout layout) => null;
}
